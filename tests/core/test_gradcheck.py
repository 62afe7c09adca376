"""The gradient check passes what is right, and names what is wrong."""

from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspiral.core import (
    LinearClassifier,
    TwoLayerNet,
    check_gradients,
    gradient_descent,
    spiral,
)
from unspiral.core.layers import affine_backward
from unspiral.core.loss import cross_entropy_backward, softmax


def random_case(
    seed: int,
    n: int,
    D: int,
    h: int,
    K: int,
) -> tuple[TwoLayerNet, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, D))
    y = rng.integers(K, size=n)
    net = TwoLayerNet.random(rng, features=D, hidden=h, classes=K, init="he")
    biases = {"b1": rng.standard_normal((1, h)), "b2": rng.standard_normal((1, K))}
    return TwoLayerNet(**net.parameters() | biases), X, y


SIZES: dict[str, Any] = {
    "seed": st.integers(0, 2**32 - 1),
    "n": st.integers(1, 12),
    "D": st.integers(1, 6),
    "h": st.integers(1, 10),
    "K": st.integers(2, 10),
}


@settings(max_examples=60, deadline=None)
@given(**SIZES, reg=st.floats(0, 10))
def test_every_gradient_of_the_two_layer_network_is_right(
    seed: int,
    n: int,
    D: int,
    h: int,
    K: int,
    reg: float,
) -> None:
    net, X, y = random_case(seed, n, D, h, K)
    check = check_gradients(net, X, y, reg=reg)
    assert check.worst_entry.relative_error < 1e-6, str(check.worst_entry)


@settings(max_examples=30, deadline=None)
@given(**SIZES, reg=st.floats(0, 10))
def test_every_gradient_of_the_linear_classifier_is_right(
    seed: int,
    n: int,
    D: int,
    h: int,
    K: int,
    reg: float,
) -> None:
    _, X, y = random_case(seed, n, D, h, K)
    rng = np.random.default_rng(seed)
    network = LinearClassifier(rng.standard_normal((D, K)), rng.standard_normal((1, K)))
    check = check_gradients(network, X, y, reg=reg)
    assert check.worst_entry.relative_error < 1e-6, str(check.worst_entry)
    assert not any(at_kink.any() for at_kink in check.at_kink.values())


def test_it_measures_slopes_on_the_loss_and_on_nothing_else() -> None:
    # One point at 1, two classes, all parameters 0: each slope is p - 1 or p, p = 1/2.
    network = LinearClassifier(np.zeros((1, 2)), np.zeros((1, 2)))
    check = check_gradients(network, np.array([[1.0]]), np.array([0]), reg=0.0)
    assert np.allclose(check.numerical["W"], [[-0.5, 0.5]], rtol=0, atol=1e-9)
    assert np.allclose(check.numerical["b"], [[-0.5, 0.5]], rtol=0, atol=1e-9)


def test_it_keeps_the_two_losses_of_each_slope() -> None:
    net, X, y = random_case(seed=1, n=5, D=2, h=3, K=3)
    check = check_gradients(net, X, y, reg=0.1, distance=0.25)
    up, down = net.W2.copy(), net.W2.copy()
    up[1, 2] += 0.25
    down[1, 2] -= 0.25
    assert check.above["W2"][1, 2] == replace(net, W2=up).loss(X, y, 0.1)
    assert check.below["W2"][1, 2] == replace(net, W2=down).loss(X, y, 0.1)
    for name, slopes in check.numerical.items():
        assert np.array_equal(slopes, (check.above[name] - check.below[name]) / 0.5)


# Mistakes that one makes when writing a backward pass. Ten points and ten hidden
# units, so that a sum along the wrong axis has the right shape.

REG = 0.1
NET, X, Y = random_case(seed=0, n=10, D=2, h=10, K=3)
HIDDEN, SCORES = NET.forward(X)
DSCORES = cross_entropy_backward(softmax(SCORES), Y)
DHIDDEN = DSCORES @ NET.W2.T
RIGHT = NET.gradients(X, Y, REG)


def no_gate() -> dict[str, np.ndarray]:
    dW1, db1 = affine_backward(DHIDDEN, X)
    return {"W1": dW1 + REG * NET.W1, "b1": db1}


def gate_on_the_wrong_side() -> dict[str, np.ndarray]:
    dW1, db1 = affine_backward(DHIDDEN * (HIDDEN <= 0), X)
    return {"W1": dW1 + REG * NET.W1, "b1": db1}


def not_divided_by_n() -> dict[str, np.ndarray]:
    return NET.backward(DSCORES * len(Y), X, HIDDEN, REG)


def no_regularisation() -> dict[str, np.ndarray]:
    return NET.backward(DSCORES, X, HIDDEN, 0.0)


