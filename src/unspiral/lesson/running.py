"""The Python in a chapter, run when the chapter is made into a page."""

from functools import partial
from io import StringIO
from types import CodeType
from typing import Any

from unspiral.lesson.mistakes import Mistake

FILE = "<chapter>"


class Session:
    """The blocks and values of one chapter, which share their names, top to bottom."""

    def __init__(self) -> None:
        self._printed = StringIO()
        # A print of its own: sys.stdout belongs to all threads of a server.
        show = partial(print, file=self._printed)
        self._names: dict[str, Any] = {"__name__": "chapter", "print": show}

    def run(self, code: str, *, raises: bool = False) -> str:
        """Run a block and return what it printed.

        With `raises` it must end in an exception, whose last line is added.
        """
        self._printed.seek(0)
        self._printed.truncate()
        error = None
        try:
            exec(compiled(code, "exec"), self._names)
        except Exception as exception:
            error = exception
            if not raises:
                raise Mistake(said(error), line_of(error)) from error
        if raises and not error:
            raise Mistake("this block says `raises`, but nothing was raised")
        return self._printed.getvalue() + (said(error) + "\n" if error else "")

    def value(self, expression: str) -> str:
        """Compute what stands between the braces of an f-string: ``loss:.3f``."""
        try:
            code = compiled(f"f'''{{{expression.strip()}}}'''", "eval")
            return str(eval(code, self._names))
        except Exception as error:
            what = f"{{{{ {expression.strip()} }}}}"
            raise Mistake(f"{what} cannot be computed: {said(error)}") from error


def compiled(code: str, mode: str) -> CodeType:
    """Compile without the ``from __future__`` imports of this file."""
    return compile(code, FILE, mode, dont_inherit=True)


def said(error: Exception) -> str:
    """Write an exception as the last line of a traceback does."""
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {message}".removesuffix(": ")


def line_of(error: Exception) -> int:
    """Find the line of the block, from 1, where it stopped."""
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return error.lineno or 0
    # The outermost frame: an inner one may be of a function from an earlier block.
    frame = error.__traceback__
    while frame and frame.tb_frame.f_code.co_filename != FILE:
        frame = frame.tb_next
    return frame.tb_lineno if frame else 0
