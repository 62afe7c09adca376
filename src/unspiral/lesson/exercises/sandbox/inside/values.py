"""Values as bytes, and back: nothing is pickled, nothing is evaluated.

Each value is one letter, which says what it is, and what belongs to it:

====  ====================================================================
N     None
T F   True, False
i     an integer: its length in bytes, and these
f c   a float, a complex number
s     text: its length in UTF-8, and this
a     an array: its dtype, the number of dimensions, each of them, the data
g     a NumPy scalar: as an array without dimensions
t l   a tuple, a list: how many things, and these
d     a dict: how many entries, and key and value of each
r     an `Rng`: its seed
o     an `Other`: its type's name
====  ====================================================================

Numbers have a fixed width and are little-endian, and an array's data is in C order.
"""

import math
import struct
from dataclasses import dataclass
from typing import Any, TypeAlias, Union

import numpy as np

BYTES = 16 * 2**20
"""The most that one message may have."""
THINGS = 50_000
"""So many values one message may hold, counting those within others."""
DEPTH = 20
"""So deep may tuples, lists and dicts lie in each other."""
DIGITS = 1000
"""The most bits of an integer."""
DIMENSIONS = 32

DTYPES = {"|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8"} | {
    *("<f2", "<f4", "<f8", "<c8", "<c16")
}
# Of two C types of one width NumPy makes two scalar types: "l" and "q".
SCALARS = {np.dtype(letter).type for letter in "?bBhHiIlLqQefdFD"}
SPECIAL_DTYPES = {
    "O": "object",
    "U": "text",
    "S": "bytes",
    "M": "dates",
    "V": "records",
}


@dataclass(frozen=True)
class Rng:
    """Stands for ``np.random.default_rng(seed)``, which is made inside.

    It is an argument itself: within a tuple, a list or a dict it stays as it is.
    """

    seed: int
    """0 or more."""

    def __post_init__(self) -> None:
        """Check the seed."""
        if self.seed < 0:
            raise ValueError(f"a seed is 0 or more, not {self.seed}")


