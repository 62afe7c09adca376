"""Messages travel unchanged; what is no message is refused with a sentence."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from msgspec import inspect

from unspiral.lab import OPERATIONS, initialize, messages_of, wire
from unspiral.lab.messages import (
    LENGTHS,
    DecisionMapRequest,
    InitializeRequest,
    LinearParams,
    MomentsRequest,
    Settings,
    SpiralRequest,
    TrainRequest,
    TwoLayerParams,
)

any_array = st.sampled_from([np.float64, np.float32, np.int32]).flatmap(
    lambda dtype: arrays(dtype, array_shapes(max_dims=4, min_side=0, max_side=5))
)


class Holder(msgspec.Struct):
    array: np.ndarray


@given(any_array)
def test_arrays_travel_bit_by_bit(array: np.ndarray) -> None:
    there = wire.decode(wire.encode(Holder(array)), Holder).array
    assert (there.dtype, there.shape) == (array.dtype, array.shape)
    assert there.tobytes() == array.tobytes()


def test_arrays_travel_row_by_row_and_little_endian_whatever_they_are_here() -> None:
    big_endian = np.arange(6, dtype=">f8").reshape(2, 3)
    for array in (big_endian, np.asfortranarray(big_endian), big_endian[:, ::-1]):
        sent = msgspec.msgpack.decode(wire.encode(Holder(array)))["array"]
        assert sent == {
            "dtype": "float64",
            "shape": list(array.shape),
            "data": array.astype("<f8").tobytes(),
        }


def type_strategy(kind: inspect.Type) -> st.SearchStrategy[Any]:
    """Draw values within the bounds of a field."""
    match kind:
        case inspect.IntType(ge=int(low), le=int(high)):
            return st.integers(low, high)
        case inspect.FloatType(ge=low, gt=above, le=high):
            least = above if low is None else low
            return st.floats(least, high, exclude_min=low is None)
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.NoneType():
            return st.none()
        case inspect.UnionType(types=types):
            return st.one_of([type_strategy(member) for member in types])
    raise AssertionError(f"a setting without bounds: {kind}")


def all_settings() -> st.SearchStrategy[Settings]:
    kind = inspect.type_info(Settings)
    assert isinstance(kind, inspect.StructType)
    return st.builds(
        Settings, **{field.name: type_strategy(field.type) for field in kind.fields}
    )


@given(all_settings())
def test_settings_travel_unchanged(settings: Settings) -> None:
    there = wire.decode(
        wire.encode(InitializeRequest(settings=settings)), InitializeRequest
    )
    assert msgspec.structs.asdict(there.settings) == msgspec.structs.asdict(settings)


def test_defaults_need_not_be_sent() -> None:
    request = wire.decode(msgspec.msgpack.encode({"settings": {}}), SpiralRequest)
    assert msgspec.structs.asdict(request.settings) == msgspec.structs.asdict(
        Settings()
    )


def test_lengths_of_parameters_are_those_of_the_settings() -> None:
    kind = inspect.type_info(Settings)
    assert isinstance(kind, inspect.StructType)
    types = {field.name: field.type for field in kind.fields}
    for axis, name in (("h", "hidden"), ("K", "classes")):
        setting = types[name]
        assert isinstance(setting, inspect.IntType)
        assert LENGTHS[axis] == (setting.ge, setting.le)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
def test_every_field_of_a_request_has_bounds(operation: Any) -> None:
    def check(kind: inspect.Type) -> None:
        match kind:
            case inspect.StructType(fields=fields):
                assert kind.forbid_unknown_fields
                for field in fields:
                    check(field.type)
            case inspect.UnionType(types=types):
                for member in types:
                    check(member)
            case inspect.IntType(ge=low, le=high) | inspect.FloatType(ge=low, le=high):
                assert high is not None
                assert low is not None or getattr(kind, "gt", None) is not None
            case _:
                assert isinstance(
                    kind, inspect.LiteralType | inspect.NoneType | inspect.CustomType
                )

    request, _ = messages_of(operation)
    check(inspect.type_info(request))


# --- Sentences, word for word ------------------------------------------------------

SETTINGS = (
    "a map of points, classes, noise, seed, model, hidden, init, weights_seed, dtype, "
    "learning_rate, reg, engine"
)
PARAMS = "a map of model, W, b or a map of model, W1, b1, W2, b2"


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (3, "The message is 3; allowed is a map of settings."),
        ([], "The message is []; allowed is a map of settings."),
        ({}, f"settings is missing; allowed is {SETTINGS}."),
        ({1: 2}, "The message is {1: 2}; allowed is a map of settings."),
        ({"settings": None}, f"settings is None; allowed is {SETTINGS}."),
        (
            {"settings": {}, "extra": 1},
            "'extra' is unknown; allowed is a map of settings.",
        ),
        (
            {"settings": {"extra": 1}},
            f"'settings.extra' is unknown; allowed is {SETTINGS}.",
        ),
        (
            {"settings": {"points": 0}},
            "settings.points is 0; allowed is a whole number from 1 to 500.",
        ),
        (
            {"settings": {"points": 1.5}},
            "settings.points is 1.5; allowed is a whole number from 1 to 500.",
        ),
        (
            {"settings": {"noise": float("nan")}},
            "settings.noise is nan; allowed is a number from 0 to 2.",
        ),
        (
            {"settings": {"learning_rate": 0}},
            "settings.learning_rate is 0; allowed is a number above 0 and up to 1000.",
        ),
        (
            {"settings": {"init": "big"}},
            "settings.init is 'big'; allowed is 'he' or 'small'.",
        ),
        (
            {"settings": {"weights_seed": -1}},
            "settings.weights_seed is -1; allowed is a whole number from 0 to "
            "4294967295 or nothing.",
        ),
    ],
)
def test_sentences_about_settings(message: Any, sentence: str) -> None:
    with pytest.raises(wire.RequestError) as refusal:
        wire.decode(msgspec.msgpack.encode(message), SpiralRequest)
    assert str(refusal.value) == sentence


def an_array(dtype: str = "float64", shape: Any = (2, 3), data: Any = None) -> Any:
    if data is None:
        data = np.ones(shape, dtype).tobytes()
    return {"dtype": dtype, "shape": shape, "data": data}


def linear(W: Any, b: Any = None) -> dict[str, Any]:
    return {"model": "linear", "W": W, "b": b or an_array(shape=(1, 3))}


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        (3, f"params is 3; allowed is {PARAMS}."),
        ({}, "params.model is missing; allowed is 'linear' or 'two-layer'."),
        (
            {"model": "q"},
            "params.model is 'q'; allowed is 'linear' or 'two-layer'.",
        ),
        (
            {"model": "linear"},
            "params.W is missing; allowed is a map of dtype, shape and data.",
        ),
        (linear([1, 2]), "params.W: [1, 2] is no map of dtype, shape and data."),
        (
            linear(an_array() | {"dtype": "object"}),
            "params.W: dtype is 'object'; allowed is float64, float32, int32.",
        ),
        (
            linear(an_array() | {"shape": [2, 3.0]}),
            "params.W: shape is [2, 3.0]; allowed is a list of 1 to 4 lengths, each "
            "from 0 to 10000.",
        ),
        (
            linear(an_array(data=b"short")),
            "params.W: data is 5 bytes; [2, 3] of float64 takes 48 bytes.",
        ),
        (
            linear(an_array(data="text")),
            "params.W: data is 'text'; [2, 3] of float64 takes 48 bytes.",
        ),
        (
            linear(an_array(shape=(2, 3, 1))),
            "params: W has 3 axes; it must have 2.",
        ),
        (
            linear(an_array(shape=(2, 11))),
            "params: W is 2 x 11; it must be D x K, with K from 2 to 10.",
        ),
        (
            linear(an_array(shape=(3, 3))),
            "params: W is 3 x 3; it must be D x K, with D = 2.",
        ),
        (
            linear(an_array(), an_array(shape=(1, 4))),
            "params: b is 1 x 4; it must be 1 x K, with K = 3 as in W.",
        ),
        (
            linear(an_array("int32")),
            "params: W is int32; it must be float64 or float32.",
        ),
        (
            linear(an_array("float32")),
            "params: b is float64; it must be float32, as W is.",
        ),
        (
            linear(an_array(data=np.full((2, 3), np.nan).tobytes())),
            "params.W holds NaN or infinity; allowed are finite numbers.",
        ),
    ],
)
def test_sentences_about_parameters(params: Any, sentence: str) -> None:
    with pytest.raises(wire.RequestError) as refusal:
        wire.decode(msgspec.msgpack.encode({"params": params}), DecisionMapRequest)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            Settings(hidden=5),
            "params are for hidden 4; settings.hidden is 5.",
        ),
        (
            Settings(hidden=4, classes=4),
            "params are for classes 3; settings.classes is 4.",
        ),
        (
            Settings(hidden=4, dtype="float32"),
            "params are for dtype float64; settings.dtype is float32.",
        ),
        (
            Settings(hidden=4, model="linear"),
            "params are for model two-layer; settings.model is linear.",
        ),
    ],
)
def test_sentences_about_parameters_of_other_settings(
    settings: Settings, sentence: str
) -> None:
    start = initialize(InitializeRequest(settings=Settings(hidden=4)))
    message = {"settings": settings, "params": start.params, "step": 0, "steps": 1}
    body = msgspec.msgpack.encode(message, enc_hook=wire.array_to_wire)
    with pytest.raises(wire.RequestError) as refusal:
        wire.decode(body, TrainRequest)
    assert str(refusal.value) == sentence


def test_several_moments_are_no_more_steps_than_one() -> None:
    settings = Settings(hidden=1)
    params = initialize(InitializeRequest(settings=settings)).params
    run: dict[str, Any] = {"settings": settings, "params": params, "step": 0}
    MomentsRequest(**run, steps=250, count=4)
    sentence = "count is 4, of 251 steps each; allowed are 1000 steps in all"
    with pytest.raises(ValueError, match=sentence):
        MomentsRequest(**run, steps=251, count=4)


def test_python_hears_the_same() -> None:
    """Messages made in Python are checked where they can be."""
    with pytest.raises(ValueError, match="W is 3 x 3; it must be D x K, with D = 2"):
        LinearParams(W=np.ones((3, 3)), b=np.ones((1, 3)))
    params = TwoLayerParams(
        W1=np.full((2, 1), np.inf),
        b1=np.ones((1, 1)),
        W2=np.ones((1, 2)),
        b2=np.ones((1, 2)),
    )
    with pytest.raises(ValueError, match=r"params\.W1 holds NaN or infinity"):
        DecisionMapRequest(params=params)


# --- Bytes that are no message -----------------------------------------------------

BODY = wire.encode(
    TrainRequest(
        settings=Settings(hidden=1, classes=2, points=2),
        params=initialize(
            InitializeRequest(settings=Settings(hidden=1, classes=2, points=2))
        ).params,
        step=0,
        steps=1,
    )
)


@pytest.mark.parametrize("length", range(len(BODY)))
def test_a_body_cut_short_is_unreadable(length: int) -> None:
    with pytest.raises(wire.UnreadableError, match=r"is not MessagePack: .*\.$"):
        wire.decode(BODY[:length], TrainRequest)


@pytest.mark.parametrize(
    "body",
    [
        b"\xc1",  # no such type
        BODY + b"\x00",
        b"{}",
        b"\x81\xa8settings" + b"\x91" * 100_000,  # nested too deeply
        b"\x81\xa6params\x83\xa5model\xa6linear\xa1W" + b"\x81" * 100_000,
        b"\x81\xa2\xff\xfe\x01",  # no UTF-8
        b"\x81\xa8settings\x81\xa4init\xa2\xff\xfe",
        b"\x81\xa8settings\xdd\xff\xff\xff\xff",  # a list of 4,294,967,295
        b"\x81\xa6params\x83\xa5model\xa6linear\xa1W\xc6\xff\xff\xff\xff",
        b"\x81\x81\x01\x02\x03",  # a map for a key
    ],
)
def test_other_bytes_are_unreadable(body: bytes) -> None:
    for operation in OPERATIONS.values():
        request, _ = messages_of(operation)
        with pytest.raises(wire.UnreadableError, match="is not MessagePack"):
            wire.decode(body, request)


def test_a_shape_with_many_lengths_is_refused_at_once() -> None:
    params = linear(an_array() | {"shape": [10_000] * 100_000})
    body = msgspec.msgpack.encode({"params": params})
    with pytest.raises(wire.RequestError, match="allowed is a list of 1 to 4 lengths"):
        wire.decode(body, DecisionMapRequest)


messages = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=9)
    | st.binary(max_size=9),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["settings", "params", "model", "W", "dtype", "shape"])
            | st.text(max_size=9)
            | st.integers(0, 9),
            inner,
            max_size=5,
        ),
    ),
)


@given(messages)
def test_any_message_is_taken_or_refused_with_a_sentence(message: Any) -> None:
    body = msgspec.msgpack.encode(message)
    for operation in OPERATIONS.values():
        request, _ = messages_of(operation)
        taken_or_refused(body, request)


@settings(deadline=None)
@given(st.data())
def test_any_changed_bytes_are_taken_or_refused_with_a_sentence(
    data: st.DataObject,
) -> None:
    body = bytearray(BODY)
    for _ in range(data.draw(st.integers(1, 3))):
        position = data.draw(st.integers(0, len(body) - 1))
        body[position] = data.draw(st.integers(0, 255))
    taken_or_refused(bytes(body), TrainRequest)


def taken_or_refused(body: bytes, kind: type) -> None:
    try:
        wire.decode(body, kind)
    except wire.RequestError as refusal:
        sentence = str(refusal)
        assert sentence.endswith(".")
        assert len(sentence) < 400
