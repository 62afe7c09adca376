"""From scores to the loss."""

from typing import Annotated

import numpy as np
from msgspec import Meta

from unspiral.lab.messages.base import Message, check_shapes, check_within
from unspiral.lab.messages.networks import Params, Settings, check_finite, check_params


class SoftmaxRequest(Message, frozen=True):
    """Ask for the probabilities that scores stand for."""

    scores: np.ndarray
    """(n, K), each from -1000 to 1000"""

    def __post_init__(self) -> None:
        """Refuse what is no table of scores."""
        check_shapes(self, scores=("n", "K"))
        check_within("scores", self.scores, -1000, 1000)


class SoftmaxReply(Message, frozen=True):
    """Softmax, step by step, in float64."""

    shifted: np.ndarray
    """(n, K): the scores, less the largest of their row."""
    exp_scores: np.ndarray
    """(n, K): `exp(shifted)`."""
    totals: np.ndarray
    """(n, 1): the sum of each row of them."""
    probs: np.ndarray
    """(n, K): each of `exp_scores` over its row's total."""
    costs: np.ndarray
    """(n, K): -log p: the loss, if this class were the right one."""


class CrossEntropyCurveRequest(Message, frozen=True):
    """Ask what probabilities cost: these, or some to draw the curve by."""

    p: np.ndarray | None = None
    """(m,), each from 1e-300 to 1; without it, `samples` of them from `smallest` to 1,
    close together where the curve is steep."""
    samples: Annotated[int, Meta(ge=2, le=1000)] = 200
    smallest: Annotated[float, Meta(ge=1e-300, le=0.5)] = 0.005

    def __post_init__(self) -> None:
        """Refuse what is no probability, or costs infinitely much."""
        if self.p is not None:
            check_shapes(self, p=("m",))
            check_within("p", self.p, 1e-300, 1)


class CrossEntropyCurveReply(Message, frozen=True):
    """What probabilities of the right class cost."""

    p: np.ndarray
    """(m,), float64"""
    costs: np.ndarray
    """(m,): -log p."""


class LossesRequest(Message, frozen=True):
    """Ask for the two parts of the loss on the data set of these settings."""

    settings: Settings
    params: Params

    def __post_init__(self) -> None:
        """Refuse parameters that are not of a network so set."""
        check_finite(self.params)
        check_params(self.params, self.settings)


class LossesReply(Message, frozen=True):
    """The two parts of the loss."""

    data_loss: float
    reg_loss: float
    """`reg / 2` times `squared_weights`."""
    loss: float
    """Both together: the loss that training goes down."""
    squared_weights: float
    """The sum of all squared weights, biases left out."""