def regularisation_without_its_half() -> dict[str, np.ndarray]:
    return NET.backward(DSCORES, X, HIDDEN, 2 * REG)


def biases_regularised() -> dict[str, np.ndarray]:
    return {"b2": RIGHT["b2"] + REG * NET.b2}


def summed_over_the_units() -> dict[str, np.ndarray]:
    return {"b1": (DHIDDEN * (HIDDEN > 0)).sum(axis=1)[None]}


def label_not_subtracted() -> dict[str, np.ndarray]:
    return NET.backward(softmax(SCORES) / len(Y), X, HIDDEN, REG)


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        (no_gate, {"W1", "b1"}),
        (gate_on_the_wrong_side, {"W1", "b1"}),
        (not_divided_by_n, {"W1", "b1", "W2", "b2"}),
        (no_regularisation, {"W1", "W2"}),
        (regularisation_without_its_half, {"W1", "W2"}),
        (biases_regularised, {"b2"}),
        (summed_over_the_units, {"b1"}),
        (label_not_subtracted, {"W1", "b1", "W2", "b2"}),
    ],
)
def test_a_mistake_is_found_in_the_gradients_that_it_spoils(
    mistake: Any, wrong: set[str]
) -> None:
    check = check_gradients(NET, X, Y, reg=REG, analytic=RIGHT | mistake())
    errors = {name: check.worst(name).relative_error for name in RIGHT}
    assert {name for name, error in errors.items() if error > 1e-3} == wrong
    assert all(error < 1e-6 for name, error in errors.items() if name not in wrong)
    assert check.worst_entry.name in wrong
    assert check.worst_entry.relative_error == max(errors.values())


def test_one_wrong_entry_of_one_gradient_is_named() -> None:
    W2 = RIGHT["W2"].copy()
    W2[7, 1] *= -1
    check = check_gradients(NET, X, Y, reg=REG, analytic=RIGHT | {"W2": W2})
    worst = check.worst_entry
    assert (worst.name, worst.index) == ("W2", (7, 1))
    assert worst.analytic == W2[7, 1]
    assert worst.numerical == pytest.approx(-W2[7, 1], rel=1e-6)
    assert worst.relative_error == pytest.approx(2, rel=1e-6)
    assert str(worst).startswith("dW2[7, 1]: analytic ")


def test_a_gradient_of_the_wrong_shape_is_refused_in_words() -> None:
    db1 = DHIDDEN.sum(axis=1, keepdims=True)
    with pytest.raises(ValueError, match=r"^db1 has shape \(10, 1\); b1 has \(1, 10\)"):
        check_gradients(NET, X, Y, reg=REG, analytic=RIGHT | {"b1": db1})


def test_with_biases_of_0_a_point_at_the_origin_is_on_every_kink() -> None:
    # Its weighted sums are b1 = 0, whatever W1 is: moved up, b1 turns the unit on for
    # it, moved down, off. A central difference is then the mean of two slopes.
    X, y = np.array([[0.0, 0.0], [1.0, 2.0], [-1.0, -2.0]]), np.array([0, 1, 2])
    net = TwoLayerNet.random(np.random.default_rng(0), hidden=10, init="he")
    check = check_gradients(net, X, y)
    assert check.at_kink["b1"].all()
    for name in ("W1", "W2", "b2"):
        assert not check.at_kink[name].any()
    apart = np.abs(check.analytic["b1"] - check.numerical["b1"])
    assert apart.max() > 0.01
    assert not check.relative_errors("b1").any()  # not compared
    assert check.worst_entry.relative_error < 1e-6


def test_after_some_steps_few_entries_are_at_a_kink() -> None:
    # Each arm of the spiral starts at the origin, but the biases are 0 no more.
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    net = TwoLayerNet.random(rng, hidden=10, init="he")
    assert check_gradients(net, X, y).at_kink["b1"].all()
    step = next(islice(gradient_descent(net, X, y), 10, None))
    check = check_gradients(step.network, X, y)
    assert check.at_kink["b1"].sum() <= 1
    assert check.worst_entry.relative_error < 1e-6


def test_it_holds_for_a_loss_so_large_that_rounding_shows() -> None:
    # Measured slopes of a loss of 1,000 are good to some 1e-8 only.
    net, X, y = random_case(seed=0, n=10, D=2, h=10, K=3)
    large = TwoLayerNet(net.W1 * 10, net.b1, net.W2 * 10, net.b2)
    assert large.loss(X, y, 1.0) > 1000
    check = check_gradients(large, X, y, reg=1.0)
    assert check.worst_entry.relative_error < 1e-6, str(check.worst_entry)
