"""Reading the learner's file and calling its functions, whatever that may do."""

import builtins
import io
import linecache
import random
import signal
import sys
from collections.abc import Callable, Sequence
from os import _exit
from time import monotonic
from types import FrameType, ModuleType, TracebackType
from typing import Any

from numpy import empty as new_array
from numpy import shares_memory
from numpy.exceptions import TooHardError
from numpy.random import default_rng
from numpy.random import seed as seed_numpy

from .output import Output
from .values import Array, Path, Rng, TooLargeError, Value, Writer, pack, type_name

FILE = "network.py"
"""The name of the learner's file, in tracebacks; it is on no disk."""
BESIDES = "<besides>"
"""The same of our own code in its module."""
MODULE = "network"
MESSAGE = 2000
"""Characters of an exception's message that are sent."""
ARRAYS = 64
"""So many arrays of a call are looked at for memory that they share."""
RESERVE = 32 * 2**20
"""Bytes kept back, to have some when there are no others."""

Send = Callable[[bytes | bytearray], None]

seed_python = random.seed
set_recursion_limit = sys.setrecursionlimit
RECURSION = sys.getrecursionlimit()


class Learner:
    """The learner's file, and the time it has.

    Parameters
    ----------
    source
        The file.
    besides
        Code that is run after it, in the same module.
    seconds
        How long everything may take, from now.
    send
        Sends a reply to the parent.
    """

    def __init__(self, source: str, besides: str, seconds: float, send: Send) -> None:
        self.source = source
        self.besides = besides
        self.send = send
        self.clock = Clock(monotonic() + seconds, self.out_of_time)
        self.output = Output(self.flood)
        self.reserve: Array | None = new_array(RESERVE, "u1")
        self.names = new_module()

        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = self.output  # type: ignore[misc, assignment]
        lines = io.StringIO(source, None).readlines()  # for tracebacks and warnings
        linecache.cache[FILE] = (len(source), None, lines, FILE)

    def read(self) -> None:
        """Run the file, which defines the functions."""
        try:
            with self.clock:
                try:
                    code = compile(self.source, FILE, "exec", dont_inherit=True)
                except SyntaxError as error:
                    self.wrong_syntax(error)
                exec(code, self.names)
                code = compile(self.besides, BESIDES, "exec", dont_inherit=True)
                exec(code, self.names)
        except BaseException as error:
            self.failed(error, on_import=True)
            _exit(0)

    def call(self, function: str, args: Sequence[Any], seed: int | None) -> None:
        """Call a function, and send what came of it."""
        set_recursion_limit(RECURSION)  # an earlier call may have changed it
        if self.reserve is None:
            self.reserve = new_array(RESERVE, "u1")
        found = self.names.get(function)
        if not callable(found):
            kind = type_name(type(found)) if function in self.names else None
            self.send(pack(("missing", kind, self.output.take())))
            return
        args = [default_rng(arg.seed) if type(arg) is Rng else arg for arg in args]
        try:
            with self.clock:
                if seed is not None:
                    seed_numpy(seed)  # noqa: NPY002 - the learner's code may draw so
                    seed_python(seed)
                value = found(*args)
        except BaseException as error:
            self.failed(error)
        else:
            self.returned(value, args)

    def returned(self, value: object, args: Sequence[object]) -> None:
        """Send what a call returned."""
        writer = Writer()
        try:
            writer.begin(5)
            writer.write("returned")
            writer.write(value, ("value",), depth=1)
            writer.write(tuple(args), ("args",), depth=1)
            writer.write(shared(writer.arrays))
            writer.write(self.output.take())
        except TooLargeError as error:
            self.end("too_large", detail=str(error))
        self.send(writer.bytes)

    def failed(self, error: BaseException, on_import: bool = False) -> None:
        """Send what was raised."""
        if isinstance(error, MemoryError):
            self.reserve = None
        line = line_of(error)
        if isinstance(error, SystemExit):
            self.end("exit", line)
        kind, builtin = names_of(type(error))
        with self.clock:
            message = message_of(error)
        self.raised(kind, builtin, message, line, None, on_import)

    def wrong_syntax(self, error: SyntaxError) -> None:
        """Send that the file is not Python, and end."""
        self.clock.stop()
        kind, builtin = names_of(type(error))
        self.raised(kind, builtin, error.msg, error.lineno, error.offset, True)
        _exit(0)

    def raised(self, *what: Value) -> None:
        """Send an exception."""
        self.send(pack(("raised", *what, self.output.take())))

    def out_of_time(self, frame: FrameType | None) -> None:
        """End because the time is over."""
        self.end("time", line_running(frame))

    def flood(self) -> None:
        """End because of what was printed."""
        self.end("output", line_running(sys._getframe()))

    def end(self, reason: str, line: int | None = None, detail: str = "") -> None:
        """Send why the process ends, and end it."""
        self.clock.stop()
        self.send(pack(("ended", reason, line, detail[:MESSAGE], self.output.take())))
        _exit(0)


