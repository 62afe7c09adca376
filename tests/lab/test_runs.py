"""`spiral`, `initialize` and `train`: the same settings give the same numbers."""

import dataclasses
from itertools import islice

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspiral import core
from unspiral.core import LinearClassifier, TwoLayerNet, gradient_descent
from unspiral.engines.registry import SOURCES, installed
from unspiral.lab import initialize, moments, spiral, train, wire
from unspiral.lab.messages import (
    InitializeRequest,
    LinearParams,
    MomentsRequest,
    Params,
    Settings,
    SpiralRequest,
    TrainReply,
    TrainRequest,
    TwoLayerParams,
)

MANY_SETTINGS = {
    "default": Settings(),
    "another sample": Settings(seed=7, noise=0.5),
    "weights of their own": Settings(weights_seed=3),
    "he": Settings(init="he", hidden=20),
    "one unit": Settings(hidden=1),
    "one point": Settings(points=1),
    "no noise": Settings(noise=0.0),
    "two classes": Settings(classes=2),
    "ten classes": Settings(classes=10, points=20),
    "linear": Settings(model="linear"),
    "linear, ten classes": Settings(model="linear", classes=10, init="he"),
    "float32": Settings(dtype="float32"),
    "linear, float32": Settings(model="linear", dtype="float32"),
    "bold": Settings(learning_rate=3.0, reg=0.0),
}
each_settings = pytest.mark.parametrize(
    "settings", MANY_SETTINGS.values(), ids=MANY_SETTINGS.keys()
)


def start(settings: Settings) -> Params:
    return initialize(InitializeRequest(settings=settings)).params


def trained(settings: Settings, steps: int) -> TrainReply:
    return train(
        TrainRequest(settings=settings, params=start(settings), step=0, steps=steps)
    )


def in_pieces(settings: Settings, pieces: list[int]) -> tuple[TrainReply, bytes, bytes]:
    """Train piece after piece; the replies travel in between, as to a page and back."""
    params, step = start(settings), 0
    losses, accuracies = [], []
    for steps in pieces:
        body = wire.encode(
            TrainRequest(settings=settings, params=params, step=step, steps=steps)
        )
        reply = train(wire.decode(body, TrainRequest))
        params, step = reply.params, reply.step
        losses.append(reply.losses)
        accuracies.append(reply.accuracies)
    return reply, np.concatenate(losses).tobytes(), np.concatenate(accuracies).tobytes()


@each_settings
def test_the_data_are_cores(settings: Settings) -> None:
    reply = spiral(SpiralRequest(settings=settings))
    X, y = core.spiral(
        np.random.default_rng(settings.seed),
        points=settings.points,
        classes=settings.classes,
        noise=settings.noise,
    )
    assert reply.X.tobytes() == X.tobytes()
    assert reply.y.tolist() == y.tolist()
    assert [str(array.dtype) for array in (reply.X, reply.y)] == ["float64", "int32"]


@each_settings
def test_arrays_have_the_shapes_that_the_messages_promise(settings: Settings) -> None:
    n, K, h = settings.points * settings.classes, settings.classes, settings.hidden
    data = spiral(SpiralRequest(settings=settings))
    assert (data.X.shape, data.y.shape) == ((n, 2), (n,))

    reply = trained(settings, 5)
    assert (reply.losses.shape, reply.accuracies.shape) == ((5,), (5,))
    assert {str(a.dtype) for a in (reply.losses, reply.accuracies)} == {"float64"}
    for params in (start(settings), reply.params):
        if isinstance(params, LinearParams):
            shapes = {"W": (2, K), "b": (1, K)}
        else:
            shapes = {"W1": (2, h), "b1": (1, h), "W2": (h, K), "b2": (1, K)}
        assert {name: getattr(params, name).shape for name in shapes} == shapes
        assert {str(getattr(params, name).dtype) for name in shapes} == {settings.dtype}


@each_settings
def test_same_settings_twice_give_the_same_bits(settings: Settings) -> None:
    assert wire.encode(trained(settings, 30)) == wire.encode(trained(settings, 30))


@each_settings
def test_pieces_of_a_run_give_the_same_bits_as_the_whole(settings: Settings) -> None:
    whole = in_pieces(settings, [12])
    for pieces in ([1] * 12, [5, 1, 4, 2]):
        reply, losses, accuracies = in_pieces(settings, pieces)
        assert wire.encode(reply.params) == wire.encode(whole[0].params)
        assert reply.step == whole[0].step == 12
        assert (losses, accuracies) == whole[1:]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_however_a_run_is_cut(pieces: list[int]) -> None:
    settings = Settings(hidden=10, points=20)
    reply, *curves = in_pieces(settings, pieces)
    whole, *whole_curves = in_pieces(settings, [sum(pieces)])
    assert wire.encode(reply.params) == wire.encode(whole.params)
    assert curves == whole_curves


