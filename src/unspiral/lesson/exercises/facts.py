"""What can be said of a wrong array, whatever the mistake: that it is transposed."""

import numpy as np

from unspiral.lesson.exercises.exercise import Case
from unspiral.lesson.exercises.results import same


def facts(name: str, array: np.ndarray, expected: np.ndarray, case: Case) -> list[str]:
    """Say what an array has to do with what it should be."""
    if array.shape != expected.shape:
        if array.ndim == 2 and same(array.T, expected):
            return [f"`{name}` is the transpose of what it should be."]
        if array.size != expected.size:
            return []
        if same(array.reshape(expected.shape), expected):
            return [f"The numbers in `{name}` are right; only its shape is not."]
        return []
    if array.dtype.kind != "f" or array.size < 2 or not np.isfinite(array).all():
        return []
    if array.ndim == 2 and len(set(array.shape)) == 1 and same(array.T, expected):
        return [f"`{name}` is the transpose of what it should be."]
    factor = times(array, expected)
    if factor is None:
        return []
    if factor == -1:
        return [f"Every number in `{name}` has the wrong sign."]
    sentence = f"Every number in `{name}` is {factor:.4g} times what it should be."
    sizes = {"n": case.n, "D": case.D, "h": case.h, "K": case.K}
    for size, value in sizes.items():
        if value > 1 and np.isclose(factor, value):
            return [f"{sentence} Here {size} = {value}."]
        if value > 1 and np.isclose(factor, 1 / value):
            return [f"{sentence} Here 1/{size} = 1/{value}."]
    return [sentence]


def times(array: np.ndarray, expected: np.ndarray) -> float | None:
    """Find the one number by which all of an array is multiplied, if there is one."""
    largest = np.abs(expected).argmax()
    if expected.flat[largest] == 0:
        return None
    factor = float(array.flat[largest] / expected.flat[largest])
    if factor != 0 and same(array, factor * expected):
        return -1.0 if np.isclose(factor, -1) else factor
    return None
