"""What every engine does, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from unspiral.core import Network, Step


@dataclass(frozen=True, eq=False)
class Run:
    """What came of some steps of gradient descent."""

    last: Step
    """The last step whose loss is finite; the start, which is step 0, if none is."""
    losses: np.ndarray
    """(k,) float64: of each step after the start whose loss is finite."""
    accuracies: np.ndarray
    """(k,) float64: of the same steps."""
    diverged_at: int | None
    """The first step whose loss is not finite, with the start as step 0, if any."""


class Engine(Protocol):
    """A module that trains networks, each in its own way, all with the same result."""

    def prepare(
        self,
        network: Network,
        X: np.ndarray,
        y: np.ndarray,
        notice: Callable[[str], None],
    ) -> None:
        """Do now what is otherwise done when such a network is first trained.

        And on such data: what is compiled may depend on the shapes of both.

        If that will take seconds, `notice` is called before, with a sentence that
        says so.
        """

    def train(
        self,
        network: Network,
        X: np.ndarray,
        y: np.ndarray,
        *,
        learning_rate: float,
        reg: float,
        steps: int,
    ) -> Run:
        """Take some steps of gradient descent, up to divergence.

        It is `unspiral.core.gradient_descent`, to rounding: the same losses, in the
        network's precision, and the same errors for data that do not fit. The same
        steps taken in two calls give the same numbers, bit for bit.
        """