@each_settings
def test_moments_are_what_train_answers_one_by_one(settings: Settings) -> None:
    params, step, one_by_one = start(settings), 0, []
    for _ in range(3):
        reply = train(
            TrainRequest(settings=settings, params=params, step=step, steps=4)
        )
        one_by_one.append(wire.encode(reply))
        params, step = reply.params, reply.step
    request = MomentsRequest(
        settings=settings, params=start(settings), step=0, steps=4, count=3
    )
    assert [wire.encode(moment) for moment in moments(request).moments] == one_by_one


def test_moments_end_where_the_run_diverges() -> None:
    settings = Settings(learning_rate=100.0, reg=10.0)  # the weights grow 999-fold
    request = MomentsRequest(
        settings=settings, params=start(settings), step=0, steps=30, count=8
    )
    *before, last = moments(request).moments
    assert 0 < len(before) < 7
    assert {moment.diverged_at for moment in before} == {None}
    assert last.diverged_at == last.step + 1


@each_settings
def test_training_is_cores_gradient_descent(settings: Settings) -> None:
    rng = np.random.default_rng(settings.seed)
    X, y = core.spiral(
        rng, points=settings.points, classes=settings.classes, noise=settings.noise
    )
    if settings.weights_seed is not None:
        rng = np.random.default_rng(settings.weights_seed)
    network = (
        LinearClassifier.random(rng, classes=settings.classes, init=settings.init)
        if settings.model == "linear"
        else TwoLayerNet.random(
            rng, hidden=settings.hidden, classes=settings.classes, init=settings.init
        )
    ).astype(np.float32 if settings.dtype == "float32" else np.float64)
    run = gradient_descent(
        network, X, y, learning_rate=settings.learning_rate, reg=settings.reg
    )
    steps = list(islice(run, 26))

    begun = initialize(InitializeRequest(settings=settings))
    assert (begun.loss, begun.accuracy) == (steps[0].loss, steps[0].accuracy)
    reply = trained(settings, 25)
    assert reply.step == 25
    assert reply.losses.tolist() == [step.loss for step in steps[1:]]
    assert reply.accuracies.tolist() == [step.accuracy for step in steps[1:]]
    for name, array in steps[-1].network.parameters().items():
        assert getattr(reply.params, name).tobytes() == array.tobytes()


@pytest.mark.parametrize("engine", installed())
@each_settings
def test_another_engine_trains_to_the_same_losses(
    settings: Settings, engine: str
) -> None:
    other = msgspec.structs.replace(settings, engine=engine)
    assert wire.encode(start(other)) == wire.encode(start(settings))
    rounding = 1e-9 if settings.dtype == "float64" else 1e-4
    losses = trained(settings, 50).losses
    np.testing.assert_allclose(trained(other, 50).losses, losses, rtol=rounding)


def test_every_engine_can_be_chosen() -> None:
    for engine in SOURCES:
        message = msgspec.msgpack.encode({"settings": {"engine": engine}})
        request = wire.decode(message, InitializeRequest)
        assert request.settings.engine == engine


def test_an_engine_that_is_not_installed_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    absent = dataclasses.replace(SOURCES["fused"], needs="no_such_package")
    monkeypatch.setitem(SOURCES, "fused", absent)
    sentence = (
        r"^settings.engine: The engine fused needs no_such_package, which is not "
        r"installed. Install it with: pip install 'unspiral\[fast\]'$"
    )
    with pytest.raises(wire.RequestError, match=sentence):
        initialize(InitializeRequest(settings=Settings(engine="fused")))


def test_new_weights_leave_the_data_as_they_are() -> None:
    one, other = Settings(weights_seed=1), Settings(weights_seed=2)
    assert wire.encode(start(one)) != wire.encode(start(other))
    assert wire.encode(spiral(SpiralRequest(settings=one))) == wire.encode(
        spiral(SpiralRequest(settings=other))
    )


def test_new_noise_leaves_the_weights_as_they_are() -> None:
    assert wire.encode(start(Settings(noise=0.1))) == wire.encode(
        start(Settings(noise=0.9))
    )


def test_float32_is_the_same_network_rounded() -> None:
    exact, rounded = start(Settings()), start(Settings(dtype="float32"))
    assert isinstance(exact, TwoLayerParams)
    assert isinstance(rounded, TwoLayerParams)
    assert rounded.W1.tobytes() == exact.W1.astype(np.float32).tobytes()
    losses = trained(Settings(dtype="float32"), 100).losses
    np.testing.assert_allclose(losses, trained(Settings(), 100).losses, rtol=1e-3)


@each_settings
def test_a_request_is_not_changed(settings: Settings) -> None:
    request = TrainRequest(settings=settings, params=start(settings), step=0, steps=3)
    before = wire.encode(request)
    train(request)
    assert wire.encode(request) == before


def test_the_lessons_network_learns() -> None:
    reply = trained(Settings(), 1000)
    assert reply.losses[-1] < 0.4
    assert reply.accuracies[-1] > 0.9
    assert (reply.diverged_at, reply.diagnosis) == (None, None)