@dataclass(frozen=True)
class Other:
    """Stands for something that is not a `Value`, and so was left behind."""

    type_name: str
    """Its class, such as ``"generator"``; with what is unusual about it if the class
    does not say it, such as ``"ndarray of dtype object"``."""


Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Value: TypeAlias = Union[
    bool,
    int,
    float,
    complex,
    str,
    np.generic,
    Array,
    Rng,
    Other,
    "tuple[Value, ...]",
    "list[Value]",
    "dict[str, Value]",
    None,
]
Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: ``("value", 1)`` is the second thing of a returned tuple,
``("args", 0, "W1")`` is the entry `W1` of the first argument, a dict."""


class TooLargeError(Exception):
    """A value is too much for one message."""


class GarbledError(Exception):
    """Bytes that no `Writer` wrote."""


class Writer:
    """Turns values into bytes, without ever calling a method that they define.

    What a value is, only its type says: `__class__`, `__len__`, `__array__`, `__iter__`
    may lie.
    """

    def __init__(self) -> None:
        self.bytes = bytearray()
        self.things = 0
        self.arrays: list[tuple[Path, Array]] = []
        """All arrays so far, and where they are."""
        self.others: list[Path] = []
        """Where something was left behind."""

    def write(self, value: Any, path: Path = (), depth: int = 0) -> None:
        """Add a value."""
        self.things += 1
        if self.things > THINGS:
            raise TooLargeError(f"more than {THINGS:,} things")
        if depth > DEPTH:
            raise TooLargeError(f"lists within lists, more than {DEPTH} deep")

        kind = type(value)
        if value is None:
            self.add(b"N")
        elif kind is bool:
            self.add(b"T" if value else b"F")
        elif kind is int and value.bit_length() <= DIGITS:
            number = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
            self.add(b"i", struct.pack("<B", len(number)), number)
        elif kind is float:
            self.add(b"f", struct.pack("<d", value))
        elif kind is complex:
            self.add(b"c", struct.pack("<dd", value.real, value.imag))
        elif kind is str:
            self.text(b"s", value)
        elif kind is np.ndarray and self.can_send(value):
            self.arrays.append((path, value))
            self.array(b"a", value)
        elif kind in SCALARS:
            self.array(b"g", value)
        elif kind is Rng:
            self.add(b"r")
            self.write(value.seed, path, depth + 1)
        elif issubclass(kind, tuple):  # a NamedTuple too
            self.several(b"t", list(tuple.__iter__(value)), path, depth)
        elif issubclass(kind, list):
            self.several(b"l", list(list.__iter__(value)), path, depth)
        elif issubclass(kind, dict) and all(
            type(key) is str for key in dict.keys(value)
        ):
            self.entries(dict(dict.items(value)), path, depth)
        else:
            self.others.append(path)
            self.text(b"o", value.type_name if kind is Other else unusual(value))

    def add(self, *parts: bytes) -> None:
        """Add bytes, if there is room."""
        if len(self.bytes) + sum(map(len, parts)) > BYTES:
            raise TooLargeError(f"more than {BYTES // 2**20} MB")
        for part in parts:
            self.bytes += part

    def text(self, letter: bytes, text: str) -> None:
        """Add text, which may hold half a surrogate pair."""
        data = text.encode("utf-8", "surrogatepass")
        self.add(letter, struct.pack("<Q", len(data)), data)

    def can_send(self, array: Array) -> bool:
        """Say whether an array holds plain numbers."""
        return array.dtype.str in DTYPES and array.ndim <= DIMENSIONS

    def array(self, letter: bytes, array: Any) -> None:
        """Add an array or a scalar."""
        if array.nbytes > BYTES:  # of a broadcast array: what it would be written out
            raise TooLargeError(f"an array of shape {array.shape}")
        name = array.dtype.str.encode()
        shape = struct.pack(f"<{1 + array.ndim}Q", array.ndim, *array.shape)
        self.add(letter, struct.pack("<B", len(name)), name, shape, array.tobytes())

    def begin(self, count: int) -> None:
        """Add the beginning of a tuple; so many values are to follow."""
        self.things += 1
        self.add(b"t", struct.pack("<Q", count))

    def several(self, letter: bytes, items: list[Any], path: Path, depth: int) -> None:
        """Add the things in a tuple or a list."""
        self.add(letter, struct.pack("<Q", len(items)))
        for index, item in enumerate(items):
            self.write(item, (*path, index), depth + 1)

    def entries(self, entries: dict[str, Any], path: Path, depth: int) -> None:
        """Add the entries of a dict."""
        self.add(b"d", struct.pack("<Q", len(entries)))
        for key, item in entries.items():
            self.text(b"s", key)
            self.write(item, (*path, key), depth + 1)


def type_name(kind: type) -> str:
    """Name a class."""
    # Not kind.__name__: a metaclass may have another idea of it.
    name: str = type.__dict__["__name__"].__get__(kind)
    return name[:100]


def unusual(value: object) -> str:
    """Name the type of a value that cannot be sent, and what is unusual about it."""
    kind = type(value)
    name = type_name(kind)
    if kind is np.ndarray:
        dtype = value.dtype  # type: ignore[attr-defined]
        return f"{name} of dtype {SPECIAL_DTYPES.get(dtype.kind, dtype.str)}"
    if kind is int:
        return "int of hundreds of digits"
    if issubclass(kind, dict):
        return f"{name} with keys that are not text"
    return name


class Reader:
    """Turns bytes into values, and trusts none of them."""

    def __init__(self, data: bytes) -> None:
        self.data = memoryview(data)
        self.place = 0
        self.things = 0

    def read(self, depth: int = 0) -> Value:
        """Take the next value."""
        self.things += 1
        if self.things > THINGS or depth > DEPTH:
            raise GarbledError("too many values")

        match bytes(self.take(1)):
            case b"N":
                return None
            case b"T":
                return True
            case b"F":
                return False
            case b"i":
                return int.from_bytes(self.take(self.small()), "little", signed=True)
            case b"f":
                return float(struct.unpack("<d", self.take(8))[0])
            case b"c":
                return complex(*struct.unpack("<dd", self.take(16)))
            case b"s":
                return self.text()
            case b"a":
                return self.array()
            case b"g":
                array = self.array()
                if array.ndim:
                    raise GarbledError("a scalar with dimensions")
                return array.flat[0]
            case b"t":
                return tuple(self.several(depth))
            case b"l":
                return self.several(depth)
            case b"d":
                return self.entries(depth)
            case b"r":
                seed = self.read(depth + 1)
                if type(seed) is not int or seed < 0:
                    raise GarbledError("a seed is an integer, 0 or more")
                return Rng(seed)
            case b"o":
                return Other(self.text())
            case letter:
                raise GarbledError(f"unknown letter {letter!r}")

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self.place != len(self.data):
            raise GarbledError("bytes after the end")

    def take(self, count: int) -> memoryview:
        """Take so many bytes."""
        if count > len(self.data) - self.place:
            raise GarbledError("bytes are missing")
        self.place += count
        return self.data[self.place - count : self.place]

    def small(self) -> int:
        """Take a length below 256."""
        return self.take(1)[0]

    def large(self) -> int:
        """Take any other length."""
        return int.from_bytes(self.take(8), "little")

    def text(self) -> str:
        """Take text."""
        try:
            return str(self.take(self.large()), "utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise GarbledError("text that is not UTF-8") from error

    def array(self) -> Array:
        """Take an array; it gets memory of its own and can be written to."""
        name = bytes(self.take(self.small())).decode("latin-1")
        ndim = self.large()
        if name not in DTYPES or ndim > DIMENSIONS:
            raise GarbledError("no such array")
        dtype = np.dtype(name)
        shape = [self.large() for _ in range(ndim)]
        data = self.take(math.prod(shape) * dtype.itemsize)
        try:
            array = np.frombuffer(data, dtype).reshape(shape)
        except (ValueError, OverflowError) as error:  # (0, 2**63): no data, no array
            raise GarbledError("no such shape") from error
        # Of a bool NumPy expects the bytes 0 and 1, and other bytes do harm.
        return array.view("u1").astype(bool) if name == "|b1" else array.copy()

    def several(self, depth: int) -> list[Value]:
        """Take the things in a tuple or a list."""
        return [self.read(depth + 1) for _ in range(self.count())]

    def entries(self, depth: int) -> dict[str, Value]:
        """Take the entries of a dict."""
        entries = {}
        for _ in range(self.count()):
            key = self.read(depth + 1)
            if type(key) is not str:
                raise GarbledError("a key that is not text")
            entries[key] = self.read(depth + 1)
        return entries

    def count(self) -> int:
        """Take how many things follow: each has at least one byte."""
        count = self.large()
        if count > len(self.data) - self.place:
            raise GarbledError("things are missing")
        return count


def pack(value: Value) -> bytes:
    """Turn a value into bytes."""
    writer = Writer()
    writer.write(value)
    return bytes(writer.bytes)


def unpack(data: bytes) -> Value:
    """Turn bytes into the one value that they hold."""
    reader = Reader(data)
    value = reader.read()
    reader.end()
    return value
