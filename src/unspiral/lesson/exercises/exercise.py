"""The exercises: a folder of data each, in `library/`, in the order of their numbers.

A new exercise needs such a folder, and its function in `reference.py`.
"""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from unspiral.lesson.mistakes import Mistake, decode_toml
from unspiral.lesson.parsing import parse

FOLDER = Path(__file__).parent / "library"


class Case(Struct, frozen=True, eq=False, forbid_unknown_fields=True):
    """Inputs to call the function with, see `inputs.py`. They are made from sizes."""

    n: int = 4
    """Points."""
    D: int = 2
    """Coordinates of a point."""
    h: int = 3
    """Hidden units."""
    K: int = 3
    """Classes."""
    reg: float = 0.1
    learning_rate: float = 0.5
    seed: int = 0
    """Of the random numbers in the inputs."""
    given: dict[str, Any] = {}
    """Inputs by their names, in place of those made from the sizes."""
    twist: Literal["origin", "before-relu"] | None = None
    """``origin``: the first point is 0, and so are all biases. ``before-relu``:
    `hidden` has negative entries, which no ReLU gives."""
    about: str = ""
    """What is special about the case, in words."""
    use: Literal["count", "tell", "sizes"] = "count"
    """``count``: a right answer is right here. ``tell``: no right answer needs to be
    right here; the case tells mistakes apart. ``sizes``: the lesson's own sizes, to
    find out whether these are written into the code."""


class Exercise(Struct, frozen=True, eq=False, kw_only=True, forbid_unknown_fields=True):
    """One function that the learner writes."""

    number: int = 0
    """Its place among the exercises, from 1."""
    function: str = ""
    """The function's name, which is also that of the exercise."""
    parameters: tuple[str, ...] = ()
    title: str
    chapter: int
    """The chapter that it belongs to."""
    returns: Annotated[tuple[str, ...], Meta(min_length=1)]
    """Names of what the function returns."""
    compare: tuple[str, ...] = ()
    """The same names in the order in which they are computed."""
    whole: tuple[str, ...] = ()
    """Those of them that hold whole numbers."""
    package: tuple[str, ...]
    """Where the package does it: targets of `lesson.listings.listing`."""
    hints: Annotated[tuple[str, ...], Meta(min_length=3, max_length=3)]
    """Three hints, each more direct than the one before. Markdown."""
    template: str = ""
    """What the learner starts from: a Python file with the open function."""
    solution: str = ""
    """The same file, solved."""
    case: Annotated[tuple[Case, ...], Meta(min_length=1)]

    @property
    def random(self) -> bool:
        """Whether the function draws random numbers."""
        return "rng" in self.parameters


@cache
def exercises(folder: Path = FOLDER) -> tuple[Exercise, ...]:
    """All exercises, in the order of the lesson.

    Raises
    ------
    Mistake
        When something is wrong with the data of one.
    """
    found = sorted(folder.glob("*-*/exercise.toml"))
    return tuple(sorted(map(read, found), key=lambda exercise: exercise.number))


def exercise(name: str) -> Exercise:
    """One exercise, by the name of its function.

    Raises
    ------
    KeyError
        When there is none of that name; its text says which there are.
    """
    known = {exercise.function: exercise for exercise in exercises()}
    if name not in known:
        raise KeyError(f"there is no exercise {name!r}; there are {', '.join(known)}")
    return known[name]


def read(path: Path) -> Exercise:
    """Read the data of one exercise."""
    folder = path.parent
    name = re.fullmatch(r"(\d+)-([a-z0-9-]+)", folder.name)
    if not name:
        raise Mistake(f"an exercise's folder is named like 4-forward, not {folder}")
    function = name[2].replace("-", "_")
    data = decode_toml(path.read_text(encoding="utf-8"), Exercise)
    template = (folder / "template.py.txt").read_text(encoding="utf-8")
    if sorted(data.compare or data.returns) != sorted(data.returns):
        raise Mistake(f"{folder.name}: `compare` has other names than `returns`")
    return msgspec.structs.replace(
        data,
        number=int(name[1]),
        function=function,
        parameters=parameters(template, function),
        compare=data.compare or data.returns,
        template=template,
        solution=(folder / "solution.py.txt").read_text(encoding="utf-8"),
    )


def parameters(source: str, function: str) -> tuple[str, ...]:
    """Names of the parameters of a function that a file defines."""
    for node in parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return tuple(argument.arg for argument in node.args.args)
    raise Mistake(f"the template of {function} does not define it")
