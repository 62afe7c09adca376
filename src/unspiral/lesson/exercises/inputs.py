"""Inputs for a case: every array of the lesson, made by the package from the sizes."""

from functools import cache
from typing import Any

import numpy as np

from unspiral.core import TwoLayerNet
from unspiral.core.layers import affine
from unspiral.core.loss import softmax
from unspiral.lesson.exercises.exercise import Case, Exercise
from unspiral.lesson.exercises.sandbox import Rng, Value

SIZES = {
    "X": "nD",
    "y": "n",
    "W": "DK",
    "b": "K",
    "W1": "Dh",
    "b1": "h",
    "W2": "hK",
    "b2": "K",
    "hidden": "nh",
    "scores": "nK",
    "probs": "nK",
    "dscores": "nK",
    "reg": ["reg"],
    "learning_rate": ["learning_rate"],
}
"""What of a case each argument depends on."""


@cache
def arguments(exercise: Exercise, case: Case) -> tuple[Value, ...]:
    """Make the arguments of an exercise's function, in its order.

    Nobody can change the arrays: they are made only once.
    """
    made = arrays(case)
    given = {name: as_value(value) for name, value in case.given.items()}
    args = tuple((made | given)[name] for name in exercise.parameters)
    for arg in args:
        if isinstance(arg, np.ndarray):
            arg.setflags(write=False)
    return args


def arrays(case: Case) -> dict[str, Value]:
    """Make every input that the exercises know, by its name."""
    rng = np.random.default_rng(case.seed)

    def normal(*shape: int) -> np.ndarray:
        return rng.standard_normal(shape)

    made: dict[str, Any] = {
        "X": normal(case.n, case.D),
        "y": rng.integers(case.K, size=case.n),
        "W": normal(case.D, case.K),
        "b": normal(1, case.K),
        "W1": normal(case.D, case.h),
        "b1": normal(1, case.h),
        "W2": normal(case.h, case.K),
        "b2": normal(1, case.K),
    }
    if case.twist == "origin":
        made["X"][0] = 0
        made["b1"][:] = 0
    W1, b1, W2, b2 = (made[name] for name in ("W1", "b1", "W2", "b2"))
    made["hidden"], made["scores"] = TwoLayerNet(W1, b1, W2, b2).forward(made["X"])
    if case.twist == "before-relu":
        made["hidden"] = affine(made["X"], W1, b1)
    made["probs"] = softmax(made["scores"])
    # Any gradient will do, and one whose rows do not add up to 0 shows more.
    made["dscores"] = normal(case.n, case.K)
    for name in ("W1", "b1", "W2", "b2"):
        made[f"d{name}"] = normal(*made[name].shape)
    made["reg"], made["learning_rate"] = case.reg, case.learning_rate
    made["rng"] = Rng(case.seed)
    return made


def as_value(value: Any) -> Value:
    """Turn lists of TOML into arrays."""
    return np.array(value) if isinstance(value, list) else value


def words(exercise: Exercise, case: Case) -> str:
    """Say which case it is, as in: with n = 5, D = 2."""
    if case.about:
        return case.about
    known: dict[str, Any] = {}
    for parameter in exercise.parameters:
        for name in SIZES.get(parameter, ()):
            known.setdefault(name, getattr(case, name))
    known |= case.given
    return "with " + ", ".join(f"{name} = {value}" for name, value in known.items())
