"""Listings: a function, class or method, cut from the source that runs."""

import ast
import textwrap
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from unspiral.lesson.highlighting import highlighted
from unspiral.lesson.mistakes import Mistake
from unspiral.lesson.parsing import parse

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Listing:
    """Some lines of a file."""

    file: str
    """Its name within the package, such as ``core/layers.py``."""
    numbers: list[int]
    """The number of each line in the file. They have gaps where docstrings were."""
    code: str

    @property
    def place(self) -> str:
        """Which lines they are, in words."""
        first, last = self.numbers[0], self.numbers[-1]
        return f"line {first}" if first == last else f"lines {first}–{last}"


def listing(
    target: str, *, part: str | None = None, body: bool = False, docstring: bool = False
) -> Listing:
    """Cut a definition from its module's source.

    Parameters
    ----------
    target
        ``module:function``, ``module:Class`` or ``module:Class.method``.
    part
        Only the paragraph of the body (the lines up to the next blank one) whose
        first line begins with this text, the sign of a comment aside.
    body
        Leave out the signature.
    docstring
        Keep the docstrings. A docstring that is all there is stays in any case.
    """
    module, _, name = target.partition(":")
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        spec = None
    if not spec or not spec.origin:
        raise Mistake(f"there is no module {module!r}")
    lines = Path(spec.origin).read_text(encoding="utf-8").split("\n")
    node = definition(parse("\n".join(lines)), module, name)

    start = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    assert node.end_lineno
    numbers = list(range(start, node.end_lineno + 1))
    if not docstring:
        hidden = docstring_lines(node, lines)
        numbers = [n for n in numbers if n not in hidden]
    if body or part is not None:
        after_docstring = node.body[1:] if docstring_of(node) else node.body
        first = node.body if docstring else after_docstring or node.body
        # From the end of the signature, so that comments above a statement come too.
        above = [n for n in numbers if n < first[0].lineno]
        while above and lines[above[-1] - 1].strip().startswith("#"):
            above.pop()
        numbers = [n for n in numbers if n not in above]
    if part is not None:
        numbers = paragraph(part, numbers, lines, target)
    file = module.removeprefix("unspiral.").replace(".", "/") + ".py"
    code = textwrap.dedent("\n".join(lines[n - 1] for n in numbers))
    return Listing(file, numbers, code)


def listing_id(target: str) -> str:
    """Name a listing in addresses: ``listing-TwoLayerNet.forward``."""
    return f"listing-{target.partition(':')[2]}"


def listing_html(target: str, *, id_: str | None = None, **cut: Any) -> str:
    """Write a listing with its file and lines; takes the parameters of `listing`."""
    made = listing(target, **cut)
    named = f' id="{escape(id_)}"' if id_ else ""
    return (
        f'<figure class="listing"{named} data-source="{escape(target)}">\n'
        f"<figcaption><code>{made.file}</code>, {made.place}</figcaption>\n"
        f"{highlighted(made.code, 'python', made.numbers)}\n</figure>\n"
    )


def definition(tree: ast.Module, module: str, name: str) -> Definition:
    """Find a function, class or method by its dotted name."""
    inside: list[ast.stmt] = tree.body
    found: Definition | None = None
    for word in name.split("."):
        known = {node.name: node for node in inside if isinstance(node, Definition)}
        if word not in known:
            where = f"{module}:{found.name}" if found else module
            names = ", ".join(known) or "nothing"
            raise Mistake(f"there is no {word!r} in {where}; it defines {names}")
        found = known[word]
        inside = found.body
    assert found
    return found


def docstring_of(node: Definition) -> ast.stmt | None:
    """Find the statement that is a definition's docstring."""
    return node.body[0] if ast.get_docstring(node, clean=False) is not None else None


def docstring_lines(node: Definition, lines: list[str]) -> set[int]:
    """Numbers of the lines with docstrings, with the blank line that follows one."""
    hidden: set[int] = set()
    for inner in ast.walk(node):
        if not isinstance(inner, Definition) or len(inner.body) == 1:
            continue
        if statement := docstring_of(inner):
            assert statement.end_lineno
            end = statement.end_lineno
            if not lines[end].strip():
                end += 1
            hidden.update(range(statement.lineno, end + 1))
    return hidden


def paragraph(
    part: str, numbers: list[int], lines: list[str], target: str
) -> list[int]:
    """Find the one paragraph that begins with `part`."""
    blank = [n for n in numbers if not lines[n - 1].strip()]
    bounds = [numbers[0] - 1, *blank, numbers[-1] + 1]
    parts = [
        [n for n in numbers if before < n < after] for before, after in pairwise(bounds)
    ]
    begins = [lines[p[0] - 1].strip().removeprefix("# ") if p else "" for p in parts]
    matching = [p for p, begin in zip(parts, begins, strict=True) if begin == part]
    if not matching:
        matching = [
            p for p, begin in zip(parts, begins, strict=True) if begin.startswith(part)
        ]
    if len(matching) != 1:
        count = "no part" if not matching else f"{len(matching)} parts"
        known = "; ".join(filter(None, begins))
        raise Mistake(f"{target} has {count} beginning {part!r}; its parts: {known}")
    return matching[0]
