"""Code as HTML: one element a line, coloured by class names only."""

import ast
from collections.abc import Iterable
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from unspiral.lesson.mistakes import Mistake
from unspiral.lesson.parsing import parse


def highlighted(code: str, language: str, numbers: Iterable[int] | None = None) -> str:
    """Write code as a ``<pre>``, each line with its number, and the names it makes.

    A line of Python that assigns to names has them in ``data-makes``, so that a
    figure can show which line made which array.

    Parameters
    ----------
    code
        The code, without a line break at its end.
    language
        A name that Pygments knows; `text` for none.
    numbers
        The number of each line; from 1 on if not given.
    """
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        raise Mistake(f"Pygments knows no language {language!r}") from None
    lines = highlight(code, lexer, HtmlFormatter(nowrap=True)).split("\n")
    lines = lines[: code.count("\n") + 1]
    makes = names_made(code) if language == "python" else {}
    spans = []
    for i, (line, number) in enumerate(
        zip(lines, numbers or range(1, len(lines) + 1), strict=True), start=1
    ):
        made = f' data-makes="{" ".join(makes[i])}"' if i in makes else ""
        spans.append(f'<span class="line" data-line="{number}"{made}>{line}\n</span>')
    # What can scroll must be reachable by keyboard: hence the tabindex.
    return (
        f'<pre class="highlight" tabindex="0">'
        f'<code class="language-{escape(language)}">{"".join(spans)}</code></pre>'
    )


def names_made(code: str) -> dict[int, list[str]]:
    """Find the names that each line (from 1) of some Python assigns to."""
    try:
        tree = parse(code)
    except SyntaxError:  # a chapter may show code that is wrong, or only a part of some
        return {}
    makes: dict[int, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign):
            targets = [node.target]
        else:
            continue
        names = [name for target in targets for name in names_in(target)]
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
            makes.setdefault(line, []).extend(names)
    return {line: names for line, names in makes.items() if names}


def names_in(target: ast.expr) -> list[str]:
    """Find the names in the target of an assignment: ``dscores`` in ``dscores[i]``."""
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Subscript):
        return names_in(target.value)
    if isinstance(target, ast.Tuple):
        return [name for element in target.elts for name in names_in(element)]
    return []
