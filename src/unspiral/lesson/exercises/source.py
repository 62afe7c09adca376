"""What can be read off a learner's file without running it."""

import ast
import re
import warnings
from collections.abc import Iterable, Iterator

from unspiral.lesson.parsing import parse

LONGEST = 100_000
"""Characters of a file that is looked at."""
LONGEST_LINE = 200
"""Characters of a line in which a pattern is looked for: it may take their cube."""


def parsed(source: str) -> ast.Module | None:
    """Parse a file; None if it is no Python, or too long."""
    if len(source) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the learner's own escapes in strings
            return parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def function_of(tree: ast.Module | None, name: str) -> ast.FunctionDef | None:
    """Find the function of a name: the last one, as Python does."""
    found = [node for node in functions(tree) if node.name == name]
    return found[-1] if found else None


def functions(tree: ast.Module | None) -> Iterator[ast.FunctionDef]:
    """All functions of a file, not those within others."""
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef):
            yield node


def body_of(node: ast.FunctionDef) -> list[ast.stmt]:
    """Return what a function does, without its docstring."""
    has_docstring = ast.get_docstring(node, clean=False) is not None
    return node.body[1:] if has_docstring else node.body


def is_open(node: ast.FunctionDef) -> bool:
    """Whether a function does nothing yet."""
    return all(
        isinstance(line, ast.Pass)
        or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        or (isinstance(line, ast.Raise) and "NotImplemented" in ast.unparse(line))
        for line in body_of(node)
    )


def lines_of(source: str, node: ast.FunctionDef) -> list[tuple[int, str]]:
    """Lines of a function's body with their numbers, without comments."""
    lines = lines_in(source)
    body = body_of(node)
    if not body:
        return []
    numbers = range(body[0].lineno, (node.end_lineno or node.lineno) + 1)
    return [
        (number, lines[number - 1].split("#")[0].strip()[:LONGEST_LINE])
        for number in numbers
        if number <= len(lines)
    ]


def lines_in(source: str) -> list[str]:
    """Split a file into its lines, where Python does."""
    return re.split(r"\r\n|\r|\n", source)


def line_like(
    patterns: Iterable[str],
    source: str,
    function: str,
    names: Iterable[str] = (),
) -> tuple[int | None, str]:
    """Find the line to look at: in the function itself, or in another of the file.

    The first pattern that is found anywhere counts. Of several lines with it, one that
    has one of the names comes first.
    """
    tree = parsed(source)
    node = function_of(tree, function)
    others = [other for other in functions(tree) if other is not node]
    for pattern in patterns:
        for where in filter(None, [node, *others]):
            found = [
                line for line in lines_of(source, where) if re.search(pattern, line[1])
            ]
            named = [
                line
                for line in found
                if any(re.search(rf"\b{name}\b", line[1]) for name in names)
            ]
            for line in named + found:
                return line
    return None, ""


def names_used(node: ast.AST) -> set[str]:
    """All names that a part of a file reads."""
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }
