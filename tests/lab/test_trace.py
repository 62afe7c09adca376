"""`trace` gives every array of a pass: those of the lesson, done by hand here."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from unspiral.lab import initialize, spiral, trace, train, wire
from unspiral.lab.messages import (
    InitializeRequest,
    LinearBackward,
    LinearForward,
    LinearParams,
    Params,
    Settings,
    SpiralRequest,
    TraceReply,
    TraceRequest,
    TrainRequest,
    TwoLayerBackward,
    TwoLayerForward,
    TwoLayerParams,
)

RNG = np.random.default_rng(0)
PARAMS = TwoLayerParams(
    W1=RNG.normal(size=(2, 6)),
    b1=RNG.normal(size=(1, 6)),
    W2=RNG.normal(size=(6, 3)),
    b2=RNG.normal(size=(1, 3)),
)
LINEAR = LinearParams(W=RNG.normal(size=(2, 3)), b=RNG.normal(size=(1, 3)))
X = RNG.uniform(-1, 1, size=(8, 2))
Y = np.array([0, 1, 2, 0, 1, 2, 1, 1], np.int32)


def loss_by_hand(scores: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return probabilities and each point's loss, point by point, in plain loops."""
    probs, losses = np.zeros_like(scores), np.zeros(len(y))
    for i, row in enumerate(scores):
        exponentials = [np.exp(score) for score in row]
        for k, exponential in enumerate(exponentials):
            probs[i, k] = exponential / sum(exponentials)
        losses[i] = -np.log(probs[i, y[i]])
    return probs, losses


def slopes(function: Any, at: np.ndarray) -> np.ndarray:
    """Measure the slope of a function along each entry of an array."""
    measured = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        move = np.zeros(at.shape)
        move[index] = 1e-6
        measured[index] = (function(at + move) - function(at - move)) / 2e-6
    return measured


def close(
    array: np.ndarray, expected: np.ndarray, *, rtol: float = 1e-12, atol: float = 0
) -> None:
    assert array.shape == expected.shape
    np.testing.assert_allclose(array, expected, rtol=rtol, atol=atol)


@pytest.mark.parametrize("n", [1, 8])
def test_two_layers_forward(n: int) -> None:
    forward = trace(TraceRequest(params=PARAMS, X=X[:n])).forward
    assert isinstance(forward, TwoLayerForward)
    out = np.zeros((n, 6))
    for i in range(n):
        for unit in range(6):
            out[i, unit] = (
                X[i, 0] * PARAMS.W1[0, unit]
                + X[i, 1] * PARAMS.W1[1, unit]
                + PARAMS.b1[0, unit]
            )
    close(forward.out, out)
    close(forward.hidden, np.where(out > 0, out, 0))
    scores = np.einsum("nh,hk->nk", np.where(out > 0, out, 0), PARAMS.W2) + PARAMS.b2
    close(forward.scores, scores)
    close(forward.probs, loss_by_hand(scores, Y)[0] if n == 8 else forward.probs)
    assert forward.prediction.tolist() == [list(row).index(max(row)) for row in scores]
    assert forward.prediction.dtype == forward.tied.dtype == np.int32
    assert not forward.tied.any()


def test_without_labels_there_is_no_way_back() -> None:
    reply = trace(TraceRequest(params=PARAMS, X=X))
    assert (reply.loss, reply.backward) == (None, None)


@pytest.mark.parametrize("params", [PARAMS, LINEAR])
def test_the_loss(params: Params) -> None:
    reply = trace(TraceRequest(params=params, X=X, y=Y, reg=0.1))
    assert reply.loss is not None
    probs, losses = loss_by_hand(reply.forward.scores, Y)
    close(reply.forward.probs, probs)
    close(reply.loss.losses, losses)
    assert reply.loss.data_loss == pytest.approx(sum(losses) / 8, rel=1e-12)
    weights = [params.W] if isinstance(params, LinearParams) else [params.W1, params.W2]
    squares = sum(w**2 for W in weights for w in W.flat)
    assert reply.loss.reg_loss == pytest.approx(0.05 * squares, rel=1e-12)
    assert reply.loss.loss == reply.loss.data_loss + reply.loss.reg_loss


