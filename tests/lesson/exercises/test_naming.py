"""Which mistake it is, found from the results alone."""

import math
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from unspiral.lesson.exercises.exercise import Exercise, exercise, exercises
from unspiral.lesson.exercises.inputs import arguments
from unspiral.lesson.exercises.misconceptions import misconceptions, variations
from unspiral.lesson.exercises.naming import (
    Names,
    cases,
    common,
    expected,
    name_mistakes,
)
from unspiral.lesson.exercises.results import agree, computed

EACH = pytest.mark.parametrize("each", exercises(), ids=lambda each: each.function)


def named(function: Callable[..., Any], name: str) -> Names:
    """What is found in a function of our own, called as the learner's are."""
    asked = exercise(name)
    results = [computed(function, arguments(asked, c), asked) for c in cases(asked)]
    return name_mistakes(asked, results)


def names(found: Names) -> set[str]:
    return {mistake.name for mistake in found.mistakes}


@EACH
def test_two_mistakes_at_once_are_found_and_no_other_is_named(each: Exercise) -> None:
    """Whatever two they are: both are named, or one, or none, and never another."""
    draw = random.Random(0)
    both_found = 0
    for _ in range(12):
        one, other = draw.sample(variations(each), 2)
        both = one.with_(other)
        if one.names == other.names or both is None:
            continue
        results = [
            computed(both.function, arguments(each, case), each) for case in cases(each)
        ]
        if all(map(agree, results, expected(each))):
            continue
        found = names(name_mistakes(each, results))
        assert found <= both.names
        both_found += found == both.names
    assert both_found


def test_three_mistakes_in_three_arrays() -> None:
    def backward(
        dscores: np.ndarray,
        X: np.ndarray,
        hidden: np.ndarray,
        W1: np.ndarray,
        b1: np.ndarray,
        W2: np.ndarray,
        b2: np.ndarray,
        reg: float,
    ) -> tuple[np.ndarray, ...]:
        dhidden = (dscores @ W2.T) * (hidden > 0)
        return (
            X.T @ dhidden + 2 * reg * W1,
            dhidden.sum(axis=0),
            hidden.T @ dscores + reg * W2,
            dscores.mean(axis=0, keepdims=True),
        )

    found = named(backward, "backward")
    assert names(found) == {"reg-twice", "db-flat", "db-mean"}
    assert found.arrays == {
        "reg-twice": ("dW1",),
        "db-flat": ("db1",),
        "db-mean": ("db2",),
    }


def test_what_is_known_of_some_arrays_is_said_though_others_are_not_understood() -> (
    None
):
    def update(*given: np.ndarray) -> tuple[np.ndarray, ...]:
        W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate = given
        return (
            np.cos(W1) - learning_rate * dW1,  # nobody's mistake
            b1 - learning_rate * db1,
            W2 + learning_rate * dW2,
            b2 - learning_rate * db2,
        )

    found = named(update, "update")
    assert names(found) == {"wrong-sign"}
    assert found.arrays == {"wrong-sign": ("W2",)}


def test_a_mistake_that_nobody_knows_is_not_named() -> None:
    found = named(lambda X, W, b: np.cos(X @ W) + 3 * b, "affine")
    assert found == Names()


def test_of_explanations_that_are_equally_good_none_is_named() -> None:
    # X transposed and the bias in a column; or W first, and all of it transposed.
    found = named(lambda X, W, b: X.T @ W + b.T, "affine")
    assert found == Names()


def test_what_all_explanations_have_in_common_is_named() -> None:
    no_bias, mean, star = misconceptions(exercise("affine"))[:3]
    assert common([(no_bias, mean), (star, mean)]) == Names((mean,))
    assert common([(no_bias,), (star,)]) == Names(maybe=(no_bias, star))
    assert common([(no_bias, mean), (star, star)]) is None
    assert common([]) is None


def test_rounding_does_not_matter_and_more_than_rounding_does() -> None:
    def no_bias(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
        return (X.astype(np.float32) @ W.astype(np.float32)).astype(np.float64)

    assert names(named(no_bias, "affine")) == {"no-bias"}
    assert not named(lambda X, W, b: X @ W * 1.001, "affine").mistakes


def test_an_exception_alone_names_nothing() -> None:
    def fails(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
        raise ValueError("shapes not aligned")

    assert named(fails, "affine") == Names()


def test_what_raises_in_pure_python_is_what_overflows_in_numpy() -> None:
    def softmax(scores: np.ndarray) -> np.ndarray:
        rows = [[math.exp(score) for score in row] for row in scores]
        return np.array([[p / sum(row) for p in row] for row in rows])

    assert names(named(softmax, "softmax")) == {"no-max"}
