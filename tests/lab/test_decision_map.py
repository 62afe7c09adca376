"""The decision map is softmax of the network's scores, the right way up."""

import numpy as np
import pytest

from unspiral.core.loss import softmax
from unspiral.lab import decision_map, initialize
from unspiral.lab.messages import (
    DecisionMapRequest,
    InitializeRequest,
    LinearParams,
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
def test_every_point_has_the_networks_probabilities(
    settings: Settings, resolution: int
) -> None:
    params = initialize(InitializeRequest(settings=settings)).params
    probs = decision_map(
        DecisionMapRequest(params=params, resolution=resolution, extent=1.3)
    ).probs
    assert probs.shape == (resolution, resolution, settings.classes)
    assert probs.dtype == np.float64
    np.testing.assert_allclose(probs.sum(axis=-1), 1, atol=1e-6)

    axis = np.linspace(-1.3, 1.3, resolution)
    rng = np.random.default_rng(0)
    for row, column in rng.integers(resolution, size=(20, 2)):
        point = np.array([[axis[column], axis[row]]])
        _, scores = network_of(params).forward(point)
        np.testing.assert_allclose(probs[row, column], softmax(scores)[0], rtol=1e-5)


def test_rows_go_up_in_x2_and_columns_in_x1() -> None:
    def classes(W: list[list[float]]) -> list[list[int]]:
        params = LinearParams(W=np.array(W, float), b=np.zeros((1, 2)))
        reply = decision_map(DecisionMapRequest(params=params, resolution=2))
        decided: list[list[int]] = reply.probs.argmax(axis=-1).tolist()
        return decided

    assert classes([[0, 5], [0, 0]]) == [[0, 1], [0, 1]]  # class 1 where x1 > 0
    assert classes([[0, 0], [0, 5]]) == [[0, 0], [1, 1]]  # class 1 where x2 > 0


def test_the_grid_reaches_exactly_as_far_as_asked() -> None:
    params = LinearParams(W=np.array([[0.0, 1.0], [0.0, 0.0]]), b=np.zeros((1, 2)))
    probs = decision_map(
        DecisionMapRequest(params=params, resolution=5, extent=2.0)
    ).probs
    log_odds = np.log(probs[0, :, 1] / probs[0, :, 0])
    np.testing.assert_allclose(log_odds, [-2, -1, 0, 1, 2], atol=1e-5)
