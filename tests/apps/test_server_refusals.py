"""Every field of every request, wrong in every way: HTTP answers with the sentence.

The cases are made from the types of the messages, so a new field has its own.
"""

import copy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import pytest
from msgspec import inspect
from starlette.testclient import TestClient

from unspiral.apps.server import application
from unspiral.engines import installed
from unspiral.lab import OPERATIONS, initialize, messages_of, wire
from unspiral.lab.messages import InitializeRequest, Settings
from unspiral.lab.parity import FRAMEWORKS

IDLE = [] if set(FRAMEWORKS) & set(installed()) else ["parity"]
"""Operations that refuse everything here."""

SETTINGS = [
    Settings(hidden=3, points=4, weights_seed=1),
    Settings(model="linear", points=4),
]


def good_values(settings: Settings) -> dict[str, Any]:
    """Return a value for fields of requests, by name; the others have defaults."""
    return {
        "settings": settings,
        "params": initialize(InitializeRequest(settings=settings)).params,
        "step": 5,
        "steps": 2,
        "count": 2,
        "resolution": 3,
        "X": np.ones((4, 2)),
        "y": np.array([0, 1, 2, 0], np.int32),
        "line": np.array([[0.0, 0.0], [1.0, 1.0]]),
        "scores": np.ones((4, 3)),
        "p": np.array([0.5, 1.0]),
    }


def good_messages(kind: Any) -> Iterator[msgspec.Struct]:
    """Make requests that are taken: for each model that they can be about."""
    for settings in SETTINGS:
        values = good_values(settings)
        parts = {
            name: values[name] for name in kind.__struct_fields__ if name in values
        }
        body = msgspec.msgpack.encode(parts, enc_hook=wire.array_to_wire)
        with suppress(wire.RequestError):
            yield wire.decode(body, kind)


GOOD: dict[str, list[msgspec.Struct]] = {
    name: list(good_messages(messages_of(operation)[0]))
    for name, operation in OPERATIONS.items()
}
MISSING = object()
Path = tuple[str, ...]


def plain(message: msgspec.Struct) -> Any:
    """Return a message as maps, lists, numbers and bytes."""
    return msgspec.msgpack.decode(wire.encode(message))


@dataclass(frozen=True)
class Case:
    operation: str
    path: Path
    what: str
    """What is wrong."""
    good: Any
    bad: Any

    def __str__(self) -> str:
        return f"{'.'.join(self.path)}, {self.what}, {wire.shown(self.bad)}"

    def body(self) -> bytes:
        """Put the bad value into the good message."""
        if not self.path:
            return msgspec.msgpack.encode(self.bad)
        message = copy.deepcopy(self.good)
        target = message
        for name in self.path[:-1]:
            target = target[name]
        if self.bad is MISSING:
            del target[self.path[-1]]
        else:
            target[self.path[-1]] = self.bad
        return msgspec.msgpack.encode(message)


def bad_cases() -> Iterator[Case]:
    for name, messages in GOOD.items():
        kind = inspect.type_info(messages_of(OPERATIONS[name])[0])
        for message in messages:
            good = plain(message)
            for path, what, bad in bad_values(kind, good, ()):
                yield Case(name, path, what, good, bad)


def bad_values(kind: Any, good: Any, path: Path) -> Iterator[tuple[Path, str, Any]]:
    """Make values that a type must refuse, and those that its fields must."""
    match kind:
        case inspect.UnionType(types=types):
            if tag_of(good) is not None:
                yield (*path, "model"), "missing", MISSING
            for member in types:
                if getattr(member, "tag", None) in (None, tag_of(good)):
                    for where, what, bad in bad_values(member, good, path):
                        if not (bad is None and inspect.NoneType() in types):
                            yield where, what, bad
        case inspect.StructType(fields=fields):
            for bad in (None, 3, "text", [], [good]):
                yield path, "no map", bad
            yield path, "number as a key", {1: 2}
            yield (*path, "unknown"), "unknown", 1
            if kind.tag_field is not None:
                for bad in (None, 3, "other", ""):
                    yield (*path, kind.tag_field), "wrong tag", bad
            for field in fields:
                if field.required:
                    yield (*path, field.name), "missing", MISSING
                yield from bad_values(
                    field.type, good.get(field.name), (*path, field.name)
                )
        case inspect.CustomType():
            for what, bad in bad_arrays(good, path):
                yield path, what, bad
        case _:
            for what, bad in bad_scalars(kind):
                yield path, what, bad


def tag_of(message: Any) -> Any:
    return message.get("model") if isinstance(message, dict) else None


def bad_scalars(kind: Any) -> Iterator[tuple[str, Any]]:
    bad: Any
    if isinstance(kind, inspect.NoneType):
        return
    for bad in (None, True, b"bytes", [1], {"a": 1}, float("nan"), float("inf")):
        yield "wrong type", bad
    for bad in ("", "text", "x" * 10_000, "a` - at `$.b`"):
        yield "text", bad
    for bad in (-(2**63), 2**64 - 1, 1e300, -float("inf")):
        yield "huge", bad
    match kind:
        case inspect.IntType(ge=int(low), le=int(high)):
            for bad in (low - 1, high + 1, low + 0.5, float(low), str(low)):
                yield "out of bounds", bad
        case inspect.FloatType(ge=low, gt=above, le=float() | int() as high):
            yield "too large", np.nextafter(high, np.inf).item()
            yield "too small", above if low is None else -5e-324
        case inspect.LiteralType(values=values):
            yield "not quite", str(values[0]).upper()
        case _:
            raise AssertionError(f"no cases for {kind}")


