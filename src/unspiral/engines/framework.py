"""What the engines of the frameworks share: they take steps, and are watched."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np

from unspiral.core import Network, Step, gradient_descent
from unspiral.core.network import Gradients
from unspiral.engines.contract import Engine, Run


class Training(Protocol):
    """A network in training, kept by a framework."""

    def step(self) -> tuple[float, float, float]:
        """Take a step; return what came of it.

        That is the loss of the data, the sum of the squared weights in float64, and
        the accuracy.
        """

    def network(self) -> Network:
        """Return the network as it is now."""


class Framework(Engine, Protocol):
    """An engine that finds the gradients by itself: automatic differentiation."""

    VERSION: str

    def gradients(
        self, network: Network, X: np.ndarray, y: np.ndarray, *, reg: float
    ) -> Gradients:
        """Do what `Network.gradients` does, without a backward pass of ours."""


def follow(
    begin: Callable[[], Training],
    network: Network,
    X: np.ndarray,
    y: np.ndarray,
    *,
    reg: float,
    steps: int,
) -> Run:
    """Take some steps from the network that is given, up to divergence."""
    start = next(gradient_descent(network, X, y, reg=reg))
    last, losses, accuracies = start, np.empty(steps), np.empty(steps)
    if not np.isfinite(start.loss):
        return Run(start, losses[:0], accuracies[:0], diverged_at=0)
    training = begin()
    for step in range(1, steps + 1):
        data_loss, squares, accuracy = training.step()
        loss = data_loss + 0.5 * reg * squares
        if not np.isfinite(loss):
            # The network before this step is gone, but the same steps lead to it again.
            before = follow(begin, network, X, y, reg=reg, steps=step - 1)
            return replace(before, diverged_at=step)
        losses[step - 1], accuracies[step - 1] = loss, accuracy
    if steps:
        last = Step(steps, training.network(), losses[-1].item(), accuracies[-1].item())
    return Run(last, losses, accuracies, diverged_at=None)
