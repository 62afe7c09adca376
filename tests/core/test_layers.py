"""Each layer against examples small enough for paper, and against measured slopes."""

from collections.abc import Callable

import numpy as np
import pytest

from unspiral.core.layers import (
    affine,
    affine_backward,
    affine_backward_to_input,
    relu,
    relu_backward,
)

X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
W = np.array([[1.0, 0.0], [-1.0, 2.0]])
b = np.array([[10.0, 20.0]])
DOUT = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])


def test_affine_weighs_the_inputs_and_adds_the_bias() -> None:
    assert affine(X, W, b).tolist() == [[9, 24], [9, 28], [9, 32]]


def test_affine_backward_adds_up_over_the_points() -> None:
    dW, db = affine_backward(DOUT, X)
    assert dW.tolist() == [[1 + 5, 3 + 5], [2 + 6, 4 + 6]]
    assert db.tolist() == [[2, 2]]


def test_affine_backward_to_input_goes_back_through_the_weights() -> None:
    assert affine_backward_to_input(DOUT, W).tolist() == [[1, -1], [0, 2], [1, 1]]


def test_relu_keeps_what_is_positive() -> None:
    out = np.array([[-2.0, 0.0, 3.0]])
    assert relu(out).tolist() == [[0, 0, 3]]
    assert out.tolist() == [[-2, 0, 3]]


def test_relu_backward_stops_the_gradient_where_a_unit_is_off() -> None:
    hidden = np.array([[0.0, 0.0, 3.0]])
    dhidden = np.array([[5.0, -6.0, 7.0]])
    assert relu_backward(dhidden, hidden).tolist() == [[0, 0, 7]]


def test_relu_backward_works_in_the_array_that_it_is_given() -> None:
    # No second array: the showcase takes thousands of steps in a second.
    dhidden = np.ones((1, 2))
    assert relu_backward(dhidden, np.ones((1, 2))) is dhidden


def slopes(
    function: Callable[[np.ndarray], np.ndarray], at: np.ndarray, dout: np.ndarray
) -> np.ndarray:
    """Measure how ``sum(function(at) * dout)`` changes with each entry of `at`."""
    distance = 1e-6
    measured = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        move = np.zeros_like(at)
        move[index] = distance
        change = function(at + move) - function(at - move)
        measured[index] = np.sum(change * dout) / (2 * distance)
    return measured


@pytest.mark.parametrize("seed", range(3))
def test_each_backward_gives_the_slopes_of_its_forward(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, D, h = rng.integers(1, 6, size=3)
    X, W, b, dout = (
        rng.standard_normal(shape) for shape in ((n, D), (D, h), (1, h), (n, h))
    )
    dW, db = affine_backward(dout, X)
    assert np.allclose(dW, slopes(lambda W: affine(X, W, b), W, dout))
    assert np.allclose(db, slopes(lambda b: affine(X, W, b), b, dout))
    dX = affine_backward_to_input(dout, W)
    assert np.allclose(dX, slopes(lambda X: affine(X, W, b), X, dout))

    out = affine(X, W, b)  # no entry is within 1e-6 of the kink at 0
    expected = slopes(relu, out, dout)
    assert np.allclose(relu_backward(dout, relu(out)), expected)