def bad_arrays(good: Any, path: Path) -> Iterator[tuple[str, Any]]:
    bad: Any
    yield "unknown part", {**good, "more": 1}
    for bad in (None, 3, "text", b"bytes", [], [[1.0]], {}, {1: 2}):
        yield "no array", bad
    for part in good:
        yield f"no {part}", {key: good[key] for key in good if key != part}
        for bad in (None, 3, 2.5, True, "text", b"bytes", [], {}, [None], [[]]):
            yield f"wrong {part}", {**good, part: bad}
    for dtype in ("int8", "object", "float16", ">f8", "float64 ", "complex128"):
        yield "wrong dtype", {**good, "dtype": dtype}
    shape, data = good["shape"], good["data"]
    for n in (shape[0] + 1, -1, 10_001, 2**32, 2**63 - 1, float(shape[0])):
        yield "wrong length", {**good, "shape": [n, *shape[1:]]}
    yield "long shape", {**good, "shape": [1] * 100_000}
    for size in (0, 1, len(data) - 1):
        yield "short data", {**good, "data": data[:size]}
    yield "long data", {**good, "data": data + b"\0"}
    array = np.frombuffer(data, good["dtype"]).reshape(shape)
    others = [array[None], array[:0], np.repeat(array, 9_000 // shape[0], axis=0)]
    if array.dtype == np.int32:
        others += [array.astype(np.float64), array - 99]
    else:
        others += [array.astype(np.int32)]
        others += [np.full(shape, bad) for bad in (np.nan, np.inf, -np.inf)]
    if "params" in path:
        others += [
            array.ravel(),
            array.astype(np.float32),
            np.vstack([array, array]),
            np.hstack([array, array]),
        ]
    for other in others:
        yield f"{other.dtype} {other.shape}", plain(Holder(array=other))["array"]


class Holder(msgspec.Struct):
    array: np.ndarray


CASES = list(bad_cases())
MSGPACK = {"Content-Type": "application/msgpack"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(application(), base_url="http://localhost") as client:
        yield client


def test_every_operation_has_cases() -> None:
    for name, operation in OPERATIONS.items():
        assert GOOD[name], name
        kind = inspect.type_info(messages_of(operation)[0])
        for path in paths(kind, ()):
            cases = [c for c in CASES if (c.operation, c.path) == (name, path)]
            assert len(cases) >= 5, (name, path)


def paths(kind: Any, path: Path) -> Iterator[Path]:
    for member in getattr(kind, "types", [kind]):
        if isinstance(member, inspect.StructType):
            for field in member.fields:
                yield (*path, field.name)
                yield from paths(field.type, (*path, field.name))


@pytest.mark.parametrize("name", OPERATIONS)
def test_good_requests_are_taken(client: TestClient, name: str) -> None:
    for message in GOOD[name]:
        response = client.post(
            f"/api/{name}", content=wire.encode(message), headers=MSGPACK
        )
        if name in IDLE:
            assert response.status_code == 422
            assert response.text.startswith("None of PyTorch, JAX and TensorFlow is ")
            continue
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/msgpack"
        if name != "parity":  # it says how long it took
            assert response.content == wire.encode(OPERATIONS[name](message))


@pytest.mark.parametrize("name", OPERATIONS)
def test_bad_requests_are_refused_with_a_sentence(name: str) -> None:
    complaints = {}
    for case in (case for case in CASES if case.operation == name):
        sentence = refusal(case)
        if complaint := complaint_about(sentence, case.path):
            complaints[str(case)] = complaint, sentence
    assert not complaints


def refusal(case: Case) -> str:
    request, _ = messages_of(OPERATIONS[case.operation])
    try:
        wire.decode(case.body(), request)
    except wire.RequestError as error:
        return str(error)
    return "(not refused)"


def complaint_about(sentence: str, path: Path) -> str | None:
    """Say what is wrong with a refusal: it names the field, and what is allowed."""
    if not sentence.endswith(".") or "\n" in sentence or len(sentence) > 400:
        return "no sentence"
    if (path[-1] if path else "The message") not in sentence:
        return "does not name the field"
    if not re.search("allowed|must|takes|is no map of|; settings", sentence):
        return "does not say what is allowed"
    return None


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_page_gets_the_sentence(client: TestClient, name: str) -> None:
    kinds = {(case.path, case.what): case for case in CASES if case.operation == name}
    for case in kinds.values():
        response = client.post(f"/api/{name}", content=case.body(), headers=MSGPACK)
        assert (response.status_code, response.text) == (422, refusal(case))
        assert response.headers["content-type"] == "text/plain; charset=utf-8"

    good = wire.encode(GOOD[name][0])
    response = client.post(f"/api/{name}", content=good, headers=MSGPACK)
    assert response.status_code == (422 if name in IDLE else 200)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_body_cut_short_is_bad(client: TestClient, name: str) -> None:
    for message in GOOD[name]:
        body = wire.encode(message)
        for length in range(0, len(body), len(body) // 30):
            response = client.post(
                f"/api/{name}", content=body[:length], headers=MSGPACK
            )
            assert response.status_code == 400
            assert response.text == (
                "The body is not MessagePack: Input data was truncated."
            )
