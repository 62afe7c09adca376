"""What chapter 8 says about the hidden layer is so."""

from collections.abc import Callable
from functools import cache
from itertools import islice

import numpy as np
import pytest

from unspiral.core import LinearClassifier, TwoLayerNet, gradient_descent, spiral
from unspiral.core.loss import softmax

Says = Callable[[int, str], bool]


@cache
def network(step: int) -> TwoLayerNet:
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    fresh = TwoLayerNet.random(rng, hidden=20, init="he")
    found = next(islice(gradient_descent(fresh, X, y), step, None)).network
    assert isinstance(found, TwoLayerNet)
    return found


@pytest.mark.parametrize("on", ["the coordinates", "before", "after"])
def test_a_linear_classifier_on_old_and_new_coordinates(on: str, says: Says) -> None:
    X, y = spiral(np.random.default_rng(0))
    inputs = {
        "the coordinates": X,
        "before": network(0).forward(X)[0],
        "after": network(1000).forward(X)[0],
    }[on]
    start = LinearClassifier.random(np.random.default_rng(1), features=inputs.shape[1])
    descent = gradient_descent(start, inputs, y, learning_rate=0.3, reg=0.0)
    accuracy = next(islice(descent, 5000, None)).accuracy
    row = {
        "the coordinates": "the coordinates X",
        "before": "the activations before training",
        "after": "the activations after training",
    }[on]
    assert says(8, f"{row} {accuracy:.0%}")


def test_fresh_points_do_almost_as_well() -> None:
    X, y = spiral(np.random.default_rng(1000))
    prediction = network(1000).forward(X)[1].argmax(axis=1)
    assert np.mean(prediction == y) > 0.97


def test_far_out_the_scores_grow_in_proportion_to_the_distance() -> None:
    direction = np.array([[0.6, 0.8]])
    far = np.arange(100, 500, 100)[:, None] * direction
    _, scores = network(1000).forward(far)
    growth = np.diff(scores - scores[:, :1], axis=0)
    assert growth[1:] == pytest.approx(growth[:-1])
    assert softmax(scores).max(axis=1).min() > 0.999


def regions(lines: int, *, through_one_point: bool = False) -> int:
    """Count the regions between random lines, on points in a wide square."""
    axis = np.linspace(-5, 5, 1000)
    points = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    angles = np.pi * np.arange(lines) / lines + 0.1
    W = np.array([np.cos(angles), np.sin(angles)])
    offsets = 0.5 * np.random.default_rng(3).standard_normal(lines)
    b = 0.0 if through_one_point else offsets
    return len(np.unique((points @ W + b > 0) @ 2 ** np.arange(lines)))


def test_how_many_regions_lines_make() -> None:
    assert regions(1) == 2
    assert regions(2) == 4
    assert regions(3) == 7
    assert regions(5) == 1 + 5 + 5 * 4 / 2
    assert regions(3, through_one_point=True) == 6
    assert regions(5, through_one_point=True) == 10


def test_the_plane_of_scores_has_three_wedges() -> None:
    scores = np.random.default_rng(4).standard_normal((1000, 3))
    axes = np.array([[1, -1, 0] / np.sqrt(2), [1, 1, -2] / np.sqrt(6)])
    u, v = axes @ scores.T
    apart = np.degrees(np.arctan2(v, u))[:, None] - [30, 150, 270]
    nearest = np.abs((apart + 180) % 360 - 180).argmin(axis=1)
    assert (nearest == scores.argmax(axis=1)).all()


def test_nothing_that_matters_is_lost_in_the_plane_of_scores() -> None:
    scores = np.random.default_rng(5).standard_normal((100, 3))
    axes = np.array([[1, -1, 0] / np.sqrt(2), [1, 1, -2] / np.sqrt(6)])
    back = (scores @ axes.T) @ axes
    assert back == pytest.approx(scores - scores.mean(axis=1, keepdims=True))
    assert softmax(back) == pytest.approx(softmax(scores))
    # Distances are those between the triples that add up to 0.
    plane = scores @ axes.T
    assert np.linalg.norm(plane, axis=1) == pytest.approx(np.linalg.norm(back, axis=1))


def test_no_class_lies_in_one_half_of_the_plane_by_itself() -> None:
    X, y = spiral(np.random.default_rng(0))
    for angle in np.linspace(0, 2 * np.pi, 72):
        for offset in np.linspace(-1, 1, 21):
            half = X @ [np.sin(angle), np.cos(angle)] > offset
            assert not np.array_equal(half, y == 0)


def test_a_linear_classifier_leaves_a_spiral_wound() -> None:
    # An arm turns by 229 degrees. A wedge of 120 degrees cannot hold that, however the
    # plane is stretched: the arm ends on the other side of a line through the origin.
    X, _ = spiral(np.random.default_rng(0), noise=0.0)
    W = np.random.default_rng(6).standard_normal((2, 2))
    moved = X[1:100] @ W
    turned = np.unwrap(np.arctan2(moved[:, 1], moved[:, 0]))
    assert abs(turned[-1] - turned[0]) > np.pi
