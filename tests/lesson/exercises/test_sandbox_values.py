"""Values as bytes: all come back as they were, and no bytes do harm."""

import math
import struct
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from unspiral.lesson.exercises.sandbox import Call, Ended, Raised, Returned, Rng
from unspiral.lesson.exercises.sandbox.inside.values import (
    BYTES,
    GarbledError,
    Other,
    TooLargeError,
    Value,
    pack,
    unpack,
)
from unspiral.lesson.exercises.sandbox.replies import outcome

plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**999), 2**999)
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters())
    | st.builds(Rng, st.integers(0, 2**64))
    | st.builds(Other, st.text(max_size=50))
)
dtypes = st.sampled_from("?bBhHiIqQefdFD").map(np.dtype)
shapes = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
values = st.recursive(
    plain | arrays.arrays(dtypes, shapes) | dtypes.flatmap(arrays.from_dtype),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=10,
)


def same(a: Any, b: Any) -> bool:
    """Say whether two values are the same, types and not-a-numbers included."""
    if isinstance(a, np.generic) and isinstance(b, np.generic):
        return a.dtype == b.dtype and a.tobytes() == b.tobytes()
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(map(same, a.values(), b.values()))
    return repr(a) == repr(b)


@given(values)
def test_a_value_comes_back(value: Value) -> None:
    assert same(unpack(pack(value)), value)


def test_half_a_surrogate_pair_comes_back() -> None:
    assert unpack(pack("\ud800")) == "\ud800"


@given(arrays.arrays(np.dtype("<f8"), (3, 4)))
def test_whatever_the_order_in_memory(a: np.ndarray[Any, Any]) -> None:
    for view in [
        a.T,
        a[::-1, ::2],
        np.asfortranarray(a),
        np.broadcast_to(a, (2, 3, 4)),
    ]:
        assert same(unpack(pack(view)), np.ascontiguousarray(view))


def test_an_array_that_came_can_be_written_to() -> None:
    array = unpack(pack(np.zeros(3)))
    assert isinstance(array, np.ndarray)
    array += 1


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_garbled(data: bytes) -> None:
    with suppress(GarbledError):
        unpack(data)


@given(values, st.data())
def test_a_changed_message_is_a_value_or_garbled(value: Value, data: Any) -> None:
    message = bytearray(pack(value))
    place = data.draw(st.integers(0, len(message) - 1))
    message[place] = data.draw(st.integers(0, 255))
    with suppress(GarbledError):
        unpack(bytes(message))


def size(number: int) -> bytes:
    """Write a size as a message has it."""
    return struct.pack("<Q", number)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"?", id="an unknown letter"),
        pytest.param(b"NN", id="two values"),
        pytest.param(b"s" + size(2**63) + b"x", id="text longer than the message"),
        pytest.param(b"s" + size(1) + b"\xff", id="text that is not UTF-8"),
        pytest.param(b"t" + size(2**40), id="a tuple of things that are not there"),
        pytest.param(b"d" + size(1) + b"NN", id="a dict with a key that is not text"),
        pytest.param(b"l" + size(1), id="a list that breaks off"),
        pytest.param((b"l" + size(1)) * 100 + b"N", id="lists, a hundred deep"),
        pytest.param(b"t" + size(10**5) + b"N" * 10**5, id="too many things"),
        pytest.param(b"rT", id="a seed that is no integer"),
        pytest.param(b"ri\x01\xff", id="a seed below zero"),
        pytest.param(b"a\x03|O8" + size(0) + bytes(8), id="an array of objects"),
        pytest.param(b"a\x03<f8" + size(1) + size(2) + bytes(8), id="too little data"),
        pytest.param(b"a\x03<f8" + size(33) + size(1) * 33 + bytes(8), id="dimensions"),
        pytest.param(
            b"a\x03<f8" + size(2) + size(0) + size(2**63), id="an impossible shape"
        ),
        pytest.param(
            b"a\x03<f8" + size(2) + size(2**32) * 2, id="a shape of 2**64 elements"
        ),
        pytest.param(b"g\x03<f8" + size(1) + size(0), id="a scalar with dimensions"),
    ],
)
def test_garbled(message: bytes) -> None:
    with pytest.raises(GarbledError):
        unpack(message)


def test_a_bool_is_0_or_1_whatever_its_byte() -> None:
    array = unpack(b"a\x03|b1" + size(1) + size(3) + b"\x00\x01\xff")
    assert isinstance(array, np.ndarray)
    assert array.tobytes() == b"\x00\x01\x01"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.zeros(BYTES // 8 + 1), "an array of shape"),
        ("x" * (BYTES + 1), "more than 16 MB"),
        ([None] * 60_000, "more than 50,000 things"),
    ],
)
def test_too_large(value: Value, message: str) -> None:
    with pytest.raises(TooLargeError, match=message):
        pack(value)


def test_as_deep_as_can_be() -> None:
    value: Value = math.pi
    for _ in range(20):
        value = [value]
    assert unpack(pack(value)) == value
    with pytest.raises(TooLargeError, match="more than 20 deep"):
        pack([value])


# --- Replies -----------------------------------------------------------------------


def reply(*parts: Value) -> Any:
    """Read a reply, to a call with one argument, as the parent does."""
    return outcome(pack(parts), Call("f", [0]), ["a", "b"], seconds=2)


def test_a_reply() -> None:
    a = np.ones(2)
    returned = reply("returned", a, (a,), ((("value",), ("args", 0)),), "")
    assert isinstance(returned, Returned)
    assert returned.shared == ((("value",), ("args", 0)),)
    raised = reply("raised", "E", "E", "why", 2, None, False, "")
    assert raised == Raised("E", "E", "why", 2, "b", "", None, False)
    assert isinstance(reply("ended", "exit", None, "", ""), Ended)


@pytest.mark.parametrize("line", [0, 3])
def test_a_line_beside_the_file_has_no_text(line: int) -> None:
    assert reply("raised", "E", "E", "", line, None, False, "").text == ""


@pytest.mark.parametrize(
    "parts",
    [
        (),
        ("returned",),
        ("returned", 1, (), (), ""),  # no argument
        ("returned", 1, (0, 0), (), ""),  # two arguments
        ("returned", 1, (0,), (1,), ""),
        ("returned", 1, (0,), ((("value",), ("args", 0)),), ""),  # no arrays
        ("returned", [1], (0,), ((("value", 5), ("value", 0)),), ""),
        ("returned", [1], (0,), ((("value", -1), ("value", 0)),), ""),
        ("returned", {"a": 1}, (0,), ((("value", "b"), ("value", "a")),), ""),
        ("returned", 1, (0,), (((), ()),), ""),
        ("raised", "E", "E", "why", "2", None, False, ""),
        ("raised", "E", "E", "why", 2**100, None, False, ""),
        ("raised", "E", "E", "why", -5, None, False, ""),
        ("raised", "E", "E", "why", 1, 2**100, False, ""),
        ("missing", 3, ""),
        ("ended", "exit", 2**100, "", ""),
        ("ended", "boredom", None, "", ""),
        ("ended", "exit", None, ""),
        ("unheard of",),
    ],
)
def test_no_reply(parts: tuple[Value, ...]) -> None:
    with pytest.raises(GarbledError):
        reply(*parts)
