"""The engine "numpy": core itself, which all the others are held to."""

from collections.abc import Callable
from itertools import islice

import numpy as np

from unspiral.core import Network, gradient_descent
from unspiral.engines.contract import Run


def prepare(
    network: Network, X: np.ndarray, y: np.ndarray, notice: Callable[[str], None]
) -> None:
    """There is nothing to do: NumPy is compiled."""


def train(
    network: Network,
    X: np.ndarray,
    y: np.ndarray,
    *,
    learning_rate: float,
    reg: float,
    steps: int,
) -> Run:
    """Take some steps of gradient descent, up to divergence."""
    run = gradient_descent(network, X, y, learning_rate=learning_rate, reg=reg)
    last = next(run)
    diverged_at = None if np.isfinite(last.loss) else 0
    losses, accuracies = [], []
    for step in islice(run, steps):
        if not np.isfinite(step.loss):
            diverged_at = step.step
            break
        last = step
        losses.append(step.loss)
        accuracies.append(step.accuracy)
    return Run(last, np.array(losses), np.array(accuracies), diverged_at)
