"""What goes wrong in a run is named, where it happens, in words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from unspiral.lab import decision_map, initialize, train, wire
from unspiral.lab.messages import (
    DecisionMapRequest,
    InitializeRequest,
    LinearParams,
    Params,
    Settings,
    TrainReply,
    TrainRequest,
    TwoLayerParams,
)


def start(settings: Settings) -> Params:
    return initialize(InitializeRequest(settings=settings)).params


def trained(settings: Settings, steps: int) -> TrainReply:
    return train(
        TrainRequest(settings=settings, params=start(settings), step=0, steps=steps)
    )


DIVERGING = {
    "two-layer": Settings(learning_rate=1000.0, reg=1.0),
    "linear": Settings(model="linear", learning_rate=1000.0, reg=1.0),
    "float32": Settings(learning_rate=1000.0, reg=1.0, dtype="float32"),
}
each_diverging = pytest.mark.parametrize(
    "settings", DIVERGING.values(), ids=DIVERGING.keys()
)


@each_diverging
def test_a_run_stops_at_the_last_step_whose_loss_is_a_number(
    settings: Settings,
) -> None:
    reply = trained(settings, 1000)
    assert reply.diverged_at is not None
    assert reply.step == reply.diverged_at - 1 == len(reply.losses)
    assert np.isfinite(reply.losses).all()
    shorter = trained(settings, reply.step)
    assert shorter.diverged_at is None
    assert wire.encode(shorter.params) == wire.encode(reply.params)

    assert reply.diagnosis is not None
    assert reply.diagnosis.kind == "diverged"
    assert f"at step {reply.diverged_at:,} " in reply.diagnosis.sentence
    assert "learning rate" in reply.diagnosis.advice


@each_diverging
def test_going_on_from_there_diverges_at_the_same_step(settings: Settings) -> None:
    last = trained(settings, 1000)
    body = wire.encode(
        TrainRequest(settings=settings, params=last.params, step=last.step, steps=9)
    )
    again = train(wire.decode(body, TrainRequest))
    assert (again.step, again.diverged_at) == (last.step, last.diverged_at)
    assert again.losses.size == again.accuracies.size == 0
    assert again.diagnosis is not None
    assert last.diagnosis is not None
    assert again.diagnosis.sentence == last.diagnosis.sentence


def test_dead_units() -> None:
    reply = trained(Settings(learning_rate=10.0), 100)
    assert reply.dead_units == 100
    assert reply.diverged_at is None
    assert reply.accuracies[-1] == pytest.approx(1 / 3)
    assert reply.diagnosis is not None
    assert reply.diagnosis.kind == "dead"
    assert "All 100 hidden units are dead" in reply.diagnosis.sentence


def test_the_dead_stay_dead() -> None:
    settings = Settings(learning_rate=10.0)
    dead = trained(settings, 100).params
    gentle = Settings(learning_rate=0.1)
    reply = train(TrainRequest(settings=gentle, params=dead, step=100, steps=50))
    assert reply.dead_units == 100


def test_stalled() -> None:
    settings = Settings(learning_rate=0.01)
    assert trained(settings, 199).diagnosis is None
    diagnosis = trained(settings, 200).diagnosis
    assert diagnosis is not None
    assert diagnosis.kind == "stalled"
    assert "1.099" in diagnosis.sentence
    assert "learning rate" in diagnosis.advice


def test_a_long_run_is_stalled_by_its_own_steps_and_not_by_the_last_request() -> None:
    settings = Settings(learning_rate=0.01)
    params = trained(settings, 199).params
    reply = train(TrainRequest(settings=settings, params=params, step=199, steps=1))
    assert reply.diagnosis is not None
    assert reply.diagnosis.kind == "stalled"


def test_a_linear_classifier_has_no_dead_units() -> None:
    reply = trained(Settings(model="linear"), 300)
    assert (reply.dead_units, reply.diagnosis) == (0, None)


def test_a_fresh_network_is_well() -> None:
    begun = initialize(InitializeRequest(settings=Settings()))
    assert (begun.dead_units, begun.diagnosis) == (0, None)
    assert begun.loss == pytest.approx(np.log(3), abs=1e-3)


def huge(shape: tuple[int, int]) -> st.SearchStrategy[np.ndarray]:
    return arrays(
        np.float64, shape, elements=st.floats(allow_nan=False, allow_infinity=False)
    )


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.builds(LinearParams, W=huge((2, 3)), b=huge((1, 3))),
        st.builds(
            TwoLayerParams,
            W1=huge((2, 4)),
            b1=huge((1, 4)),
            W2=huge((4, 3)),
            b2=huge((1, 3)),
        ),
    ),
    st.sampled_from([1e-6, 1.0, 1000.0]),
    st.sampled_from([0.0, 1e-3, 10.0]),
)
def test_any_finite_parameters_get_an_answer(
    params: Params, learning_rate: float, reg: float
) -> None:
    settings = Settings(
        model="linear" if isinstance(params, LinearParams) else "two-layer",
        hidden=4,
        points=5,
        learning_rate=learning_rate,
        reg=reg,
    )
    reply = train(TrainRequest(settings=settings, params=params, step=3, steps=4))
    assert reply.step - 3 == len(reply.losses)
    assert np.isfinite(reply.losses).all()
    assert (reply.diverged_at is None) == (reply.step == 7)
    wire.decode(wire.encode(reply), TrainReply)
    decision_map(DecisionMapRequest(params=params, resolution=3))
