"""In score space the three regions are three wedges of 120 degrees."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from unspiral.lab import initialize, score_space, spiral, train, wire
from unspiral.lab.messages import (
    InitializeRequest,
    LinearParams,
    Params,
    ScoreSpaceReply,
    ScoreSpaceRequest,
    Settings,
    SpiralRequest,
    TrainRequest,
    TwoLayerParams,
    network_of,
)

IDENTITY = LinearParams(W=np.array([[1.0, 0, 0], [0, 1, 0]]), b=np.zeros((1, 3)))


def in_plane(params: Params, X: object, **rest: float) -> ScoreSpaceReply:
    return score_space(
        ScoreSpaceRequest(params=params, X=np.array(X, float), **rest)  # type: ignore[arg-type]
    )


def trained(settings: Settings, steps: int) -> Params:
    params = initialize(InitializeRequest(settings=settings)).params
    return train(
        TrainRequest(settings=settings, params=params, step=0, steps=steps)
    ).params


def test_coordinates_by_hand() -> None:
    # Scores (1, 0, 0) and (0, 1, 0), then (2, -3, 0).
    points = in_plane(IDENTITY, [[1, 0], [0, 1], [2, -3]]).points
    expected = [
        [1 / np.sqrt(2), 1 / np.sqrt(6)],
        [-1 / np.sqrt(2), 1 / np.sqrt(6)],
        [5 / np.sqrt(2), -1 / np.sqrt(6)],
    ]
    np.testing.assert_allclose(points, np.array(expected), rtol=1e-14)


@given(arrays(np.float64, (1, 3), elements=st.floats(-50, 50)))
def test_the_nearest_direction_is_that_of_the_largest_score(scores: np.ndarray) -> None:
    reply = in_plane(LinearParams(W=np.zeros((2, 3)), b=scores), [[0, 0]])
    towards = reply.class_directions @ reply.points[0]
    first, second = np.sort(scores[0])[:0:-1]
    if first - second > 1e-12 * abs(scores).max():
        assert towards.argmax() == scores.argmax()


@given(
    arrays(np.float64, (1, 3), elements=st.floats(-50, 50)),
    st.floats(-50, 50),
)
def test_nothing_is_lost_but_what_all_scores_share(
    scores: np.ndarray, shared: float
) -> None:
    params = LinearParams(W=np.zeros((2, 3)), b=scores)
    shifted = LinearParams(W=np.zeros((2, 3)), b=scores + shared)
    (point,) = in_plane(params, [[0, 0]]).points
    np.testing.assert_allclose(in_plane(shifted, [[0, 0]]).points[0], point, atol=1e-12)
    back = point[0] * np.array([1, -1, 0]) / np.sqrt(2)
    back += point[1] * np.array([1, 1, -2]) / np.sqrt(6)
    np.testing.assert_allclose(back, (scores - scores.mean())[0], atol=1e-12)


def test_directions_and_borders_are_unit_vectors_120_degrees_apart() -> None:
    reply = in_plane(IDENTITY, [[0, 0]])
    for vectors in (reply.class_directions, reply.borders):
        cosines = vectors @ vectors.T
        np.testing.assert_allclose(
            cosines, np.where(np.eye(3) == 1, 1, -1 / 2), atol=1e-15
        )
    for k in range(3):  # the border at k is as near to the two other classes
        nearness = reply.class_directions @ reply.borders[k]
        np.testing.assert_allclose(np.delete(nearness, k), 1 / 2)
        assert nearness[k] == pytest.approx(-1)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("model", ["two-layer", "linear"])
def test_regions_of_a_trained_network_are_wedges(model: str, dtype: str) -> None:
    settings = Settings(model=model, hidden=20, dtype=dtype)  # type: ignore[arg-type]
    params = trained(settings, 300)
    X = spiral(SpiralRequest(settings=settings)).X
    reply = score_space(ScoreSpaceRequest(params=params, X=X))
    _, scores = network_of(params).forward(X)
    wedge = (reply.points @ reply.class_directions.T).argmax(axis=1)
    assert wedge.tolist() == scores.argmax(axis=1).tolist()
    assert len(set(wedge)) == 3
    assert reply.radius == pytest.approx(np.sqrt((reply.points**2).sum(axis=1).max()))


def test_the_grid_is_that_of_the_input_plane() -> None:
    params = trained(Settings(hidden=5, init="he"), 10)
    reply = in_plane(params, [[0, 0]], resolution=4, extent=1.5)
    assert reply.grid.shape == (4, 4, 2)
    axis = [-1.5, -0.5, 0.5, 1.5]
    points = in_plane(params, [[x1, x2] for x2 in axis for x1 in axis]).points
    np.testing.assert_allclose(reply.grid.reshape(-1, 2), points, rtol=1e-12)


def test_predictions_are_those_of_the_wedges() -> None:
    chosen = Settings(hidden=10, init="he")
    params = trained(chosen, 50)
    data = spiral(SpiralRequest(settings=chosen))
    reply = in_plane(params, data.X)
    scores = network_of(params).forward(data.X)[1]
    assert reply.prediction.tolist() == scores.argmax(axis=1).tolist()
    assert reply.prediction.dtype == np.int32
    clear = np.hypot(*reply.points.T) > 1e-9 * reply.radius
    in_wedge = (reply.points @ reply.class_directions.T).argmax(axis=1)
    assert (in_wedge == reply.prediction)[clear].all()


def test_equal_scores_all_lie_in_the_origin() -> None:
    params = LinearParams(W=np.zeros((2, 3)), b=np.full((1, 3), 7.0))
    reply = in_plane(params, [[0, 0], [1, 1]])
    assert reply.radius == pytest.approx(0, abs=1e-14)


@pytest.mark.parametrize("classes", [2, 4, 10])
def test_other_than_three_classes_are_refused(classes: int) -> None:
    params = initialize(InitializeRequest(settings=Settings(classes=classes))).params
    with pytest.raises(ValueError, match=f"for classes {classes}; allowed is 3"):
        ScoreSpaceRequest(params=params, X=np.zeros((1, 2)))


@settings(deadline=None)
@given(
    arrays(
        np.float64, (2, 3), elements=st.floats(allow_nan=False, allow_infinity=False)
    )
)
def test_numbers_beyond_a_float_are_refused(W: np.ndarray) -> None:
    params = LinearParams(W=W, b=np.zeros((1, 3)))
    try:
        reply = in_plane(params, [[0.5, -1]])
    except wire.RequestError as refused:
        assert str(refused).endswith("grows beyond what a float can hold.")  # noqa: PT017
        return
    assert np.isfinite(reply.points).all()
    assert np.isfinite(reply.grid).all()


def test_params_must_be_finite() -> None:
    params = TwoLayerParams(
        W1=np.full((2, 1), np.inf),
        b1=np.zeros((1, 1)),
        W2=np.zeros((1, 3)),
        b2=np.zeros((1, 3)),
    )
    with pytest.raises(ValueError, match=r"params\.W1 holds NaN or infinity"):
        ScoreSpaceRequest(params=params, X=np.zeros((1, 2)))
