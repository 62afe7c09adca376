"""The figures that cs231n prints in its case study, and the same computed here.

Stanford cs231n, "Minimal neural network case study":
https://cs231n.github.io/neural-networks-case-study/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from unspiral.core import (
    LinearClassifier,
    Network,
    TwoLayerNet,
    gradient_descent,
    spiral,
)

TOLERANCE = 1e-5
"""A figure that differs by no more is the same.

Each processor rounds in its own way, and thousands of steps amplify that: the last
losses of the net come out some 4e-6 higher than cs231n's.
"""


@dataclass(frozen=True)
class Published:
    """The figures of one run."""

    model: str
    every: int
    """Steps from one loss to the next, from step 0 on."""
    losses: tuple[float, ...]
    accuracy: float
    """As many steps after the last loss."""


# fmt: off
LINEAR = Published(
    model="linear classifier",
    every=10,
    losses=(
        1.096956, 0.917265, 0.851503, 0.822336, 0.807586,
        0.799448, 0.794681, 0.791764, 0.789920, 0.788726,
        0.787938, 0.787409, 0.787049, 0.786803, 0.786633,
        0.786514, 0.786431, 0.786373, 0.786331, 0.786302,
    ),
    accuracy=0.49,
)
TWO_LAYER = Published(
    model="two-layer network",
    every=1000,
    losses=(
        1.098744, 0.294946, 0.259301, 0.248310, 0.246170,
        0.245649, 0.245491, 0.245400, 0.245335, 0.245292,
    ),
    accuracy=0.98,
)
# fmt: on


@dataclass(frozen=True)
class Figure:
    """One published figure, and the same computed here."""

    run: Published
    name: str
    step: int
    published: float
    computed: float
    digits: int
    """Printed after the point."""

    @property
    def difference(self) -> float:
        """How far the two are apart, in the digits that are printed."""
        return round(self.computed, self.digits) - self.published


def figures() -> Iterator[Figure]:
    """Compute each figure that is published, in their order."""
    X, y, linear, two_layer = start()
    for run, network in ((LINEAR, linear), (TWO_LAYER, two_layer)):
        steps = gradient_descent(network, X, y, learning_rate=1.0, reg=1e-3)
        moments = islice(steps, 0, None, run.every)
        for loss, moment in zip(run.losses, moments, strict=False):
            yield Figure(run, "loss", moment.step, loss, moment.loss, digits=6)
        end = next(moments)
        yield Figure(run, "accuracy", end.step, run.accuracy, end.accuracy, digits=2)


def start() -> tuple[np.ndarray, np.ndarray, Network, Network]:
    """Draw cs231n's data and first weights, in the order in which its notebook did."""
    rng = np.random.RandomState(0)
    X, y = spiral(rng)
    rng.standard_normal(18)  # drawn there, and not used
    return X, y, LinearClassifier.random(rng), TwoLayerNet.random(rng)
