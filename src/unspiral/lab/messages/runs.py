"""Data, training, and what can go wrong in it."""

from typing import Annotated, Literal

import numpy as np
from msgspec import Meta

from unspiral.lab.messages.base import Message, StepNumber
from unspiral.lab.messages.networks import (
    LinearParams,
    Params,
    Settings,
    TwoLayerParams,
    check_finite,
    check_params,
)

MOST_STEPS = 1000
"""Of training in one request."""


class Diagnosis(Message, frozen=True):
    """Something that went wrong in a run, in words."""

    kind: Literal["diverged", "dead", "stalled"]
    sentence: str
    """What happened."""
    advice: str
    """What to try."""


class SpiralRequest(Message, frozen=True):
    """Ask for the data set of these settings."""

    settings: Settings


class SpiralReply(Message, frozen=True):
    """The data set."""

    X: np.ndarray
    """(n, 2)"""
    y: np.ndarray
    """(n,), int32"""
    r: np.ndarray
    """(n,): the radius of each point."""
    t: np.ndarray
    """(n,): its angle, in radians, turning on from arm to arm."""


class InitializeRequest(Message, frozen=True):
    """Ask for the network at step 0."""

    settings: Settings


class InitializeReply(Message, frozen=True):
    """The network at step 0, and how it does."""

    params: Params
    loss: float
    accuracy: float
    dead_units: int
    diagnosis: Diagnosis | None


class TrainRequest(Message, frozen=True):
    """Ask for `steps` more steps from these parameters, which are those of `step`."""

    settings: Settings
    params: Params
    step: StepNumber
    steps: Annotated[int, Meta(ge=1, le=MOST_STEPS)]

    def __post_init__(self) -> None:
        """Refuse parameters that are not of a network so set."""
        check_finite(self.params)
        check_params(self.params, self.settings)


class TrainReply(Message, frozen=True):
    """The network after the last step whose loss is a number."""

    params: Params
    step: int
    losses: np.ndarray
    """Loss at each step after the requested one, up to `step`."""
    accuracies: np.ndarray
    """Accuracy at the same steps, each from 0 to 1."""
    dead_units: int
    """Hidden units that give 0 for every point."""
    diverged_at: int | None
    """The first step whose loss is not finite."""
    diagnosis: Diagnosis | None


class MomentsRequest(TrainRequest, frozen=True):
    """Ask for several networks of one run, each `steps` after the one before."""

    count: Annotated[int, Meta(ge=1, le=16)]

    def __post_init__(self) -> None:
        """Refuse more steps than `train` would take."""
        super().__post_init__()
        if self.count * self.steps > MOST_STEPS:
            raise ValueError(
                f"count is {self.count}, of {self.steps} steps each; "
                f"allowed are {MOST_STEPS} steps in all"
            )


class MomentsReply(Message, frozen=True):
    """The networks, up to divergence."""

    moments: tuple[TrainReply, ...]
    """Each as `train` answers if it goes on from the one before."""


class CollapseRequest(Message, frozen=True):
    """Ask for a two-layer network trained without its ReLU.

    The settings' model does not matter: the network is compared with a linear
    classifier trained on the same points for as many steps.
    """

    settings: Settings
    steps: Annotated[int, Meta(ge=0, le=500)] = 300


class CollapseReply(Message, frozen=True):
    """Two layers without ReLU, and the one layer that they are."""

    params: TwoLayerParams
    """Of the network without ReLU."""
    product: LinearParams
    """The same as one layer: `W = W1 W2` and `b = b1 W2 + b2`."""
    loss: float
    """The network's; its regularisation loss is that of W1 and W2."""
    accuracy: float
    largest_difference: float
    """Between any two scores of a data point, one from both layers and one from the
    product: rounding, and nothing else."""
    linear: LinearParams
    """A linear classifier after as many steps."""
    linear_loss: float
    linear_accuracy: float
    agreement: float
    """The part of the data points for which both choose the same class, 0 to 1."""
    diverged_at: int | None
    """The first step at which one of the two losses is not finite.

    What is told of a network that diverged is told of its last step before.
    """
