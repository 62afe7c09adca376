import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from unspiral.core import LinearClassifier, TwoLayerNet, gradient_descent, spiral
from unspiral.core.loss import (
    cross_entropy,
    cross_entropy_backward,
    l2,
    log_softmax,
    softmax,
)

SCORES = arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(2, 10)),
    elements=st.floats(-30, 30),
)


def loss(scores: np.ndarray, y: np.ndarray) -> float:
    return cross_entropy(log_softmax(scores), y)


@given(SCORES, st.data())
def test_cross_entropy_is_the_mean_of_minus_log_p(
    scores: np.ndarray, data: st.DataObject
) -> None:
    n, K = scores.shape
    y = data.draw(arrays(np.int64, n, elements=st.integers(0, K - 1)))
    losses = []
    for row, label in zip(scores.tolist(), y.tolist(), strict=True):
        exps = [math.exp(score) for score in row]
        losses.append(-math.log(exps[label] / sum(exps)))
    assert loss(scores, y) == pytest.approx(sum(losses) / n, abs=1e-12)


@given(SCORES)
def test_softmax_gives_probabilities(scores: np.ndarray) -> None:
    probs = softmax(scores)
    assert np.all(probs > 0)
    assert np.all(probs <= 1)
    assert np.allclose(probs.sum(axis=1), 1, rtol=0, atol=1e-14)


@given(SCORES, st.floats(-1e6, 1e6))
def test_softmax_does_not_change_when_all_scores_move_together(
    scores: np.ndarray, shift: float
) -> None:
    assert np.allclose(softmax(scores + shift), softmax(scores), rtol=0, atol=1e-8)


def test_scores_of_ten_thousand_cost_what_they_should() -> None:
    scores = np.array([[1e4, -1e4], [1e4, -1e4]])
    assert softmax(scores).tolist() == [[1, 0], [1, 0]]
    assert loss(scores, np.array([0, 0])) == 0
    assert loss(scores, np.array([1, 1])) == 2e4  # p = exp(-20000) is no float
    assert loss(scores, np.array([0, 1])) == 1e4


@pytest.mark.parametrize("size", [1e4, -1e4])
def test_equal_scores_share_the_probability_however_large(size: float) -> None:
    assert np.allclose(softmax(np.full((2, 4), size)), 0.25, rtol=1e-15)


def test_the_gradient_on_the_scores_is_probs_minus_one_hot_over_n() -> None:
    probs = np.array([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
    dscores = cross_entropy_backward(probs, np.array([1, 2]))
    expected = [[0.1, -0.25, 0.15], [0.05, 0.05, -0.1]]
    assert np.allclose(dscores, expected, rtol=0, atol=1e-16)
    assert probs[0, 1] == 0.5  # what was given is left as it was


@given(SCORES, st.data())
def test_the_gradient_on_the_scores_is_the_slope_of_the_loss(
    scores: np.ndarray, data: st.DataObject
) -> None:
    n, K = scores.shape
    y = data.draw(arrays(np.int64, n, elements=st.integers(0, K - 1)))
    dscores = cross_entropy_backward(softmax(scores), y)
    for index in np.ndindex(scores.shape):
        move = np.zeros_like(scores)
        move[index] = 1e-5
        slope = (loss(scores + move, y) - loss(scores - move, y)) / 2e-5
        assert dscores[index] == pytest.approx(slope, abs=1e-8)


def test_regularisation_is_half_the_squares_of_all_weights() -> None:
    W1, W2 = np.array([[1.0, -2.0]]), np.array([[3.0], [0.0]])
    assert l2(0.1, W1, W2) == pytest.approx(0.1 * (1 + 4 + 9) / 2)
    assert l2(0.0, W1, W2) == 0


@pytest.mark.parametrize("classes", [2, 3, 10])
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("kind", [LinearClassifier, TwoLayerNet])
def test_before_training_the_loss_is_ln_k_whatever_the_sample(
    kind: type[LinearClassifier | TwoLayerNet], seed: int, classes: int
) -> None:
    # Small weights make all scores nearly 0: each class gets the same probability.
    rng = np.random.default_rng(seed)
    X, y = spiral(rng, classes=classes)
    start = next(gradient_descent(kind.random(rng, classes=classes), X, y, reg=0.0))
    assert start.loss == pytest.approx(math.log(classes), abs=0.01)
