"""unspiral.core, as the lesson has it."""

from collections.abc import Callable

from benchmarks.task import SETTINGS, task
from unspiral.engines import engine


def trainer(dtype: str, name: str = "numpy") -> Callable[[int], float]:
    """Train with one of our engines."""
    network, X, y = task(dtype)
    train = engine(name).train
    return lambda steps: train(network, X, y, steps=steps, **SETTINGS).last.loss
