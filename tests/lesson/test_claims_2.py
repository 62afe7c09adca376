"""What chapter 2 says about the linear classifier is so."""

from collections.abc import Callable
from functools import cache
from itertools import islice

import numpy as np
import pytest

from unspiral.core import LinearClassifier, Step, gradient_descent, spiral


@cache
def trained(seed: int = 0, steps: int = 200) -> Step:
    rng = np.random.default_rng(seed)
    X, y = spiral(rng)
    network = LinearClassifier.random(rng)
    return next(islice(gradient_descent(network, X, y), steps, None))


def apex(seed: int) -> np.ndarray:
    """Where all three scores are equal."""
    W, b = trained(seed).network.parameters().values()
    lines = np.array([W[:, 0] - W[:, 1], W[:, 1] - W[:, 2]])
    return np.linalg.solve(lines, [b[0, 1] - b[0, 0], b[0, 2] - b[0, 1]])


def test_accuracy_over_100_samples(says: Callable[[int, str], bool]) -> None:
    accuracies = [trained(seed).accuracy for seed in range(100)]
    low, high, mean = min(accuracies), max(accuracies), np.mean(accuracies)
    assert says(2, f"lies between {low:.0%} and {high:.0%}, with a mean of {mean:.0%}")


def test_the_sample_of_stanfords_course(says: Callable[[int, str], bool]) -> None:
    rng = np.random.RandomState(0)
    X, y = spiral(rng)
    rng.standard_normal(18)
    descent = gradient_descent(LinearClassifier.random(rng), X, y)
    assert says(2, f"gives {next(islice(descent, 200, None)).accuracy:.0%}")


def test_more_steps_do_not_help() -> None:
    assert 0 <= trained().loss - trained(steps=5000).loss < 0.001
    assert trained(steps=5000).accuracy == pytest.approx(trained().accuracy, abs=0.01)


def test_there_is_one_lowest_point_only() -> None:
    X, y = spiral(np.random.default_rng(0))
    losses = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        W, b = 3 * rng.standard_normal((2, 3)), 3 * rng.standard_normal((1, 3))
        descent = gradient_descent(LinearClassifier(W, b), X, y)
        losses.append(next(islice(descent, 1500, None)).loss)
    assert np.ptp(losses) < 1e-3


def test_it_gets_the_outer_part_right_and_the_inner_part_wrong() -> None:
    for seed in range(20):
        X, y = spiral(np.random.default_rng(seed))
        right = trained(seed).network.forward(X)[1].argmax(axis=1) == y
        r = np.hypot(*X.T)
        assert right[(r >= 0.5) & (r < 0.9)].mean() > 0.9
        assert right[r < 0.3].mean() < 0.1


def test_the_rays_start_almost_at_the_origin() -> None:
    assert max(np.hypot(*apex(seed)) for seed in range(20)) < 0.05


def test_with_rays_from_the_origin_at_most_52_percent_of_the_arms_are_right() -> None:
    # Each direction has one class. Take for each the class that has most points there.
    points = 5000
    X, y = spiral(np.random.default_rng(0), points=points, noise=0.0)
    directions = np.digitize(np.arctan2(*X.T), np.linspace(-np.pi, np.pi, 360))
    most = sum(np.bincount(y[directions == d]).max() for d in np.unique(directions))
    assert most / (3 * points) == pytest.approx(2 * np.pi / 12, abs=0.01)


def test_weights_found_by_a_search_for_accuracy(
    says: Callable[[int, str], bool],
) -> None:
    X, y = spiral(np.random.default_rng(0))
    W = np.array([[1.23, 0.96, 0.85], [-0.76, 2.33, 0.14]])
    searched = LinearClassifier(W, np.array([[-0.26, 0.22, 0.11]]))
    start = next(gradient_descent(searched, X, y))
    end = next(islice(gradient_descent(searched, X, y), 500, None))
    assert start.accuracy >= 0.7
    assert start.loss > trained().loss + 0.1
    assert end.accuracy < 0.55
    assert says(2, f"with {start.accuracy:.0%} of these points right")


def test_one_answer_for_all_gets_a_third() -> None:
    _, y = spiral(np.random.default_rng(0))
    assert np.mean(y == 0) == pytest.approx(1 / 3)
