"""`softmax` and `cross_entropy_curve` say what scores and probabilities cost."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from unspiral.lab import cross_entropy_curve, softmax
from unspiral.lab.messages import (
    CrossEntropyCurveReply,
    CrossEntropyCurveRequest,
    SoftmaxRequest,
)


def test_softmax_step_by_step() -> None:
    reply = softmax(SoftmaxRequest(scores=np.array([[1.0, 3.0, 2.0], [0, 0, 0]])))
    assert reply.shifted.tolist() == [[-2, 0, -1], [0, 0, 0]]
    exponentials = [math.exp(-2), 1, math.exp(-1)]
    np.testing.assert_allclose(reply.exp_scores, np.array([exponentials, [1, 1, 1]]))
    first = [e / sum(exponentials) for e in exponentials]
    np.testing.assert_allclose(reply.probs, np.array([first, [1 / 3] * 3]))
    costs = [[-math.log(p) for p in first], [math.log(3)] * 3]
    np.testing.assert_allclose(reply.costs, np.array(costs))


@given(
    array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=10).flatmap(
        lambda shape: arrays(np.float64, shape, elements=st.floats(-1000, 1000))
    )
)
def test_whatever_the_scores(scores: np.ndarray) -> None:
    reply = softmax(SoftmaxRequest(scores=scores))
    np.testing.assert_allclose(reply.probs.sum(axis=1), 1)
    assert np.isfinite(reply.costs).all()
    assert not np.signbit(reply.costs).any()
    seen = reply.probs > 1e-300
    np.testing.assert_allclose(
        np.exp(-reply.costs[seen]), reply.probs[seen], rtol=1e-12
    )
    total = reply.exp_scores.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(reply.probs, reply.exp_scores / total, atol=1e-300)


def test_a_probability_too_small_for_a_float_still_has_its_cost() -> None:
    reply = softmax(SoftmaxRequest(scores=np.array([[0.0, 1000.0]])))
    assert reply.probs.tolist() == [[0, 1]]
    assert reply.costs.tolist() == [[1000, 0]]


def test_single_precision_is_taken_too() -> None:
    reply = softmax(SoftmaxRequest(scores=np.array([[0.5, 1.5]], np.float32)))
    assert reply.probs.dtype == reply.costs.dtype == np.float64


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        (np.zeros((1, 1)), "scores is 1 x 1; it must be n x K, with K from 2 to 10"),
        (np.zeros(3), "scores has 1 axes; it must have 2"),
        (np.array([[0, 1001.0]]), "scores holds 1001; allowed is a number from -1000"),
        (np.array([[0, np.nan]]), "scores holds nan; allowed is a number from -1000"),
        (np.zeros((1, 3), np.int32), "scores is int32; it must be float64 or float32"),
    ],
)
def test_scores_that_are_refused(scores: np.ndarray, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        SoftmaxRequest(scores=scores)
    assert str(refused.value).startswith(sentence)


def curve(**request: Any) -> CrossEntropyCurveReply:
    return cross_entropy_curve(CrossEntropyCurveRequest(**request))


def test_what_given_probabilities_cost() -> None:
    reply = curve(p=np.array([1.0, 0.5, 0.01, 1e-300]))
    assert reply.p.tolist() == [1.0, 0.5, 0.01, 1e-300]
    np.testing.assert_allclose(
        reply.costs, [0, math.log(2), 4.605170, 300 * math.log(10)], rtol=1e-6
    )
    assert not np.signbit(reply.costs).any()


def test_samples_to_draw_the_curve_by() -> None:
    reply = curve(samples=50, smallest=0.01)
    assert len(reply.p) == len(reply.costs) == 50
    assert (reply.p[0], reply.p[-1], reply.costs[-1]) == (pytest.approx(0.01), 1, 0)
    assert (np.diff(reply.p) > 0).all()
    np.testing.assert_allclose(np.exp(-reply.costs), reply.p)


def test_straight_lines_between_samples_stay_near_the_curve() -> None:
    reply = curve()
    middle = (reply.p[1:] + reply.p[:-1]) / 2
    between = (reply.costs[1:] + reply.costs[:-1]) / 2
    assert abs(between + np.log(middle)).max() < 1e-3


@pytest.mark.parametrize("p", [0.0, 1.0001, -0.5, math.nan, math.inf])
def test_what_is_no_probability_is_refused(p: float) -> None:
    with pytest.raises(
        ValueError, match=r"p holds .*; allowed is a number from 1e-300"
    ):
        CrossEntropyCurveRequest(p=np.array([0.5, p]))
