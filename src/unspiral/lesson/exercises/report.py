"""What a learner is told about a function of theirs. It can be sent as it is."""

from msgspec import Struct


class Found(Struct, frozen=True, kw_only=True):
    """A mistake that is in the function."""

    name: str
    """Such as ``no-gate``."""
    sentence: str
    """What is wrong, and what it should be. Markdown of one paragraph."""
    tex: str = ""
    """The formula that it breaks, if there is one."""
    mathml: str = ""
    """The same for a page."""
    line: int | None = None
    """The line to look at, from 1, if one can be told."""
    text: str = ""
    """That line, without the spaces around it."""
    arrays: tuple[str, ...] = ()
    """The arrays in which it shows, if not in all that are wrong."""


class Error(Struct, frozen=True, kw_only=True):
    """The exception that was raised."""

    type: str
    """Such as ``ValueError``."""
    message: str
    line: int | None
    """The learner's line, from 1; None if it is none of theirs."""
    column: int | None
    """Where in the line, from 1; of errors of syntax only."""
    text: str
    """That line, without the spaces around it."""
    meaning: str
    """What it means, in plain words; empty if that is not known. Markdown."""
    case: str
    """With which inputs, as in: with n = 5, D = 2. Empty if before any call."""


class Stopped(Struct, frozen=True, kw_only=True):
    """Why the process that ran the code came to an end."""

    reason: str
    """Such as ``time``; see `sandbox.Reason`."""
    sentence: str
    line: int | None


class Difference(Struct, frozen=True, kw_only=True):
    """The first array that is not what it should be."""

    array: str
    """Its name; that of the function if it is about all that was returned."""
    kind: str
    """``type``, ``shape`` or ``value``."""
    sentence: str
    """What it is, and what it should be. Markdown."""
    case: str
    """With which inputs, as in: with n = 5, D = 2."""
    shape: tuple[int, ...] | None = None
    expected_shape: tuple[int, ...] | None = None
    index: tuple[int, ...] | None = None
    """Where it is furthest off."""
    value: float | None = None
    """What stands there; None if that is not finite."""
    expected: float | None = None
    """What should stand there."""
    wrong: int = 0
    """How many entries are wrong,"""
    entries: int = 0
    """of how many."""


class Report(Struct, frozen=True, kw_only=True):
    """How a function does in its exercise."""

    exercise: str
    right: bool
    started: bool = True
    """Whether there is anything but the template."""
    sentence: str
    """All in one sentence. Markdown."""
    error: Error | None = None
    stopped: Stopped | None = None
    difference: Difference | None = None
    mistakes: tuple[Found, ...] = ()
    """What is wrong, as far as it is known for sure."""
    maybe: tuple[Found, ...] = ()
    """Mistakes that explain the results equally well, if none is sure."""
    notes: tuple[str, ...] = ()
    """What else is worth knowing, also of a right function. Markdown."""
    output: str = ""
    """What it printed."""