def new_module() -> dict[str, Any]:
    """Make the module that the file becomes, with `builtins` of its own.

    What the learner's code does to its `builtins` then reaches its own lines only.
    """
    own = ModuleType("builtins")
    own.__dict__.update(vars(builtins))
    sys.modules["builtins"] = own
    module = sys.modules[MODULE] = ModuleType(MODULE)
    names = module.__dict__
    names.update(__builtins__=own, __file__=FILE)
    return names


class Clock:
    """Runs while the learner's code does, and rings when the time is over.

    Its signal reaches code that catches every exception, and shows the line. Where
    there is no such signal (Windows), or it was switched off, the parent ends the
    process.
    """

    def __init__(self, end: float, ring: Callable[[FrameType | None], None]) -> None:
        self.end = end
        self.set = getattr(signal, "setitimer", None)
        self.timer: int = getattr(signal, "ITIMER_REAL", 0)
        if self.set:
            signal.signal(signal.SIGALRM, lambda _, frame: ring(frame))

    def __enter__(self) -> None:
        """Start."""
        if self.set:
            # Again and again: deep in a recursion the first may find no room.
            self.set(self.timer, max(self.end - monotonic(), 0.001), 0.05)

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def stop(self) -> None:
        """Ring no more."""
        if self.set:
            self.set(self.timer, 0)


def shared(arrays: list[tuple[Path, Array]]) -> tuple[Value, ...]:
    """Find the pairs that share memory, of which the first was returned."""
    arrays = arrays[:ARRAYS]
    return tuple(
        (one, other)
        for index, (one, a) in enumerate(arrays)
        if one[0] == "value"
        for other, b in arrays[index + 1 :]
        if overlap(a, b)
    )


def overlap(a: Array, b: Array) -> bool:
    """Say whether two arrays have an element in common."""
    try:
        return shares_memory(a, b, max_work=10_000)  # type: ignore[arg-type]
    except TooHardError:  # as good as never; their outer bounds overlap
        return True


def line_of(error: BaseException) -> int | None:
    """Find the line of the file, from 1: the innermost that was running."""
    line = None
    trace: TracebackType | None = BaseException.__dict__["__traceback__"].__get__(error)
    while trace:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def line_running(frame: FrameType | None) -> int | None:
    """Find the line of the file, from 1, that runs now."""
    while frame and frame.f_code.co_filename != FILE:
        frame = frame.f_back
    return frame.f_lineno if frame else None


def names_of(kind: type[BaseException]) -> tuple[str, str]:
    """Name an exception's class, and the class of Python's own that it is.

    A class with an underscore, such as NumPy's for a lack of memory, is not named but
    the one it is made from.
    """
    classes = type.__dict__["__mro__"].__get__(kind)
    names = [type_name(each) for each in classes]
    public = next(name for name in names if not name.startswith("_"))
    builtin = next(n for n, c in zip(names, classes, strict=True) if is_builtin(n, c))
    return public, builtin


def is_builtin(name: str, kind: type) -> bool:
    """Say whether a class is one of Python's own."""
    return vars(builtins).get(name) is kind


def message_of(error: BaseException) -> str:
    """Say what an exception says, if it can be made to."""
    try:
        text = str(error)
        size = str.__len__(text)
        message = str.__getitem__(text, slice(MESSAGE))  # just text, not a class of it
    except BaseException:
        return "(its message cannot be shown)"
    if size > MESSAGE:
        message += f"… and {size - MESSAGE:,} characters more"
    return message
