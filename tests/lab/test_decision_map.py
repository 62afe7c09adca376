"""The decision map has the network's scores and confidence, the right way up."""

import numpy as np
import pytest

from unspiral.core.loss import softmax
from unspiral.lab import decision_map, initialize
from unspiral.lab.messages import (
    DecisionMapRequest,
    InitializeRequest,
    LinearParams,
    Params,
    Settings,
    network_of,
)

MANY_SETTINGS = [
    Settings(init="he"),
    Settings(init="he", hidden=1, classes=10),
    Settings(init="he", dtype="float32"),
    Settings(init="he", model="linear", classes=2),
]


@pytest.mark.parametrize("settings", MANY_SETTINGS)
@pytest.mark.parametrize("resolution", [2, 3, 50, 101])
def test_every_point_has_the_networks_scores_and_confidence(
    settings: Settings, resolution: int
) -> None:
    params = initialize(InitializeRequest(settings=settings)).params
    reply = decision_map(
        DecisionMapRequest(params=params, resolution=resolution, extent=1.3)
    )
    assert reply.scores.shape == (resolution, resolution, settings.classes)
    assert reply.confidence.shape == (resolution, resolution)
    assert reply.scores.dtype == reply.confidence.dtype == np.float32
    assert (reply.scores.max(axis=-1) == 0).all()

    axis = np.linspace(-1.3, 1.3, resolution)
    rng = np.random.default_rng(0)
    for row, column in rng.integers(resolution, size=(20, 2)):
        point = np.array([[axis[column], axis[row]]])
        _, scores = network_of(params).forward(point)
        at = (row, column)
        np.testing.assert_allclose(
            reply.scores[at], scores[0] - scores.max(), rtol=1e-5, atol=1e-5
        )
        np.testing.assert_allclose(
            softmax(reply.scores[at][None]), softmax(scores), 1e-5
        )
        np.testing.assert_allclose(reply.confidence[at], softmax(scores).max(), 1e-5)


def test_tells_classes_apart_whose_probabilities_in_float32_are_all_alike() -> None:
    initial = initialize(InitializeRequest(settings=Settings())).params
    params = scaled(initial, 0.01)
    reply = decision_map(DecisionMapRequest(params=params, resolution=101))
    axis = np.linspace(-1.1, 1.1, 101)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    _, scores = network_of(params).forward(grid)
    assert np.ptp(softmax(scores).astype(np.float32)) < 1e-6
    assert (
        np.mean(reply.scores.argmax(axis=-1).ravel() == scores.argmax(axis=1)) > 0.999
    )
    behind = scores - scores.max(axis=1, keepdims=True)
    np.testing.assert_allclose(
        reply.scores.reshape(-1, 3), behind, atol=1e-5 * np.ptp(scores)
    )


@pytest.mark.parametrize("size", [1e10, 1e30, 1e160, 1e300])
def test_stays_finite_when_parameters_are_about_to_diverge(size: float) -> None:
    params = initialize(InitializeRequest(settings=Settings(init="he"))).params
    reply = decision_map(DecisionMapRequest(params=scaled(params, size), resolution=20))
    assert np.isfinite(reply.scores).all()
    assert np.isfinite(reply.confidence).all()


def scaled(params: Params, factor: float) -> Params:
    parameters = network_of(params).parameters()
    return type(params)(**{name: factor * p for name, p in parameters.items()})


def test_rows_go_up_in_x2_and_columns_in_x1() -> None:
    def classes(W: list[list[float]]) -> list[list[int]]:
        params = LinearParams(W=np.array(W, float), b=np.zeros((1, 2)))
        reply = decision_map(DecisionMapRequest(params=params, resolution=2))
        decided: list[list[int]] = reply.scores.argmax(axis=-1).tolist()
        return decided

    assert classes([[0, 5], [0, 0]]) == [[0, 1], [0, 1]]  # class 1 where x1 > 0
    assert classes([[0, 0], [0, 5]]) == [[0, 0], [1, 1]]  # class 1 where x2 > 0


def test_the_grid_reaches_exactly_as_far_as_asked() -> None:
    params = LinearParams(W=np.array([[0.0, 1.0], [0.0, 0.0]]), b=np.zeros((1, 2)))
    scores = decision_map(
        DecisionMapRequest(params=params, resolution=5, extent=2.0)
    ).scores
    log_odds = scores[0, :, 1] - scores[0, :, 0]
    np.testing.assert_allclose(log_odds, [-2, -1, 0, 1, 2], atol=1e-5)
