"""One pass forward and back, array by array, and whether it is right."""

from typing import Literal

import numpy as np

from unspiral.lab.messages.base import Message, Reg, check_shapes, check_within
from unspiral.lab.messages.networks import (
    Params,
    Settings,
    TwoLayerParams,
    check_finite,
    check_params,
    network_of,
)

MOST_ACTIVATIONS = 150_000
"""Points times hidden units in a trace, which has four arrays so large."""
MOST_HIDDEN_CHECKED = 100


class TraceRequest(Message, frozen=True):
    """Ask for every array of a forward pass and, given labels, of the backward pass."""

    params: Params
    X: np.ndarray
    """(n, 2), each entry from -100 to 100; taken in the precision of the parameters."""
    y: np.ndarray | None = None
    """(n,), int32; without labels there is no loss and nothing to go back from."""
    reg: Reg = 1e-3

    def __post_init__(self) -> None:
        """Refuse points, labels and parameters that do not fit together."""
        check_finite(self.params)
        check_shapes(self, X=("n", "D"))
        check_within("X", self.X, -100, 100)
        if isinstance(self.params, TwoLayerParams):
            most = MOST_ACTIVATIONS // self.params.b1.size
            if len(self.X) > most:
                raise ValueError(
                    f"X has {len(self.X)} points; with {self.params.b1.size} hidden "
                    f"units at most {most} are allowed"
                )
        if self.y is not None:
            *_, last_bias = network_of(self.params).parameters().values()
            check_labels(self.y, len(self.X), last_bias.shape[1])


class LinearForward(Message, frozen=True, tag_field="model", tag="linear"):
    """The forward pass of the linear classifier: `scores = X W + b`."""

    scores: np.ndarray
    """(n, K)"""
    probs: np.ndarray
    """(n, K): softmax of the scores."""
    prediction: np.ndarray
    """(n,), int32: the class with the largest score, the first of them in a tie."""
    tied: np.ndarray
    """(n,), int32: 1 where several classes share the largest score, 0 elsewhere."""


class TwoLayerForward(Message, frozen=True, tag_field="model", tag="two-layer"):
    """The forward pass of the two-layer network."""

    out: np.ndarray
    """(n, h): what the first layer puts out, `X W1 + b1`: the pre-activations."""
    hidden: np.ndarray
    """(n, h): the activations, `max(0, out)`."""
    scores: np.ndarray
    """(n, K): `hidden W2 + b2`."""
    probs: np.ndarray
    """(n, K): softmax of the scores."""
    prediction: np.ndarray
    """(n,), int32: the class with the largest score, the first of them in a tie."""
    tied: np.ndarray
    """(n,), int32: 1 where several classes share the largest score, 0 elsewhere."""


class TraceLoss(Message, frozen=True):
    """How wrong the scores are."""

    losses: np.ndarray
    """(n,): -log of the probability of each point's own class."""
    data_loss: float
    """Their mean."""
    reg_loss: float
    """`reg / 2` times the sum of all squared weights."""
    loss: float
    """Both together."""


class LinearBackward(Message, frozen=True, tag_field="model", tag="linear"):
    """The backward pass of the linear classifier."""

    dscores: np.ndarray
    """(n, K): `(probs - one_hot(y)) / n`."""
    dW: np.ndarray
    """(D, K): `dW_data + dW_reg`."""
    dW_data: np.ndarray
    """(D, K): the data loss's part, `X^T dscores`."""
    dW_reg: np.ndarray
    """(D, K): the regularisation loss's part, `reg W`."""
    db: np.ndarray
    """(1, K): the sum of `dscores` over the points."""


class TwoLayerBackward(Message, frozen=True, tag_field="model", tag="two-layer"):
    """The backward pass of the two-layer network."""

    dscores: np.ndarray
    """(n, K): `(probs - one_hot(y)) / n`."""
    dhidden: np.ndarray
    """(n, h): the gradient on `hidden`, `dscores W2^T`, before the ReLU gate."""
    dout: np.ndarray
    """(n, h): the gradient on `out`: `dhidden` after the gate, 0 where `hidden <= 0`.

    Code that no longer needs the one before writes it over that, as `dhidden`.
    """
    dW1: np.ndarray
    """(D, h): `dW1_data + dW1_reg`."""
    dW1_data: np.ndarray
    """(D, h): the data loss's part, `X^T dout`."""
    dW1_reg: np.ndarray
    """(D, h): the regularisation loss's part, `reg W1`."""
    db1: np.ndarray
    """(1, h): the sum of `dout` over the points."""
    dW2: np.ndarray
    """(h, K): `dW2_data + dW2_reg`."""
    dW2_data: np.ndarray
    """(h, K): the data loss's part, `hidden^T dscores`."""
    dW2_reg: np.ndarray
    """(h, K): the regularisation loss's part, `reg W2`."""
    db2: np.ndarray
    """(1, K): the sum of `dscores` over the points."""


