"""What chapter 4 says about the forward pass is so."""

from collections.abc import Callable

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, spiral


@pytest.fixture
def network() -> TwoLayerNet:
    rng = np.random.default_rng(0)
    spiral(rng)
    return TwoLayerNet.random(rng)


def test_before_training_all_scores_at_the_origin_are_equal(
    network: TwoLayerNet,
) -> None:
    _, scores = network.forward(np.zeros((1, 2)))
    assert np.ptp(scores) == 0
    assert scores.argmax() == 0


def test_how_many_units_are_on(
    network: TwoLayerNet, says: Callable[[int, str], bool]
) -> None:
    on = int((network.forward(np.array([[0.3, -0.5]]))[0] > 0).sum())
    assert says(4, f"{on} of them are on")


def test_about_half_of_the_units_are_on_for_any_point() -> None:
    rng = np.random.default_rng(1)
    network = TwoLayerNet.random(rng, hidden=500)
    hidden, _ = network.forward(rng.standard_normal((20, 2)))
    assert np.mean(hidden > 0, axis=1) == pytest.approx(0.5, abs=0.1)


def test_the_same_pattern_means_the_same_weighted_sums(network: TwoLayerNet) -> None:
    rng = np.random.default_rng(2)
    X = np.array([0.3, -0.5]) + 1e-3 * rng.standard_normal((50, 2))
    hidden, scores = network.forward(X)
    same = ((hidden > 0) == (hidden > 0)[0]).all(axis=1)
    assert same.sum() > 10
    inputs = np.column_stack([X[same], np.ones(same.sum())])
    _, residuals, _, _ = np.linalg.lstsq(inputs, scores[same], rcond=None)
    assert residuals == pytest.approx([0, 0, 0], abs=1e-20)


def test_the_weights_of_an_off_unit_have_no_say(network: TwoLayerNet) -> None:
    x = np.array([[0.3, -0.5]])
    hidden, scores = network.forward(x)
    W2 = network.W2.copy()
    W2[hidden[0] == 0] *= 2
    doubled = TwoLayerNet(network.W1, network.b1, W2, network.b2)
    assert (doubled.forward(x)[1] == scores).all()


def test_the_product_in_the_other_order_cannot_be_computed(
    network: TwoLayerNet,
) -> None:
    with pytest.raises(ValueError, match="matmul"):
        network.W1 @ np.zeros((2, 1))


def test_the_shapes_in_the_quiz() -> None:
    hidden, scores = TwoLayerNet.random(np.random.default_rng(0), hidden=20).forward(
        np.zeros((50, 2))
    )
    assert hidden.shape == (50, 20)
    assert scores.shape == (50, 3)
