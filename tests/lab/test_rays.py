"""`rays` finds where a linear classifier changes its mind."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from unspiral.lab import initialize, rays, train, wire
from unspiral.lab.messages import (
    InitializeRequest,
    LinearParams,
    RaysReply,
    RaysRequest,
    Settings,
    TrainRequest,
)


def rays_of(W: object, b: object = (0, 0, 0), extent: float = 1.0) -> RaysReply:
    params = LinearParams(W=np.array(W, float), b=np.array([b], float))
    return rays(RaysRequest(params=params, extent=extent))


def scores_at(W: np.ndarray, b: np.ndarray, point: np.ndarray) -> np.ndarray:
    return W[0] * point[0] + W[1] * point[1] + b


def test_the_three_wedges_of_a_star() -> None:
    angles = np.radians(
        [90, 210, 330]
    )  # class 0 upwards, 1 to the left, 2 to the right
    reply = rays_of([np.cos(angles), np.sin(angles)])
    assert reply.kind == "apex"
    assert reply.apex is not None
    np.testing.assert_allclose(reply.apex, 0, atol=1e-15)
    assert reply.pairs.tolist() == [[1, 2], [2, 0], [0, 1]]
    assert reply.visible.tolist() == [1, 1, 1]
    # Opposite to class 0 is the border between 1 and 2, downwards; and so on.
    side = np.tan(np.radians(30))
    expected = np.array([[0, -1], [1, side], [-1, side]])
    np.testing.assert_allclose(reply.segments[:, 0], 0, atol=1e-15)
    np.testing.assert_allclose(reply.segments[:, 1], expected, atol=1e-15)


@settings(deadline=None, max_examples=300)
@example(  # a border that only touches a corner of the square
    np.array([[-9.0, -9.0, 18.0], [-9.0, -7.0, -9.0]]), np.array([-7.0, -9.0, 18.0])
)
@given(
    arrays(np.float64, (2, 3), elements=st.integers(-20, 20)),
    arrays(np.float64, (3,), elements=st.integers(-20, 20)),
)
def test_borders_are_where_two_scores_are_equal_and_the_third_is_no_larger(
    W: np.ndarray, b: np.ndarray
) -> None:
    reply = rays_of(W / 7, b / 7)
    assert np.isfinite(reply.segments).all()
    for (i, j), ends, visible, k in zip(
        reply.pairs, reply.segments, reply.visible, range(3), strict=True
    ):
        assert sorted([i, j, k]) == [0, 1, 2]
        if not visible:
            assert not ends.any()
            continue
        assert abs(ends).max() <= 1 + 1e-12
        assert np.ptp(ends, axis=0).max() > 0
        for weight in (0, 0.3, 1):
            scores = scores_at(W, b, weight * ends[0] + (1 - weight) * ends[1])
            assert scores[i] == pytest.approx(scores[j], abs=1e-9)
            assert scores[k] <= scores[i] + 1e-9


@settings(deadline=None)
@given(
    arrays(np.float64, (2, 3), elements=st.integers(-9, 9)),
    arrays(np.float64, (3,), elements=st.integers(-9, 9)),
)
def test_wherever_the_choice_changes_there_is_a_border(
    W: np.ndarray, b: np.ndarray
) -> None:
    """Walk along lines through the square; a border is crossed at each change."""
    reply = rays_of(W, b)
    for x2 in (-0.83, -0.31, 0.17, 0.71):
        walk = np.array([(x1, x2) for x1 in np.linspace(-1, 1, 401)])
        scores = np.array([scores_at(W, b, point) for point in walk])
        best = np.sort(scores, axis=1)
        clear = best[:, 2] > best[:, 1] + 1e-9
        choice = scores.argmax(axis=1)
        for at in range(400):
            here, there = choice[at], choice[at + 1]
            if not (clear[at] and clear[at + 1]) or here == there:
                continue
            # Any border will do: between two steps, a third class may be passed.
            assert any(
                distance(walk[at], reply.segments[k]) < 0.006
                for k in np.flatnonzero(reply.visible)
            )


def distance(point: np.ndarray, ends: np.ndarray) -> float:
    """How far a point is from a segment."""
    along = ends[1] - ends[0]
    t = np.clip((point - ends[0]) @ along / (along @ along), 0, 1)
    return float(np.hypot(*(point - ends[0] - t * along)))


@settings(deadline=None)
@given(
    arrays(np.float64, (2, 3), elements=st.floats(-3, 3)),
    arrays(np.float64, (3,), elements=st.floats(-3, 3)),
)
def test_at_the_apex_all_scores_are_equal(W: np.ndarray, b: np.ndarray) -> None:
    try:
        reply = rays_of(W, b)
    except wire.RequestError:
        return
    if reply.apex is None:
        return
    scale = np.abs(W).max()
    W, b = W / scale, b / scale
    scores = scores_at(W, b, reply.apex)
    size = np.abs(reply.apex).max() + np.abs(b).max()
    # What rounding does to an apex of almost parallel lines is not its fault.
    W0, W1 = W[:, 1] - W[:, 0], W[:, 2] - W[:, 0]
    flatness = abs(W0[0] * W1[1] - W0[1] * W1[0])
    assert np.ptp(scores) <= 1e-12 * size / min(1, flatness)


def test_rays_start_at_the_apex_when_it_is_inside_and_at_the_edge_when_it_is_not() -> (
    None
):
    params = initialize(InitializeRequest(settings=Settings(model="linear"))).params
    params = train(
        TrainRequest(
            settings=Settings(model="linear"), params=params, step=0, steps=200
        )
    ).params
    assert isinstance(params, LinearParams)
    inside = rays(RaysRequest(params=params, extent=1.1))
    assert inside.apex is not None
    assert abs(inside.apex).max() < 0.1
    for start, end in inside.segments:
        np.testing.assert_allclose(start, inside.apex, atol=1e-12)
        assert abs(end).max() == pytest.approx(1.1)

    moved = rays_of([[1, 0, -1], [0, 1, -1]], (-5, 0, 0))  # far to the right
    assert moved.apex is not None
    assert moved.apex[0] > 1
    for start, end in moved.segments[moved.visible == 1]:
        assert abs(start).max() == pytest.approx(1)
        assert np.hypot(*(start - moved.apex)) < np.hypot(*(end - moved.apex))


def test_with_small_weights_the_picture_is_the_same() -> None:
    W, b = np.array([[1.0, -2, 0.5], [0.3, 1, -1]]), np.array([0.1, 0.2, -0.1])
    large = rays_of(W, b)
    for scale in (1e-300, 1e-12, 1e300):
        small = rays_of(W * scale, b * scale)
        assert small.kind == "apex"
        np.testing.assert_allclose(small.segments, large.segments, rtol=1e-9)


def test_parallel_borders() -> None:
    # Scores 0, x1, 2 x1 - 1/2: class 0 to the left of 0, class 2 to the right of 1/2.
    reply = rays_of([[0, 1, 2], [0, 0, 0]], (0, 0, -0.5))
    assert (reply.kind, reply.apex) == ("parallel", None)
    assert reply.visible.tolist() == [1, 0, 1]
    np.testing.assert_allclose(reply.segments[0][:, 0], 0.5)
    np.testing.assert_allclose(reply.segments[2][:, 0], 0)
    assert abs(reply.segments[0][:, 1]).tolist() == [1, 1]


def test_parallel_borders_with_rounding() -> None:
    W = np.outer([0.1, 0.7], [0.1, 0.2, 0.3])
    reply = rays_of(W, (0, 0, 0))
    assert reply.kind == "parallel"
    assert reply.visible[1] == 1  # between class 0 and 2, which share the plane


def test_two_classes_alike() -> None:
    reply = rays_of([[1, 1, -1], [0, 0, 0]], (0, -1, 0))
    assert (reply.kind, reply.apex) == ("parallel", None)
    assert reply.visible.tolist() == [0, 1, 0]  # class 1 never wins
    np.testing.assert_allclose(reply.segments[1][:, 0], 0, atol=1e-15)


@pytest.mark.parametrize("b", [(0, 0, 0), (1, 0, 0)])
def test_no_border_at_all(b: tuple[float, ...]) -> None:
    reply = rays_of(np.zeros((2, 3)), b)
    assert (reply.kind, reply.apex) == ("none", None)
    assert not reply.visible.any()
    assert not reply.segments.any()


def test_borders_that_miss_the_square() -> None:
    reply = rays_of([[1, 0, -1], [0, 1, -1]], (0, 0, 100))
    assert reply.kind == "apex"
    assert not reply.visible.any()


def test_classes_are_treated_alike() -> None:
    W, b = np.array([[1.0, -2, 0.5], [0.3, 1, -1]]), np.array([0.1, 0.2, -0.1])
    borders = {
        tuple(sorted(pair)): ends
        for pair, ends in zip(
            rays_of(W, b).pairs.tolist(), rays_of(W, b).segments, strict=True
        )
    }
    for order in itertools.permutations(range(3)):
        shuffled = rays_of(W[:, order], b[list(order)])
        for pair, ends in zip(shuffled.pairs, shuffled.segments, strict=True):
            original = tuple(sorted(order[k] for k in pair))
            np.testing.assert_allclose(ends, borders[original], atol=1e-12)


def test_other_than_three_classes_are_refused() -> None:
    params = LinearParams(W=np.zeros((2, 4)), b=np.zeros((1, 4)))
    with pytest.raises(ValueError, match="params are for classes 4; allowed is 3"):
        RaysRequest(params=params)


@settings(deadline=None)
@given(
    arrays(
        np.float64, (2, 3), elements=st.floats(allow_nan=False, allow_infinity=False)
    ),
    arrays(np.float64, (3,), elements=st.floats(allow_nan=False, allow_infinity=False)),
)
def test_any_finite_numbers_get_an_answer_or_a_sentence(
    W: np.ndarray, b: np.ndarray
) -> None:
    try:
        reply = rays_of(W, b)
    except wire.RequestError as refused:
        assert str(refused).startswith("params: ")  # noqa: PT017 (either is right)
        return
    assert np.isfinite(reply.segments).all()
    assert reply.apex is None or np.isfinite(reply.apex).all()
