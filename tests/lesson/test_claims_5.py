"""What chapter 5 says about the loss is so."""

import sys
from collections.abc import Callable
from functools import cache
from itertools import islice

import numpy as np
import pytest

from unspiral.core import Step, TwoLayerNet, gradient_descent, spiral
from unspiral.core.loss import cross_entropy, log_softmax, softmax


@cache
def trained(reg: float) -> Step:
    """Train 100 units for 2,000 steps with a learning rate of 1."""
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    run = gradient_descent(TwoLayerNet.random(rng), X, y, learning_rate=1.0, reg=reg)
    return next(islice(run, 2000, None))


def accuracy(network: object, X: np.ndarray, y: np.ndarray) -> float:
    assert isinstance(network, TwoLayerNet)
    return float(np.mean(network.forward(X)[1].argmax(axis=1) == y))


@pytest.mark.parametrize("reg", [0.0, 0.001, 0.01, 0.1])
def test_what_regularisation_does(reg: float, says: Callable[[int, str], bool]) -> None:
    end = trained(reg)
    X, y = spiral(np.random.default_rng(0))
    squares = sum(float(np.sum(W * W)) for W in end.network.weights())
    fresh = accuracy(end.network, *spiral(np.random.default_rng(1000)))
    row = (
        f"{reg:g} {end.network.loss(X, y, 0.0):.2f} {squares:.0f} "
        f"{end.accuracy:.0%} {fresh:.0%}"
    )
    assert says(5, row)


def test_far_from_the_data_it_is_almost_certain() -> None:
    angle = np.linspace(0, 2 * np.pi, 360)
    far = 10 * np.column_stack([np.sin(angle), np.cos(angle)])
    probs = softmax(trained(0.001).network.forward(far)[1]).max(axis=1)
    assert np.median(probs) > 0.99
    assert np.mean(probs > 0.99) > 0.9


def test_a_float_holds_about_1e308() -> None:
    assert np.log10(sys.float_info.max) == pytest.approx(308, abs=0.3)
    assert np.exp(709) < sys.float_info.max


def test_a_probability_too_small_for_a_float_keeps_its_logarithm() -> None:
    log_probs = log_softmax(np.array([[0.0, 1000.0, 0.0]]))
    assert cross_entropy(log_probs, np.array([0])) == pytest.approx(1000)
    assert np.exp(log_probs[0, 0]) == 0


@pytest.mark.parametrize("s", [-5.0, 0.0, 2.0])
def test_how_steeply_the_costs_fall_with_the_own_score(s: float) -> None:
    def p(score: float) -> float:
        return float(softmax(np.array([[score, 0.0, 0.0]]))[0, 0])

    by_log = -(np.log(p(s + 1e-6)) - np.log(p(s - 1e-6))) / 2e-6
    by_one_minus = -(p(s + 1e-6) - p(s - 1e-6)) / 2e-6
    assert by_log == pytest.approx(p(s) - 1, abs=1e-6)
    assert by_one_minus == pytest.approx(p(s) * (p(s) - 1), abs=1e-6)


def test_a_fresh_network_has_a_loss_near_ln_3_whatever_the_data() -> None:
    for seed, noise in enumerate([0.0, 0.2, 1.0]):
        rng = np.random.default_rng(seed)
        X, y = spiral(rng, noise=noise)
        assert TwoLayerNet.random(rng).loss(X, y) == pytest.approx(np.log(3), abs=1e-3)
        labels = rng.integers(0, 3, size=len(y))
        loss = TwoLayerNet.random(rng).loss(X, labels)
        assert loss == pytest.approx(np.log(3), abs=1e-3)


def test_the_errors_do_not_answer_a_small_change() -> None:
    X, y = spiral(np.random.default_rng(0))
    network = trained(0.001).network
    assert isinstance(network, TwoLayerNet)
    W1 = network.W1.copy()
    W1[0, 0] += 1e-6
    moved = TwoLayerNet(W1, network.b1, network.W2, network.b2)
    assert accuracy(moved, X, y) == accuracy(network, X, y)
    assert moved.loss(X, y) != network.loss(X, y)


def test_a_weight_without_data_shrinks_by_a_factor_in_each_step() -> None:
    X, y = spiral(np.random.default_rng(0))
    network = TwoLayerNet(  # one unit, off for all points
        W1=np.array([[0.5], [0.5]]),
        b1=np.array([[-9.0]]),
        W2=np.array([[1.0, 2.0, 3.0]]),
        b2=np.zeros((1, 3)),
    )
    first, second = islice(gradient_descent(network, X, y, learning_rate=1.0), 2)
    for before, after in zip(
        first.network.weights(), second.network.weights(), strict=True
    ):
        assert after / before == pytest.approx(np.full(before.shape, 0.999))


def test_the_costs_in_the_quiz(says: Callable[[int, str], bool]) -> None:
    assert says(5, f"from {-np.log(0.2):.3f} to {-np.log(0.1):.3f}")
    assert -np.log(0.1) + np.log(0.2) == pytest.approx(0.69, abs=0.005)
