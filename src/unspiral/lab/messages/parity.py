"""The same training in several frameworks, compared with core's."""

from typing import Annotated

import numpy as np
from msgspec import Meta

from unspiral.lab.messages.base import Message
from unspiral.lab.messages.networks import Settings

MOST_WORK = 10_000 * 300 * 100
"""Steps times points times hidden units: 10,000 steps of the lesson's network."""


class ParityRequest(Message, frozen=True):
    """Ask for the training in each framework that is installed."""

    settings: Settings
    steps: Annotated[int, Meta(ge=1, le=10_000)] = 100

    def __post_init__(self) -> None:
        """Refuse what would take many minutes."""
        points = self.settings.points * self.settings.classes
        if self.steps * points * self.settings.hidden > MOST_WORK:
            raise ValueError(
                f"steps is {self.steps}; allowed are fewer with {points} points and "
                f"{self.settings.hidden} hidden units"
            )


class Differences(Message, frozen=True):
    """How far a training is from core's: the largest entry of each array.

    The arrays are W1, b1, W2 and b2, or W and b, in this order.
    """

    version: str
    gradients: np.ndarray
    """(arrays,) At step 0, against the backward pass written by hand."""
    parameters: np.ndarray
    """(moments, arrays)"""
    loss: float
    """After the last step."""
    accuracy: float
    step_time: float
    """In seconds."""


class ParityReply(Message, frozen=True):
    """Each framework beside core."""

    settings: Settings
    moments: np.ndarray
    """(moments,) int32: the steps after which parameters are compared."""
    numpy: Differences
    """Core itself: all 0."""
    rounding: Differences
    """Core with the points in other orders: the same mathematics, rounded otherwise.

    The largest differences of several orders.
    """
    torch: Differences | None
    jax: Differences | None
    tensorflow: Differences | None
    missing: str
    """How to install those that are absent: a line for each; empty if none is."""
    date: str
    """The day, in UTC."""
    machine: str
    """Python's version, and the processor's kind."""