def test_two_layers_backward_against_measured_slopes() -> None:
    reg = 0.1
    reply = trace(TraceRequest(params=PARAMS, X=X, y=Y, reg=reg))
    forward, backward = reply.forward, reply.backward
    assert isinstance(forward, TwoLayerForward)
    assert isinstance(backward, TwoLayerBackward)

    def from_scores(scores: np.ndarray) -> float:
        return float(loss_by_hand(scores, Y)[1].mean())

    def from_hidden(hidden: np.ndarray) -> float:
        return from_scores(hidden @ PARAMS.W2 + PARAMS.b2)

    def from_out(out: np.ndarray) -> float:
        return from_hidden(np.maximum(out, 0))

    close(backward.dscores, slopes(from_scores, forward.scores), rtol=1e-6, atol=1e-9)
    close(backward.dhidden, slopes(from_hidden, forward.hidden), rtol=1e-6, atol=1e-9)
    close(backward.dout, slopes(from_out, forward.out), rtol=1e-6, atol=1e-9)
    assert (backward.dout[forward.hidden <= 0] == 0).all()
    on = forward.hidden > 0
    assert on.any()
    assert not on.all()
    assert (backward.dout[on] == backward.dhidden[on]).all()
    assert (backward.dhidden[~on] != 0).all()

    def data_loss(**changed: np.ndarray) -> float:
        p = {name: getattr(PARAMS, name) for name in ("W1", "b1", "W2", "b2")} | changed
        return (
            from_out(X @ p["W1"] + p["b1"])
            if "W1" in changed
            else from_scores(np.maximum(X @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"])
        )

    for name in ("W1", "b1", "W2", "b2"):
        parameter = getattr(PARAMS, name)
        measured = slopes(lambda p, name=name: data_loss(**{name: p}), parameter)
        gradient = getattr(backward, f"d{name}")
        if name.startswith("b"):
            close(gradient, measured, rtol=1e-6, atol=1e-9)
            continue
        data, from_reg = (
            getattr(backward, f"d{name}_{part}") for part in ("data", "reg")
        )
        close(data, measured, rtol=1e-6, atol=1e-9)
        close(from_reg, reg * parameter)
        close(gradient, data + from_reg)


def test_linear_forward_and_backward() -> None:
    reply = trace(TraceRequest(params=LINEAR, X=X, y=Y, reg=0.1))
    forward, backward = reply.forward, reply.backward
    assert isinstance(forward, LinearForward)
    assert isinstance(backward, LinearBackward)
    close(forward.scores, np.einsum("nd,dk->nk", X, LINEAR.W) + LINEAR.b)

    def data_loss(W: np.ndarray, b: np.ndarray) -> float:
        return float(loss_by_hand(X @ W + b, Y)[1].mean())

    measured = slopes(lambda W: data_loss(W, LINEAR.b), LINEAR.W)
    close(backward.dW_data, measured, rtol=1e-6, atol=1e-9)
    close(backward.dW_reg, 0.1 * LINEAR.W)
    close(backward.dW, backward.dW_data + backward.dW_reg)
    close(
        backward.db,
        slopes(lambda b: data_loss(LINEAR.W, b), LINEAR.b),
        rtol=1e-6,
        atol=1e-9,
    )


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("model", ["two-layer", "linear"])
def test_it_is_what_a_step_of_training_does_to_the_last_bit(
    model: Any, dtype: Any
) -> None:
    settings = Settings(model=model, dtype=dtype, learning_rate=0.5)
    begun = initialize(InitializeRequest(settings=settings))
    data = spiral(SpiralRequest(settings=settings))
    reply = trace(
        TraceRequest(params=begun.params, X=data.X, y=data.y, reg=settings.reg)
    )
    assert reply.loss is not None
    assert reply.loss.loss == begun.loss
    assert np.mean(reply.forward.prediction == data.y) == begun.accuracy
    after = train(
        TrainRequest(settings=settings, params=begun.params, step=0, steps=1)
    ).params
    names = ("W", "b") if model == "linear" else ("W1", "b1", "W2", "b2")
    for name in names:
        gradient = getattr(reply.backward, f"d{name}")
        moved = getattr(begun.params, name) - 0.5 * gradient
        assert moved.tobytes() == getattr(after, name).tobytes()


def test_points_on_their_own_give_the_rows_of_the_batch() -> None:
    whole = trace(TraceRequest(params=PARAMS, X=X, y=Y))
    assert isinstance(whole.backward, TwoLayerBackward)
    for i in range(8):
        one = trace(TraceRequest(params=PARAMS, X=X[i : i + 1], y=Y[i : i + 1]))
        close(one.forward.scores, whole.forward.scores[i : i + 1])
        assert isinstance(one.backward, TwoLayerBackward)
        close(one.backward.dscores / 8, whole.backward.dscores[i : i + 1])


def test_ties_are_told_and_the_first_of_them_is_chosen() -> None:
    zero = LinearParams(W=np.zeros((2, 3)), b=np.array([[0.0, 1.0, 1.0]]))
    forward = trace(TraceRequest(params=zero, X=X)).forward
    assert forward.tied.tolist() == [1] * 8
    assert forward.prediction.tolist() == [1] * 8


def test_a_hopeless_point_costs_what_it_should() -> None:
    sure = LinearParams(W=np.zeros((2, 2)), b=np.array([[0.0, 5000.0]]))
    reply = trace(
        TraceRequest(params=sure, X=np.zeros((2, 2)), y=np.array([0, 1], np.int32))
    )
    assert reply.loss is not None
    assert reply.loss.losses.tolist() == [5000.0, 0.0]
    assert not np.signbit(reply.loss.losses).any()


def huge(size: float) -> LinearParams:
    return LinearParams(W=np.full((2, 3), size), b=np.zeros((1, 3)))


@pytest.mark.parametrize(
    ("request_", "array"),
    [
        ({"params": huge(1e308), "X": np.full((1, 2), 100.0)}, "scores"),
        (
            {"params": huge(1e200), "X": np.zeros((1, 2)), "y": np.zeros(1, np.int32)},
            "reg",
        ),
    ],
)
def test_numbers_beyond_a_float_are_refused(
    request_: dict[str, Any], array: str
) -> None:
    with pytest.raises(
        wire.RequestError, match=rf"^params: .*{array}.* float can hold"
    ):
        trace(TraceRequest(**request_))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"X": np.zeros((0, 2))}, "X is 0 x 2; it must be n x D, with n from 1 to"),
        ({"X": np.zeros((5001, 2))}, "X is 5001 x 2; it must be n x D, with n from 1"),
        ({"X": np.zeros((3, 3))}, "X is 3 x 3; it must be n x D, with D = 2."),
        ({"X": np.zeros(2)}, "X has 1 axes; it must have 2."),
        ({"X": np.array([[0, np.nan]])}, "X holds nan; allowed is a number from -100"),
        ({"X": np.array([[0, 101.0]])}, "X holds 101; allowed is a number from -100"),
        ({"X": np.zeros((2, 2), np.int32)}, "X is int32; it must be float64 or"),
        ({"y": np.zeros(7, np.int32)}, "y is 7 of int32; with 8 points it must be 8"),
        ({"y": np.zeros(8)}, "y is 8 of float64; with 8 points it must be 8 of int32."),
        ({"y": np.full(8, 3, np.int32)}, "y holds 3; allowed is a number from 0 to 2."),
        ({"y": np.full(8, -1, np.int32)}, "y holds -1; allowed is a number from 0 to"),
        ({"reg": 11.0}, "reg is 11.0; allowed is a number from 0 to 10."),
    ],
)
def test_what_is_out_of_bounds_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    request = {"params": PARAMS, "X": X, "y": Y} | wrong
    with pytest.raises(ValueError, match=r".") as caught:
        wire.decode(unchecked(request), TraceRequest)
    assert str(caught.value).startswith(sentence)


