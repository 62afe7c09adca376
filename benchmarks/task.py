"""The same for all: the case study's network, from the same start."""

from functools import cache
from itertools import islice
from typing import Any

import numpy as np

from unspiral.core import TwoLayerNet, gradient_descent, spiral

SETTINGS = {"learning_rate": 1.0, "reg": 1e-3}
LEARNING_RATE, REG = SETTINGS.values()
MANY = 64
"""Networks, where many are trained at once."""


def task(
    dtype: str, *, points: int = 100, hidden: int = 100, classes: int = 3
) -> tuple[TwoLayerNet, np.ndarray, np.ndarray]:
    """Return the network at step 0, and the data in its precision."""
    rng = np.random.default_rng(0)
    X, y = spiral(rng, points=points, classes=classes)
    network = TwoLayerNet.random(rng, hidden=hidden, classes=classes)
    return in_precision(network, dtype), X.astype(dtype), y


def many(dtype: str) -> list[TwoLayerNet]:
    """Return that network and others, each with a start of its own."""
    others = [
        TwoLayerNet.random(np.random.default_rng(seed), hidden=100, classes=3)
        for seed in range(1, MANY)
    ]
    return [task(dtype)[0], *(in_precision(network, dtype) for network in others)]


def in_precision(network: TwoLayerNet, dtype: str) -> TwoLayerNet:
    """Return the network in float64 or float32."""
    converted = network.astype(np.dtype(dtype).type)
    assert isinstance(converted, TwoLayerNet)
    return converted


@cache
def right_loss(dtype: str, steps: int, **size: Any) -> float:
    """Return the loss after some steps, as core has it."""
    network, X, y = task(dtype, **size)
    return next(islice(gradient_descent(network, X, y, **SETTINGS), steps, None)).loss
