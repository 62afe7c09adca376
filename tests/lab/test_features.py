"""`features` says where each hidden unit is on, and for how many points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspiral.lab import features, initialize, train, wire
from unspiral.lab.data import data_of
from unspiral.lab.messages import (
    FeaturesReply,
    FeaturesRequest,
    InitializeRequest,
    Settings,
    TrainRequest,
    TwoLayerParams,
)


def trained(settings: Settings, steps: int = 100) -> TwoLayerParams:
    params = initialize(InitializeRequest(settings=settings)).params
    params = train(
        TrainRequest(settings=settings, params=params, step=0, steps=steps)
    ).params
    assert isinstance(params, TwoLayerParams)
    return params


def seen(units: list[tuple[float, float, float]], extent: float = 1.0) -> FeaturesReply:
    """Ask about units with weights w1, w2 and bias b."""
    w1, w2, b = (np.array(numbers) for numbers in zip(*units, strict=True))
    h = len(units)
    params = TwoLayerParams(
        W1=np.array([w1, w2], float),
        b1=np.array([b], float),
        W2=np.zeros((h, 3)),
        b2=np.zeros((1, 3)),
    )
    return features(
        FeaturesRequest(
            settings=Settings(hidden=h), params=params, resolution=3, extent=extent
        )
    )


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_grid_has_the_pre_activations(dtype: str) -> None:
    settings = Settings(hidden=7, dtype=dtype, init="he")  # type: ignore[arg-type]
    params = trained(settings)
    reply = features(
        FeaturesRequest(settings=settings, params=params, resolution=5, extent=1.2)
    )
    assert reply.out.shape == (5, 5, 7)
    assert reply.out.dtype == np.float32
    axis = [-1.2, -0.6, 0.0, 0.6, 1.2]
    for row, x2 in enumerate(axis):
        for column, x1 in enumerate(axis):
            expected = x1 * params.W1[0] + x2 * params.W1[1] + params.b1[0]
            np.testing.assert_allclose(
                reply.out[row, column], expected, rtol=1e-5, atol=1e-6
            )


def test_points_are_counted_for_each_unit() -> None:
    settings = Settings(hidden=20)
    params = trained(settings, 300)
    reply = features(FeaturesRequest(settings=settings, params=params))
    X, _ = data_of(settings)
    for unit in range(20):
        on = sum(
            x1 * params.W1[0, unit] + x2 * params.W1[1, unit] + params.b1[0, unit] > 0
            for x1, x2 in X
        )
        assert reply.on[unit] == on
        assert reply.dead[unit] == (on == 0)
    assert reply.points == 300
    assert reply.on.dtype == reply.dead.dtype == np.int32


def test_patterns_of_on_and_off_are_counted() -> None:
    settings = Settings(hidden=20, init="he")
    params = trained(settings, 200)
    reply = features(FeaturesRequest(settings=settings, params=params))
    X, _ = data_of(settings)
    patterns = {tuple(row) for row in X @ params.W1 + params.b1 > 0}
    assert reply.patterns == len(patterns)
    assert 20 < reply.patterns <= reply.most_regions == 211


def test_lines_through_one_point_make_wedges() -> None:
    # Biases are 0: 2 h wedges, and the origin, where no unit is on.
    settings = Settings(hidden=5, points=500)
    params = trained(settings, 1)
    params = TwoLayerParams(
        W1=params.W1, b1=np.zeros((1, 5)), W2=params.W2, b2=params.b2
    )
    reply = features(FeaturesRequest(settings=settings, params=params))
    assert 5 < reply.patterns <= 2 * 5 + 1
    assert reply.most_regions == 16


def test_dead_units_are_those_that_training_counts() -> None:
    settings = Settings(hidden=50, learning_rate=4.0)
    begun = initialize(InitializeRequest(settings=settings))
    run = train(TrainRequest(settings=settings, params=begun.params, step=0, steps=60))
    assert isinstance(run.params, TwoLayerParams)
    reply = features(FeaturesRequest(settings=settings, params=run.params))
    assert 0 < reply.dead.sum() == run.dead_units < 50


def test_a_units_line_within_the_square() -> None:
    reply = seen(
        [
            (1, 0, 0),  # on where x1 > 0
            (-2, 0, 1),  # on where x1 < 1/2
            (0, 1, 0.5),  # on where x2 > -1/2
            (1, 1, -1),  # on where x1 + x2 > 1
            (1, 1, -2),  # touches the square in one corner
            (1, 1, -3),  # passes the square by
            (0, 0, 1),  # on everywhere: no line
        ]
    )
    np.testing.assert_allclose(
        reply.lines[:4],
        np.array(
            [
                [[0, 1], [0, -1]],
                [[0.5, -1], [0.5, 1]],
                [[-1, -0.5], [1, -0.5]],
                [[0, 1], [1, 0]],
            ]
        ),
        atol=1e-15,
    )
    assert reply.crosses[[0, 1, 2, 3, 5, 6]].tolist() == [1, 1, 1, 1, 0, 0]
    assert not reply.lines[5:].any()


numbers = st.floats(-10, 10).filter(lambda number: number == 0 or abs(number) > 1e-6)


@settings(deadline=None)
@given(st.tuples(numbers, numbers, numbers), st.floats(0.1, 10))
def test_lines_end_on_the_squares_edge_with_the_on_side_to_their_left(
    unit: tuple[float, float, float], extent: float
) -> None:
    w1, w2, b = unit
    reply = seen([unit], extent)
    # It crosses the square just when two corners lie on different sides.
    corners = [
        w1 * x1 + w2 * x2 + b for x1 in (-extent, extent) for x2 in (-extent, extent)
    ]
    size = (abs(w1) + abs(w2)) * extent + abs(b)
    if min(corners) >= -1e-12 * size or max(corners) <= 1e-12 * size:
        assert (
            not reply.crosses[0] or np.ptp(reply.lines[0], axis=0).max() < 1e-6 * extent
        )
        return
    assert reply.crosses[0]
    (start1, start2), (end1, end2) = reply.lines[0]
    for x1, x2 in reply.lines[0]:
        assert abs(w1 * x1 + w2 * x2 + b) < 1e-9 * size
        assert max(abs(x1), abs(x2)) == pytest.approx(extent)
    left1, left2 = start2 - end2, end1 - start1
    assert w1 * left1 + w2 * left2 > 0


def test_the_reply_stays_small() -> None:
    for hidden, finest in ((1, 100), (50, 100), (100, 70), (500, 31)):
        settings = Settings(hidden=hidden)
        params = trained(settings, 1)
        reply = features(
            FeaturesRequest(settings=settings, params=params, resolution=finest)
        )
        assert len(wire.encode(reply)) < 2.1e6
        if finest < 100:
            with pytest.raises(ValueError, match=f"resolution is {finest + 1}; with "):
                FeaturesRequest(settings=settings, params=params, resolution=finest + 1)


def test_other_parameters_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"params are for hidden 3; settings\.hidden is 9"
    ):
        FeaturesRequest(settings=Settings(hidden=9), params=trained(Settings(hidden=3)))


def test_numbers_beyond_float32_are_refused() -> None:
    with pytest.raises(wire.RequestError, match=r"^params: .* out .* can hold\.$"):
        seen([(1e39, 0, 0)])
