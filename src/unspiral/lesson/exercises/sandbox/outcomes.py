"""What is asked of the learner's code, and how each call of it can end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from unspiral.lesson.exercises.sandbox.inside.values import Other, Path, Rng, Value

__all__ = [
    "Call",
    "Ended",
    "Missing",
    "Other",
    "Outcome",
    "Path",
    "Raised",
    "Reason",
    "Returned",
    "Rng",
    "Value",
]


@dataclass(frozen=True, eq=False)
class Call:
    """A call of one of the learner's functions."""

    function: str
    """Its name in their file."""
    args: Sequence[Value]
    """Arrays arrive as copies, each with memory of its own."""
    seed: int | None = None
    """Given to `np.random.seed` and `random.seed` before the call, from 0 to
    2**32 - 1; None leaves them alone. (For a generator as an argument see `Rng`.)"""

    def __post_init__(self) -> None:
        """Check the seed."""
        if self.seed is not None and not 0 <= self.seed < 2**32:
            raise ValueError(f"a seed is from 0 to 2**32 - 1, not {self.seed}")


@dataclass(frozen=True, eq=False)
class Returned:
    """The function returned."""

    value: Value
    """What it returned. A NamedTuple comes as a tuple, and what cannot be sent as an
    `Other`."""
    args_after: tuple[Value, ...]
    """The arguments after the call, to see what was changed in place. (Of a generator
    made from an `Rng` there is only an `Other`.)"""
    shared: tuple[tuple[Path, Path], ...]
    """Pairs of arrays, in `value` and `args`, that share memory: with
    ``(("value",), ("args", 0))`` the result is the first argument, or a view of it.
    The first of a pair is always in `value`."""
    output: str
    """What was printed during the call, and when the file was read if this is the
    first call. Cut, with a note, when it is long."""


@dataclass(frozen=True)
class Raised:
    """The call raised an exception, or the file did when it was read."""

    type: str
    """The exception's class, such as ``"AxisError"``."""
    builtin: str
    """The class of Python's own which that is, such as ``"ValueError"``."""
    message: str
    """What it says; cut, with a note, when it is long."""
    line: int | None
    """The line of the learner's file, from 1: the innermost one that was running, or
    where the syntax is wrong. None if it is none of theirs."""
    text: str
    """That line, without the spaces around it; empty if there is none."""
    output: str
    """As for `Returned`."""
    column: int | None = None
    """Where in that line, from 1; of errors of syntax only."""
    on_import: bool = False
    """Whether it was raised before the call, when the file was read."""


@dataclass(frozen=True)
class Missing:
    """The file was read, but it defines no function of that name."""

    function: str
    type_name: str | None
    """The type of what has that name instead; None if nothing has it."""
    output: str
    """As for `Returned`."""


Reason = Literal[
    "time",  # longer than `seconds`
    "memory",  # so little was left that not even the MemoryError could be reported
    "output",  # a flood of print
    "exit",  # exit(), sys.exit(), raise SystemExit, os._exit()
    "crash",  # the interpreter itself came to an end: a segmentation fault
    "too_large",  # too much to send back
    "garbled",  # something else than an answer came through the pipe
]


@dataclass(frozen=True)
class Ended:
    """The process came to an end in this call, or in an earlier one."""

    reason: Reason
    sentence: str
    """For the reader, in plain words, with the line if it is known."""
    line: int | None = None
    """The line of the learner's file that was running, from 1, if it is known."""
    output: str = ""
    """As for `Returned`, as far as it is known."""


Outcome = Returned | Raised | Missing | Ended
