"""Differences and exceptions, put into words."""

from typing import Any

import numpy as np

from unspiral.lesson.exercises.errors import meaning
from unspiral.lesson.exercises.exercise import Exercise
from unspiral.lesson.exercises.flaws import listed
from unspiral.lesson.exercises.report import Difference, Error
from unspiral.lesson.exercises.results import Result, alike, wrong_entries
from unspiral.lesson.exercises.sandbox import Other, Raised


def error_of(raised: Raised, case: str) -> Error:
    """Say what an exception means, which was raised with these inputs."""
    return Error(
        type=raised.type,
        message=raised.message.strip(),
        line=raised.line,
        column=raised.column,
        text=raised.text,
        meaning=meaning(raised.type, raised.message)
        or meaning(raised.builtin, raised.message),
        case="" if raised.on_import else case,
    )


def difference_of(
    exercise: Exercise, value: Any, given: Result, expected: Result, case: str
) -> Difference | None:
    """Find the first array that is not what it should be, and say how it differs."""
    if not given.arrays:
        return Difference(
            array=exercise.function,
            kind="type",
            sentence=f"`{exercise.function}` returns {kind_of(value)}. "
            f"It returns {listed(exercise.returns)}.",
            case=case,
        )
    parts = [value] if len(exercise.returns) == 1 else value
    by_name = dict(zip(exercise.returns, parts, strict=True))
    for name in exercise.compare:
        right = expected.arrays[name]
        assert right is not None
        if not alike(given.arrays[name], right):
            return of_array(name, by_name[name], given.arrays[name], right, case)
    return None


def of_array(
    name: str, part: Any, array: np.ndarray | None, right: np.ndarray, case: str
) -> Difference:
    """Say how an array differs from the right one."""
    wanted = "a single number" if right.ndim == 0 else "an array of numbers"
    if array is None:
        sentence = f"`{name}` is {kind_of(part)}. It has to be {wanted}."
        return Difference(array=name, kind="type", sentence=sentence, case=case)
    if array.shape != right.shape:
        has, should = shape_of(array.shape), shape_of(right.shape)
        return Difference(
            array=name,
            kind="shape",
            sentence=f"`{name}` {has}. It {should.replace('has', 'should have', 1)}."
            if right.ndim
            else f"`{name}` {has}. It should be a single number.",
            case=case,
            shape=array.shape,
            expected_shape=right.shape,
        )
    wrong = wrong_entries(array, right)
    if not wrong.any() or array.dtype.kind == "c":
        holds = "complex numbers" if array.dtype.kind == "c" else "floats"
        should_hold = "whole numbers" if right.dtype.kind in "iu" else "real ones"
        sentence = f"`{name}` holds {holds}. It should hold {should_hold}."
        return Difference(array=name, kind="type", sentence=sentence, case=case)
    return of_entries(name, array, right, wrong, case)


def of_entries(
    name: str, array: np.ndarray, right: np.ndarray, wrong: np.ndarray, case: str
) -> Difference:
    """Say which entries of an array are wrong, and which one most."""
    with np.errstate(all="ignore"):
        off = np.where(np.isfinite(array), np.abs(array - right), np.inf)
    index = tuple(
        int(i) for i in np.unravel_index(np.where(wrong, off, -1).argmax(), wrong.shape)
    )
    value, expected = float(array[index]), float(right[index])
    is_, should = numbers(value, expected)
    if array.ndim == 0:
        sentence = f"`{name}` is {is_}. It should be {should}."
    else:
        count = "all" if wrong.all() else f"{wrong.sum()}"
        sentence = (
            f"`{name}` is wrong in {count} of its {wrong.size} entries. "
            f"At `[{', '.join(map(str, index))}]` it is {is_}, and should be {should}."
        )
    return Difference(
        array=name,
        kind="value",
        sentence=sentence,
        case=case,
        shape=array.shape,
        expected_shape=right.shape,
        index=index,
        value=value if np.isfinite(value) else None,
        expected=expected,
        wrong=int(wrong.sum()),
        entries=int(wrong.size),
    )


def numbers(value: float, expected: float) -> tuple[str, str]:
    """Write two numbers with so many digits that they look different."""
    for digits in range(4, 17):
        both = f"{value:.{digits}g}", f"{expected:.{digits}g}"
        if both[0] != both[1]:
            break
    return both


def shape_of(shape: tuple[int, ...]) -> str:
    """Say what shape something has."""
    return f"has the shape {shape}" if shape else "is a single number"


def kind_of(value: Any) -> str:
    """Say what something is."""
    match value:
        case None:
            return "nothing, `None`"
        case bool() | np.bool_():
            return f"`{value}`"
        case int() | float() | complex() | np.generic():
            return "a single number"
        case str():
            return "text"
        case np.ndarray():
            return f"an array of the shape {value.shape}"
        case tuple():
            return f"{len(value)} things"
        case list():
            return "a list that is no array of numbers" if value else "an empty list"
        case dict():
            return "a dict"
        case Other(type_name=name):
            return f"something of the type `{name}`"
    return f"something of the type `{type(value).__name__}`"
