"""The same for all: the case study's network, from the same start."""

from functools import cache
from itertools import islice

import numpy as np

from unspiral.core import TwoLayerNet, gradient_descent, spiral

SETTINGS = {"learning_rate": 1.0, "reg": 1e-3}
LEARNING_RATE, REG = SETTINGS.values()


def task(
    dtype: str, *, points: int = 100, hidden: int = 100, classes: int = 3
) -> tuple[TwoLayerNet, np.ndarray, np.ndarray]:
    """Return the network at step 0, and the data in its precision."""
    rng = np.random.default_rng(0)
    X, y = spiral(rng, points=points, classes=classes)
    network = TwoLayerNet.random(rng, hidden=hidden, classes=classes)
    start = network.astype(np.dtype(dtype).type)
    assert isinstance(start, TwoLayerNet)
    return start, X.astype(dtype), y


@cache
def right_loss(dtype: str, steps: int) -> float:
    """Return the loss after some steps, as core has it."""
    network, X, y = task(dtype)
    return next(islice(gradient_descent(network, X, y, **SETTINGS), steps, None)).loss
