"""What chapter 6 says about the backward pass is so."""

from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, check_gradients, gradient_descent, spiral
from unspiral.core.loss import cross_entropy_backward, softmax

RIGHT = 1e-6
"""Relative errors below this are rounding."""


def in_training() -> tuple[TwoLayerNet, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    fresh = TwoLayerNet.random(rng, hidden=5, init="he")
    network = next(islice(gradient_descent(fresh, X, y), 30, None)).network
    assert isinstance(network, TwoLayerNet)
    return network, X, y


def wrong_arrays(left_out: str) -> set[str]:
    """Name the gradients that a check finds wrong when a line is left out."""
    network, X, y = in_training()
    hidden, scores = network.forward(X)
    dscores = cross_entropy_backward(softmax(scores), y)
    if left_out == "mean":
        dscores *= len(y)
    dhidden = dscores @ network.W2.T
    if left_out != "gate":
        dhidden *= hidden > 0
    reg = 0.0 if left_out == "reg" else 1e-3
    gradients = {
        "W1": X.T @ dhidden + reg * network.W1,
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + reg * network.W2,
        "b2": dscores.sum(axis=0, keepdims=True),
    }
    check = check_gradients(network, X, y, analytic=gradients)
    return {name for name in gradients if check.relative_errors(name).max() > RIGHT}


@pytest.mark.parametrize(
    ("left_out", "wrong"),
    [
        ("nothing", set()),
        ("gate", {"W1", "b1"}),
        ("mean", {"W1", "b1", "W2", "b2"}),
        ("reg", {"W1", "W2"}),
    ],
)
def test_which_arrays_a_check_catches(left_out: str, wrong: set[str]) -> None:
    assert wrong_arrays(left_out) == wrong


def test_rows_of_dscores_add_up_to_0() -> None:
    network, X, y = in_training()
    dscores = cross_entropy_backward(softmax(network.forward(X)[1]), y)
    assert dscores.sum(axis=1) == pytest.approx(np.zeros(len(y)), abs=1e-12)


def test_the_origin_sits_at_every_kink_in_step_0_and_not_later() -> None:
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    fresh = TwoLayerNet.random(rng)
    out = X @ fresh.W1 + fresh.b1
    assert np.flatnonzero((out == 0).all(axis=1)).tolist() == [0, 100, 200]
    assert (out == 0).sum() == 3 * 100
    later = next(islice(gradient_descent(fresh, X, y), 1, None)).network
    assert isinstance(later, TwoLayerNet)
    assert not (X @ later.W1 + later.b1 == 0).any()


def test_a_unit_that_is_off_for_one_point_learns_from_others() -> None:
    network, X, y = in_training()
    hidden, _ = network.forward(X)
    unit = int(((hidden > 0).any(axis=0) & (hidden == 0).any(axis=0)).argmax())
    off = np.flatnonzero(hidden[:, unit] == 0)[:1]
    assert not network.gradients(X[off], y[off], 0.0)["W1"][:, unit].any()
    assert network.gradients(X, y, 0.0)["W1"][:, unit].any()


def test_how_many_forward_passes_a_measured_gradient_takes(
    says: Callable[[int, str], bool],
) -> None:
    network = TwoLayerNet.random(np.random.default_rng(0))
    count = 2 * sum(p.size for p in network.parameters().values())
    assert says(6, f"this way takes {count:,} forward passes")


@pytest.mark.parametrize(("learning_rate", "down"), [(0.01, True), (300.0, False)])
def test_a_short_step_goes_down_and_a_long_one_anywhere(
    learning_rate: float, down: bool
) -> None:
    network, X, y = in_training()
    after = network.updated(network.gradients(X, y), learning_rate)
    assert (after.loss(X, y) < network.loss(X, y)) == down
