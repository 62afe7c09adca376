"""Pictures of the plane: regions, borders, hidden units, score space."""

import math
from typing import Annotated, Literal

import numpy as np
from msgspec import Meta

from unspiral.lab.messages.base import (
    Extent,
    Message,
    check_shapes,
    check_within,
)
from unspiral.lab.messages.networks import (
    LinearParams,
    Params,
    Settings,
    TwoLayerParams,
    check_finite,
    check_params,
    check_three_classes,
)

MOST_FEATURES = 500_000
"""Grid points times hidden units: 2 MB."""


class DecisionMapRequest(Message, frozen=True):
    """Ask which class is chosen, and how surely, on a square grid around the origin."""

    params: Params
    resolution: Annotated[int, Meta(ge=2, le=400)] = 100
    """Grid points on each side."""
    extent: Extent = 1.1
    """The grid reaches from -extent to extent, in x1 and in x2."""

    def __post_init__(self) -> None:
        """Refuse parameters that have no decision."""
        check_finite(self.params)


class DecisionMapReply(Message, frozen=True):
    """Scores and confidence on the grid; rows go up in x2, columns in x1."""

    scores: np.ndarray
    """(resolution, resolution, K), float32: the score of each class, less the largest.

    So it is 0 for the class chosen. Softmax and argmax are those of the scores
    themselves, and classes that are nearly alike can still be told apart: their
    probabilities in float32 would all be 1 / K.
    """
    confidence: np.ndarray
    """(resolution, resolution), float32: the probability of the class chosen."""


class RaysRequest(Message, frozen=True):
    """Ask for the borders of a linear classifier's three regions."""

    params: LinearParams
    """For 3 classes."""
    extent: Extent = 1.1

    def __post_init__(self) -> None:
        """Refuse more or fewer than three classes."""
        check_finite(self.params)
        check_three_classes(self.params)


class RaysReply(Message, frozen=True):
    """The borders of a linear classifier's regions, within a square."""

    kind: Literal["apex", "parallel", "none"]
    """Three rays from one point; or, in cases of no area, parallel lines or no border:
    the weights of the classes differ along one direction only, or not at all."""
    apex: np.ndarray | None
    """(2,): where all three scores are equal, inside the square or outside."""
    pairs: np.ndarray
    """(3, 2), int32: the two classes of each border; the one at index k is not of k."""
    segments: np.ndarray
    """(3, 2, 2): the two ends (x1, x2) of the part of each border within the square.

    There the scores of its two classes are equal, and the third is no larger.
    The first end is the one at the apex, or nearer to it.
    """
    visible: np.ndarray
    """(3,), int32: 1 where the border enters the square; elsewhere 0, as its ends."""


class SidesRequest(Message, frozen=True):
    """Ask how a straight line divides the data set of these settings."""

    settings: Settings
    line: np.ndarray
    """(2, 2): two points that it goes through, one to a row."""

    def __post_init__(self) -> None:
        """Refuse what is no line."""
        if self.line.shape != (2, 2):
            shape = " x ".join(str(length) for length in self.line.shape)
            raise ValueError(f"line is {shape}; it must be 2 x 2")
        check_shapes(self, line=("D", "D"))
        check_within("line", self.line, -100, 100)
        if (self.line[0] == self.line[1]).all():
            raise ValueError("line goes from a point to that same point")


class SidesReply(Message, frozen=True):
    """How a straight line divides the points."""

    counts: np.ndarray
    """(K, 2), int32: points of each class to the left of the line, seen from its first
    point towards its second, and those on the right of it or on it."""


class FeaturesRequest(Message, frozen=True):
    """Ask what each hidden unit sees."""

    settings: Settings
    """Of the data set whose points are counted."""
    params: TwoLayerParams
    resolution: Annotated[int, Meta(ge=2, le=100)] = 24
    """Grid points on each side; fewer for many units, to keep the reply small."""
    extent: Extent = 1.1

    def __post_init__(self) -> None:
        """Refuse parameters of another network, and too fine a grid."""
        check_finite(self.params)
        check_params(self.params, self.settings)
        finest = math.isqrt(MOST_FEATURES // self.params.b1.size)
        if self.resolution > finest:
            raise ValueError(
                f"resolution is {self.resolution}; with {self.params.b1.size} hidden "
                f"units at most {finest} is allowed"
            )


class FeaturesReply(Message, frozen=True):
    """What each hidden unit sees. Its outgoing weights are its row of W2."""

    out: np.ndarray
    """(resolution, resolution, h), float32: pre-activations, `X W1 + b1`.

    Rows go up in x2, columns in x1. A unit is on where its number is above 0.
    """
    on: np.ndarray
    """(h,), int32: how many of the data points turn it on."""
    dead: np.ndarray
    """(h,), int32: 1 where none does, 0 elsewhere."""
    lines: np.ndarray
    """(h, 2, 2): the two ends (x1, x2) of the part of its line within the square.

    It is on to the left of the way from the first end to the second.
    """
    crosses: np.ndarray
    """(h,), int32: 1 where the line crosses the square; elsewhere 0, as its ends."""
    points: int
    """How many data points there are, n."""
    patterns: int
    """How many different patterns of units on and off they have."""
    most_regions: int
    """Into so many regions h lines can cut the plane, each with its own pattern."""


class ScoreSpaceRequest(Message, frozen=True):
    """Ask where points, and a grid of the input plane, lie in score space."""

    params: Params
    """For 3 classes: only their scores lie in a plane."""
    X: np.ndarray
    """(n, 2), each entry from -100 to 100"""
    resolution: Annotated[int, Meta(ge=2, le=101)] = 21
    """Grid points on each side."""
    extent: Extent = 1.1

    def __post_init__(self) -> None:
        """Refuse more or fewer than three classes."""
        check_finite(self.params)
        check_three_classes(self.params)
        check_shapes(self, X=("n", "D"))
        check_within("X", self.X, -100, 100)


class ScoreSpaceReply(Message, frozen=True):
    """The plane of the scores of three classes, without what all of them share.

    Its axes are (1, -1, 0) / sqrt 2 and (1, 1, -2) / sqrt 6 in the space of scores.
    """

    points: np.ndarray
    """(n, 2): where each point lies."""
    prediction: np.ndarray
    """(n,), int32: the class with its largest score."""
    grid: np.ndarray
    """(resolution, resolution, 2): and each grid point, row x2, column x1."""
    radius: float
    """Largest distance of a point from the origin; 0 when all have equal scores."""
    class_directions: np.ndarray
    """(3, 2): unit vectors along which the score of each class rises the most.

    The nearest one in angle is that of the class with the largest score.
    """
    borders: np.ndarray
    """(3, 2): unit vectors along the rays from the origin between the three wedges.

    The one at index k lies between the two classes other than k, opposite to k's own.
    """
