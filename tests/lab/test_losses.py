"""`losses` gives the two parts of the loss that training goes down."""

import numpy as np
import pytest

from unspiral.lab import initialize, losses, spiral, train, wire
from unspiral.lab.messages import (
    InitializeRequest,
    LinearParams,
    LossesRequest,
    Params,
    Settings,
    SpiralRequest,
    TrainRequest,
)

MANY_SETTINGS = [
    Settings(),
    Settings(init="he", hidden=5, classes=4, reg=0.5),
    Settings(model="linear", classes=2, points=3),
    Settings(dtype="float32"),
    Settings(reg=0.0),
]


def start(settings: Settings) -> Params:
    return initialize(InitializeRequest(settings=settings)).params


@pytest.mark.parametrize("settings", MANY_SETTINGS)
def test_it_is_the_loss_of_training(settings: Settings) -> None:
    begun = initialize(InitializeRequest(settings=settings))
    reply = losses(LossesRequest(settings=settings, params=begun.params))
    assert reply.loss == begun.loss
    trained = train(
        TrainRequest(settings=settings, params=begun.params, step=0, steps=7)
    )
    reply = losses(LossesRequest(settings=settings, params=trained.params))
    assert reply.loss == trained.losses[-1]


def test_the_parts_by_hand() -> None:
    settings = Settings(model="linear", reg=0.3, points=40)
    params = LinearParams(
        W=np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]), b=np.array([[9.0, 8.0, 7.0]])
    )
    reply = losses(LossesRequest(settings=settings, params=params))
    squares = 1 + 4 + 0.25 + 9 + 1  # the biases are left out
    assert reply.squared_weights == squares
    assert reply.reg_loss == pytest.approx(0.15 * squares, rel=1e-15)

    data = spiral(SpiralRequest(settings=settings))
    costs = []
    for x, label in zip(data.X, data.y, strict=True):
        exponentials = np.exp(x @ params.W + params.b[0])
        costs.append(-np.log(exponentials[label] / exponentials.sum()))
    assert reply.data_loss == pytest.approx(np.mean(costs), rel=1e-12)
    assert reply.loss == reply.data_loss + reply.reg_loss


def test_reg_moves_its_own_part_alone() -> None:
    params = start(Settings(init="he"))
    weak, strong = (
        losses(LossesRequest(settings=Settings(init="he", reg=reg), params=params))
        for reg in (1e-3, 1e-1)
    )
    assert strong.data_loss == weak.data_loss
    assert strong.squared_weights == weak.squared_weights
    assert strong.reg_loss == pytest.approx(100 * weak.reg_loss)


def test_params_must_be_those_of_the_settings() -> None:
    with pytest.raises(ValueError, match=r"for hidden 100; settings\.hidden is 9"):
        LossesRequest(settings=Settings(hidden=9), params=start(Settings()))


def test_a_loss_beyond_a_float_is_refused() -> None:
    huge = LinearParams(W=np.full((2, 3), 1e200), b=np.zeros((1, 3)))
    request = LossesRequest(settings=Settings(model="linear"), params=huge)
    with pytest.raises(wire.RequestError, match=r"^params: .* reg_loss .* can hold\.$"):
        losses(request)