def unchecked(request: dict[str, Any]) -> bytes:
    """Encode a request that the type would refuse."""
    return msgspec.msgpack.encode(request, enc_hook=wire.array_to_wire)


def test_a_trace_of_many_points_and_many_units_is_refused() -> None:
    params = initialize(InitializeRequest(settings=Settings(hidden=500))).params
    with pytest.raises(ValueError, match="X has 301 points; with 500 hidden units at"):
        TraceRequest(params=params, X=np.zeros((301, 2)))
    TraceRequest(params=params, X=np.zeros((300, 2)))


@settings(deadline=None)
@given(
    arrays(np.float64, (3, 2), elements=st.floats(-100, 100)),
    arrays(np.float64, (2, 4), elements=st.floats(-1e300, 1e300)),
)
def test_whatever_it_is_given_only_finite_numbers_travel(
    X: np.ndarray, W: np.ndarray
) -> None:
    params = LinearParams(W=W, b=np.zeros((1, 4)))
    try:
        reply = trace(TraceRequest(params=params, X=X, y=np.zeros(3, np.int32)))
    except wire.RequestError:
        return
    again = wire.decode(wire.encode(reply), TraceReply)
    assert again.loss is not None
    assert np.isfinite([again.loss.loss, *again.loss.losses]).all()
    assert again.backward is not None
    for part in (again.forward, again.backward):
        for name in part.__struct_fields__:
            assert np.isfinite(getattr(part, name)).all()
