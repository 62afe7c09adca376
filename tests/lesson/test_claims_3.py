"""What chapter 3 says about the hidden layer is so."""

from collections.abc import Callable
from itertools import islice
from typing import Literal

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, gradient_descent, spiral
from unspiral.lab.collapse import collapse
from unspiral.lab.messages import CollapseRequest, Settings


def mean_accuracy(init: Literal["small", "he"]) -> float:
    accuracies = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        X, y = spiral(rng)
        network = TwoLayerNet.random(rng, hidden=20, init=init)
        run = gradient_descent(network, X, y, learning_rate=1.0)
        accuracies.append(next(islice(run, 1000, None)).accuracy)
    return float(np.mean(accuracies))


def test_small_weights_make_a_poor_start_for_few_units(
    says: Callable[[int, str], bool],
) -> None:
    small, he = mean_accuracy("small"), mean_accuracy("he")
    assert says(3, f"is {small:.0%} with weights of 0.01, and {he:.0%} with those")


def equal(weight: float) -> TwoLayerNet:
    return TwoLayerNet(
        W1=np.full((2, 8), weight),
        b1=np.zeros((1, 8)),
        W2=np.full((8, 3), weight),
        b2=np.zeros((1, 3)),
    )


def test_with_zeros_nothing_moves() -> None:
    X, y = spiral(np.random.default_rng(0))
    later = next(islice(gradient_descent(equal(0.0), X, y), 100, None)).network
    assert all(np.abs(p).max() < 1e-9 for p in later.parameters().values())


def test_equal_units_change_and_stay_equal() -> None:
    X, y = spiral(np.random.default_rng(0))
    later = next(islice(gradient_descent(equal(0.01), X, y), 2000, None)).network
    assert isinstance(later, TwoLayerNet)
    assert np.abs(later.W1).min() > 0.1
    assert np.ptp(later.W1, axis=1) == pytest.approx([0, 0], abs=1e-9)
    assert np.ptp(later.W2, axis=0) == pytest.approx([0, 0, 0], abs=1e-9)


def test_the_slopes_on_one_layer_are_multiplied_by_the_weights_of_the_other() -> None:
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    network = TwoLayerNet.random(rng)
    # So little that the probabilities do not change, and the slopes with the weights.
    small = TwoLayerNet(network.W1, network.b1, network.W2 / 100, network.b2)
    before = network.gradients(X, y, 0.0)["W1"]
    after = small.gradients(X, y, 0.0)["W1"]
    assert after == pytest.approx(before / 100, rel=0.05, abs=1e-7)


def test_more_parameters_without_a_bend_draw_no_more_than_rays() -> None:
    rng = np.random.default_rng(0)
    network = TwoLayerNet.random(rng, hidden=500, init="he")
    assert np.linalg.matrix_rank(network.W1 @ network.W2) == 2
    assert (network.W1 @ network.W2).shape == (2, 3)


def test_the_product_comes_near_one_layer_and_is_not_equal_to_it() -> None:
    settings = Settings(hidden=8, learning_rate=1.0)
    reply = collapse(CollapseRequest(settings=settings, steps=500))
    apart = np.abs(reply.product.W - reply.linear.W).max()
    assert 0.01 < apart < 0.1 * np.abs(reply.linear.W).max()
