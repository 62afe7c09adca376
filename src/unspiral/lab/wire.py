"""How messages travel: MessagePack, and a sentence for each one that is refused.

An array is a map of its `dtype`, its `shape` and its little-endian bytes, `data`.
"""

import math
import re
import reprlib
from typing import Any, TypeVar

import msgspec
import numpy as np

T = TypeVar("T")

DTYPES = ("float64", "float32", "int32")
MOST_AXES = 4
MOST_ENTRIES = 10_000
"""Along one axis of an array."""


class RequestError(ValueError):
    """A message that cannot be taken. Its text is one sentence for the sender."""


class UnreadableError(RequestError):
    """Bytes that are no MessagePack at all."""


def encode(message: msgspec.Struct) -> bytes:
    """Turn a message into bytes."""
    return msgspec.msgpack.encode(message, enc_hook=array_to_wire)


def decode(body: bytes, kind: type[T]) -> T:
    """Turn bytes into a message.

    Raises
    ------
    RequestError
        When a field is missing, unknown or out of its bounds.
    UnreadableError
        When the bytes are not MessagePack.
    """
    try:
        return msgspec.msgpack.decode(body, type=kind, dec_hook=array_from_wire)
    except msgspec.ValidationError as error:
        raise RequestError(sentence(error, contents(body), kind)) from error
    except UNREADABLE as error:
        raise UnreadableError(f"The body is not MessagePack: {error}.") from error


UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def contents(body: bytes) -> Any:
    """Return what a body holds, whatever it should be."""
    try:
        return msgspec.msgpack.decode(body)
    except UNREADABLE as error:
        raise UnreadableError(f"The body is not MessagePack: {error}.") from error


def array_to_wire(array: Any) -> dict[str, Any]:
    """Take an array apart."""
    if not isinstance(array, np.ndarray):
        raise NotImplementedError(f"{type(array).__name__} cannot travel")
    little_endian = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return {
        "dtype": array.dtype.name,
        "shape": array.shape,
        "data": little_endian.tobytes(),
    }


def array_from_wire(_: type, parts: Any) -> np.ndarray:
    """Put an array together, or say in words why that cannot be done."""
    if not isinstance(parts, dict) or set(parts) != {"dtype", "shape", "data"}:
        raise ValueError(f"{shown(parts)} is no map of dtype, shape and data")
    dtype, shape, data = parts["dtype"], parts["shape"], parts["data"]
    if dtype not in DTYPES:
        raise ValueError(f"dtype is {shown(dtype)}; allowed is {', '.join(DTYPES)}")
    if (
        not isinstance(shape, list)
        or not 1 <= len(shape) <= MOST_AXES
        or not all(type(n) is int and 0 <= n <= MOST_ENTRIES for n in shape)
    ):
        raise ValueError(
            f"shape is {shown(shape)}; allowed is a list of 1 to {MOST_AXES} lengths, "
            f"each from 0 to {MOST_ENTRIES}"
        )
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if not isinstance(data, bytes) or len(data) != size:
        given = f"{len(data)} bytes" if isinstance(data, bytes) else shown(data)
        raise ValueError(f"data is {given}; {shape} of {dtype} takes {size} bytes")
    array = np.frombuffer(data, np.dtype(dtype).newbyteorder("<")).reshape(shape)
    return array.astype(dtype, copy=False)


PLACE = re.compile(r"(.*?)(?: - at (?:`key` in )?`\$\.?([^`]*)`)?", re.DOTALL)
"""What msgspec says is wrong, and the path to where."""


def sentence(error: msgspec.ValidationError, message: Any, kind: type) -> str:
    """Say which field is wrong, what it is, and what is allowed."""
    match = PLACE.fullmatch(str(error))
    what, path = match.groups(default="") if match else (str(error), "")
    if isinstance(error.__cause__, ValueError):  # one of our own
        return f"{path}: {error.__cause__}." if path else f"{error.__cause__}."

    expected: Any = msgspec.inspect.type_info(kind)
    for name in filter(None, path.split(".")):
        expected = type_of_field(expected, name, message)
        message = message.get(name) if isinstance(message, dict) else None
    if what.startswith("Object "):
        _, field, *_ = what.split("`")
        where = f"{path}.{field}" if path else field
        if "missing" in what:
            field_type = type_of_field(expected, field, message)
            return f"{where} is missing; allowed is {allowed(field_type)}."
        return f"{shown(where)} is unknown; allowed is {allowed(expected)}."
    return (
        f"{path or 'The message'} is {shown(message)}; allowed is {allowed(expected)}."
    )


def type_of_field(kind: Any, name: str, message: Any) -> Any:
    """Return the type of one field of a message type, or of several told apart by tag.

    `message` is what was sent for them, right or wrong.
    """
    structs = [s for s in getattr(kind, "types", [kind]) if hasattr(s, "fields")]
    tags = [struct.tag for struct in structs if struct.tag_field == name]
    if tags:
        return msgspec.inspect.LiteralType(tuple(tags))
    for struct in structs:
        sent = message.get(struct.tag_field) if isinstance(message, dict) else None
        for field in struct.fields:
            if field.name == name and struct.tag in (None, sent):
                return field.type
    return None


def allowed(kind: Any) -> str:
    """Say in words what a field may hold."""
    match kind:
        case msgspec.inspect.UnionType(types=types):
            return " or ".join(allowed(member) for member in types)
        case msgspec.inspect.IntType(ge=low, le=high):
            return f"a whole number from {low} to {high}"
        case msgspec.inspect.FloatType(gt=None, ge=low, le=high):
            return f"a number from {low:g} to {high:g}"
        case msgspec.inspect.FloatType(gt=low, le=high):
            return f"a number above {low:g} and up to {high:g}"
        case msgspec.inspect.LiteralType(values=values):
            return " or ".join(repr(value) for value in values)
        case msgspec.inspect.StrType(max_length=int(most)):
            return f"a text of up to {most:,} characters"
        case msgspec.inspect.NoneType():
            return "nothing"
        case msgspec.inspect.CustomType():
            return "a map of dtype, shape and data"
        case msgspec.inspect.StructType(fields=fields, tag_field=tag_field):
            names = [tag_field] if tag_field else []
            return f"a map of {', '.join(names + [field.name for field in fields])}"
    return "another value"


def shown(value: Any) -> str:
    """Return a value as text, cut short when it is long."""
    text = reprlib.repr(value)  # reads only the first few items of long values
    return text if len(text) <= 60 else f"{text[:57]}..."