class TraceReply(Message, frozen=True):
    """One pass over a batch of points, array by array."""

    forward: LinearForward | TwoLayerForward
    loss: TraceLoss | None
    """For a request with labels, and so is `backward`."""
    backward: LinearBackward | TwoLayerBackward | None


class GradientCheckRequest(Message, frozen=True):
    """Ask whether a backward pass is right, on the data set of these settings."""

    settings: Settings
    params: Params
    """Of at most 100 hidden units: each of their numbers takes two more losses."""
    broken: Literal["none", "gate", "mean", "reg"] = "none"
    """What the backward pass leaves out: nothing, the ReLU gate, the 1/n in `dscores`,
    or the regularisation loss's part."""

    def __post_init__(self) -> None:
        """Refuse parameters that are not of a network so set, or of a large one."""
        check_finite(self.params)
        check_params(self.params, self.settings)
        if isinstance(self.params, TwoLayerParams):
            if self.params.b1.size > MOST_HIDDEN_CHECKED:
                raise ValueError(
                    f"params are for hidden {self.params.b1.size}; "
                    f"a gradient check takes at most {MOST_HIDDEN_CHECKED}"
                )
        elif self.broken == "gate":
            raise ValueError("broken is 'gate'; a linear classifier has no ReLU gate")


class EntryCheck(Message, frozen=True):
    """One entry of a gradient, computed in both ways."""

    row: int
    column: int
    analytic: float
    numerical: float
    relative_error: float


class ArrayCheck(Message, frozen=True):
    """One gradient, computed in both ways. All its arrays have its shape."""

    analytic: np.ndarray
    """By the backward pass, broken or not."""
    numerical: np.ndarray
    """Slopes measured on the loss: `(above - below) / (2 * distance)`."""
    above: np.ndarray
    """The loss with the parameter's entry moved up by `distance`."""
    below: np.ndarray
    """The loss with it moved down."""
    relative_errors: np.ndarray
    """`|a - n| / max(|a|, |n|, floor)`; 0 at a kink."""
    at_kink: np.ndarray
    """int32: 1 where the two losses measured lie on both sides of some ReLU's kink.

    There the loss has no single slope, so these entries are not compared.
    """
    compared: int
    """How many entries are compared: all but those at a kink."""
    worst: EntryCheck | None
    """The entry with the largest relative error, if any is compared."""
    caught: bool
    """Whether that error is above the threshold: the two ways do not agree."""


class LinearGradientChecks(Message, frozen=True, tag_field="model", tag="linear"):
    """Every gradient of the linear classifier."""

    dW: ArrayCheck
    db: ArrayCheck


class TwoLayerGradientChecks(Message, frozen=True, tag_field="model", tag="two-layer"):
    """Every gradient of the two-layer network."""

    dW1: ArrayCheck
    db1: ArrayCheck
    dW2: ArrayCheck
    db2: ArrayCheck


class GradientCheckReply(Message, frozen=True):
    """Every gradient in both ways."""

    checks: LinearGradientChecks | TwoLayerGradientChecks
    threshold: float
    """A relative error above this is a mistake, and not rounding."""
    floor: float
    """Derivatives below this are compared as if they were this large."""
    distance: float
    """How far each number is moved up and down to measure a slope."""
    points: int
    """How many points the loss is of: all of a small data set, and of one with more
    than 300 points every second one, or every third, and so on."""


def check_labels(y: np.ndarray, points: int, classes: int) -> None:
    """Raise ValueError unless y has one label for each point."""
    if y.dtype != np.int32 or y.shape != (points,):
        shape = " x ".join(str(length) for length in y.shape)
        raise ValueError(
            f"y is {shape} of {y.dtype}; with {points} points it must be {points} of "
            "int32"
        )
    check_within("y", y, 0, classes - 1)
