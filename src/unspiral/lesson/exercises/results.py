"""What came of a call, array by array, whoever made it; and what differs in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from unspiral.lesson.exercises.exercise import Exercise
from unspiral.lesson.exercises.sandbox import Other, Outcome, Raised, Returned, Rng

TOLERANCE = 1e-5
"""How far a right number may be off, relative to the largest of its array: so far that
float32 is right, and so is a 1e-8 that keeps a logarithm finite."""
ROUNDING = 1e-12
"""How far a number may be off when all numbers of its array should be 0."""


@dataclass(frozen=True, eq=False)
class Result:
    """What came of a call: an array under each name, or an exception."""

    arrays: dict[str, np.ndarray | None]
    """None for what is no array. Empty when there are not as many things as names."""
    raised: str = ""
    """The exception's class, if there was one."""


def result_of(outcome: Outcome, exercise: Exercise) -> Result:
    """Take apart what came of a call in the sandbox."""
    match outcome:
        case Returned():
            return result(outcome.value, exercise)
        case Raised():
            return Result({}, outcome.builtin)
        case _:
            return Result({}, type(outcome).__name__)


def computed(
    function: Callable[..., Any], args: Sequence[Any], exercise: Exercise
) -> Result:
    """Call a function of our own. It may raise, and does not change its arguments."""
    own = [
        np.random.default_rng(arg.seed) if isinstance(arg, Rng) else arg for arg in args
    ]
    try:
        with np.errstate(all="ignore"):
            return result(function(*own), exercise)
    except Exception as error:
        return Result({}, type(error).__name__)


def result(value: Any, exercise: Exercise) -> Result:
    """Put what was returned under its names."""
    if len(exercise.returns) == 1:
        parts = [value]
    elif isinstance(value, tuple | list) and len(value) == len(exercise.returns):
        parts = list(value)
    else:
        return Result({})
    return Result(
        {
            name: as_array(part, whole=name in exercise.whole)
            for name, part in zip(exercise.returns, parts, strict=True)
        }
    )


def as_array(value: Any, *, whole: bool = False) -> np.ndarray | None:
    """Take anything that holds plain numbers as an array, and nothing else.

    They become floats, or complex numbers. Whole numbers stay whole numbers only where
    this matters, in labels: these are used as indices.
    """
    if value is None or isinstance(value, str | dict | Other):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    if array.dtype.kind not in "biufc":
        return None
    if array.dtype.kind == "c" or (whole and array.dtype.kind in "iu"):
        return array
    return array.astype(float)


def same(a: np.ndarray, b: np.ndarray, tolerance: float = TOLERANCE) -> bool:
    """Whether two arrays have one shape and the same numbers, up to rounding."""
    return a.shape == b.shape and not wrong_entries(a, b, tolerance).any()


def wrong_entries(
    a: np.ndarray, b: np.ndarray, tolerance: float = TOLERANCE
) -> np.ndarray:
    """Where two arrays of one shape differ by more than rounding."""
    a_finite, b_finite = np.isfinite(a), np.isfinite(b)
    scale = np.abs(b, where=b_finite, out=np.zeros(b.shape)).max(initial=0)
    with np.errstate(all="ignore"):
        far = np.abs(a - b) > tolerance * scale + ROUNDING
    alike = (a == b) | (np.isnan(a) & np.isnan(b))
    return np.where(a_finite & b_finite, far, ~alike)


def agree(a: Result, b: Result) -> bool:
    """Whether two programs did the same: gave the same arrays, or both failed."""
    if a.raised or b.raised:
        return bool(a.raised and b.raised) or fails_alike(a, b) or fails_alike(b, a)
    if a.arrays.keys() != b.arrays.keys():
        return False
    return all(alike(a.arrays[name], b.arrays[name]) for name in a.arrays)


def alike(a: np.ndarray | None, b: np.ndarray | None) -> bool:
    """Whether two arrays are the same; whole numbers and floats are not."""
    if a is None or b is None:
        return a is None and b is None
    return (a.dtype.kind in "iu") == (b.dtype.kind in "iu") and same(a, b)


NUMERIC = {"OverflowError", "ZeroDivisionError", "FloatingPointError"}


def fails_alike(a: Result, b: Result) -> bool:
    """Whether `a` raised what in NumPy would be a number that is not finite, as in `b`.

    `math.exp(1000)` raises an OverflowError, and `np.exp(1000)` gives infinity.
    """
    return a.raised in NUMERIC and any(
        array is not None and not np.isfinite(array).all()
        for array in b.arrays.values()
    )
