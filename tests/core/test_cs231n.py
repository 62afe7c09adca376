"""The figures that cs231n prints, from the package's core alone.

The recipe and the figures are those of Stanford's "Minimal neural network case
study". NumPy's legacy generator still gives the numbers that its authors drew.
"""

from itertools import islice

import numpy as np
import pytest

from unspiral.core import (
    LinearClassifier,
    Network,
    Step,
    TwoLayerNet,
    gradient_descent,
    spiral,
)

pytestmark = pytest.mark.usefixtures("no_shapes_checked")  # long runs

Case = tuple[np.ndarray, np.ndarray, Network, Network]

# Loss at each 10th iteration, from 0 on.
LINEAR = """
    1.096956 0.917265 0.851503 0.822336 0.807586 0.799448 0.794681 0.791764 0.789920
    0.788726 0.787938 0.787409 0.787049 0.786803 0.786633 0.786514 0.786431 0.786373
    0.786331 0.786302
"""
# Loss at each 1000th iteration, from 0 on.
TWO_LAYER = """
    1.098744 0.294946 0.259301 0.248310 0.246170 0.245649 0.245491 0.245400
    0.245335 0.245292
"""


def published(figures: str) -> list[float]:
    return [float(figure) for figure in figures.split()]


@pytest.fixture(scope="module")
def case() -> Case:
    rng = np.random.RandomState(0)
    X, y = spiral(rng, points=100, classes=3, noise=0.2)
    rng.randn(18)  # drawn in the original, for something it does not keep
    linear = LinearClassifier.random(rng)
    two_layer = TwoLayerNet.random(rng, hidden=100)
    return X, y, linear, two_layer


def moments(
    network: Network, X: np.ndarray, y: np.ndarray, *, every: int, count: int
) -> list[Step]:
    run = gradient_descent(network, X, y, learning_rate=1.0, reg=1e-3)
    return list(islice(run, 0, every * count + 1, every))


def test_the_linear_classifier_gives_every_published_loss_and_49_percent(
    case: Case,
) -> None:
    X, y, linear, _ = case
    *steps, end = moments(linear, X, y, every=10, count=20)
    losses = [step.loss for step in steps]
    assert losses == pytest.approx(published(LINEAR), abs=1e-6)
    assert f"{end.accuracy:.2f}" == "0.49"


def test_the_network_gives_every_published_loss_and_98_percent(case: Case) -> None:
    X, y, _, two_layer = case
    *steps, end = moments(two_layer, X, y, every=1000, count=10)
    losses = [step.loss for step in steps]
    assert losses[:8] == pytest.approx(published(TWO_LAYER)[:8], abs=1e-6)
    # The last bits of a sum depend on the order in which a processor adds it up.
    # After 8,000 steps such differences have grown into the digits that are printed.
    assert losses[8:] == pytest.approx(published(TWO_LAYER)[8:], abs=1e-5)
    assert f"{end.accuracy:.2f}" == "0.98"
