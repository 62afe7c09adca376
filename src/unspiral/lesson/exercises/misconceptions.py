"""What goes wrong: known mistakes, each a small change of the right code.

They are data, in each exercise's `mistakes.toml`. A mistake may be made in several
ways. A way is written as changes of lines of `solution.py.txt`: a line after ``-`` is
taken out, and those after ``+`` are put in its place. Mistakes that change different
lines can be made together.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from unspiral.lesson.exercises.exercise import FOLDER, Exercise
from unspiral.lesson.mistakes import Mistake, decode_toml

Text = Annotated[str, Meta(min_length=1)]


class Misconception(Struct, frozen=True, forbid_unknown_fields=True):
    """A mistake that is known."""

    name: Text
    sentence: Text
    """What is wrong, and what it should be. Markdown of one paragraph."""
    formula: Text
    """The formula that it breaks: its name in the file, and once read its TeX."""
    ways: Annotated[tuple[str, ...], Meta(min_length=1)]
    """Changes of the solution's lines that make this mistake."""
    apart: bool = False
    """Whether each line that is changed may also be changed alone."""
    look: tuple[str, ...] = ()
    """Patterns of the line to look at; the first that is found counts."""
    remark: bool = False
    """Whether a program with this mistake passes: the mistake does no harm in the
    cases that count, and is only remarked on."""


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of mistakes."""

    formulas: dict[str, str]
    mistake: tuple[Misconception, ...]


@dataclass(frozen=True)
class Change:
    """A line of the solution, and what takes its place."""

    line: int
    """Its number, from 0."""
    new: str = ""
    """None, one or several lines."""


@dataclass(frozen=True, eq=False)
class Variation:
    """The solution with one mistake in it, or with several."""

    exercise: Exercise
    mistakes: tuple[Misconception, ...]
    changes: tuple[Change, ...]

    @property
    def names(self) -> frozenset[str]:
        """Names of the mistakes."""
        return frozenset(mistake.name for mistake in self.mistakes)

    @property
    def source(self) -> str:
        """The whole file."""
        lines = self.exercise.solution.split("\n")
        for change in self.changes:
            lines[change.line] = indented(change.new, like=lines[change.line])
        return "\n".join(lines)

    @property
    def function(self) -> Callable[..., Any]:
        """The function with the mistakes in it."""
        all_ways, chosen = workbench(self.exercise)
        return partial(all_ways, {chosen[change] for change in self.changes})

    def with_(self, other: "Variation") -> "Variation | None":
        """Make the mistakes of both, unless they change the same lines."""
        mine = {change.line for change in self.changes}
        if any(change.line in mine for change in other.changes):
            return None
        return Variation(
            self.exercise, self.mistakes + other.mistakes, self.changes + other.changes
        )


@cache
def misconceptions(exercise: Exercise) -> tuple[Misconception, ...]:
    """Read all known mistakes of an exercise."""
    folder = f"{exercise.number}-{exercise.function.replace('_', '-')}"
    text = (FOLDER / folder / "mistakes.toml").read_text(encoding="utf-8")
    file = decode_toml(text, File)
    try:
        return tuple(
            structs.replace(each, formula=file.formulas[each.formula])
            for each in file.mistake
        )
    except KeyError as error:
        raise Mistake(f"{folder}: there is no formula {error}") from error


@cache
def variations(exercise: Exercise) -> tuple[Variation, ...]:
    """Make each mistake, in each way."""
    return tuple(
        Variation(exercise, (mistake,), some)
        for mistake in misconceptions(exercise)
        for way in mistake.ways
        for some in parts(changes(way, exercise), mistake)
    )


def parts(
    together: tuple[Change, ...], mistake: Misconception
) -> tuple[tuple[Change, ...], ...]:
    """List the changes together and, where this makes sense, each alone."""
    alone = mistake.apart and len(together) > 1
    return (together, *((change,) for change in together if alone))


def changes(way: str, exercise: Exercise) -> tuple[Change, ...]:
    """Find the lines that a way changes, and what takes their place."""
    lines = [line.strip() for line in exercise.solution.split("\n")]
    found: list[Change] = []
    for text in way.strip("\n").split("\n"):
        sign, code = text[:2], text[2:]
        if sign == "- ":
            if lines.count(code) != 1:
                raise Mistake(f"{exercise.function} has no one line {code!r}")
            found.append(Change(lines.index(code)))
        elif sign == "+ " and found:
            line, new = found[-1].line, found[-1].new
            found[-1] = Change(line, f"{new}\n{code}" if new else code)
        else:
            raise Mistake(f"{exercise.function}: a change begins with a - line: {way}")
    return tuple(found)


def indented(code: str, like: str) -> str:
    """Indent lines as another is."""
    match = re.match(r"\s*", like)
    spaces = match[0] if match else ""
    return "\n".join(spaces + line for line in code.split("\n"))


@cache
def workbench(exercise: Exercise) -> tuple[Callable[..., Any], dict[Change, int]]:
    """Make one function that can make all mistakes, and number the changes.

    Its first argument says which changes to make. There are thousands of pairs of
    mistakes, and to compile each would take too long.
    """
    numbered = {
        change: number
        for number, change in enumerate(
            dict.fromkeys(c for each in variations(exercise) for c in each.changes)
        )
    }
    lines = exercise.solution.split("\n")
    for index, line in enumerate(lines):
        here = [change for change in numbered if change.line == index]
        if not here:
            continue
        branches = [
            f"{'el' if place else ''}if {numbered[change]} in _made:\n"
            + indented(change.new or "pass", like="    ")
            for place, change in enumerate(here)
        ]
        branches.append(f"else:\n    {line.strip()}")
        lines[index] = indented("\n".join(branches), like=line)
    source = "\n".join(lines).replace(
        f"def {exercise.function}(", f"def {exercise.function}(_made, "
    )
    names: dict[str, Any] = {}
    exec(compile(source, "<workbench>", "exec", dont_inherit=True), names)
    return names[exercise.function], numbered
