"""Several calls in one request are answered as each would be by itself."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from unspiral.apps.server.application import application
from unspiral.lab import wire
from unspiral.lab.messages import InitializeRequest, Settings, SpiralRequest

MSGPACK = {"Content-Type": "application/msgpack"}
SPIRAL = SpiralRequest(settings=Settings(seed=3))
NO_POINTS = SpiralRequest(settings=Settings(points=0))  # only decoding minds bounds
START = InitializeRequest(settings=Settings(hidden=7))


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(application(), base_url="http://localhost") as client:
        yield client


def batch(
    client: TestClient, *calls: tuple[str, Any]
) -> list[tuple[bool, bytes | str]]:
    body = msgspec.msgpack.encode(
        [(name, msgspec.Raw(wire.encode(request))) for name, request in calls]
    )
    response = client.post("/api/batch", content=body, headers=MSGPACK)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/msgpack"
    pairs = msgspec.msgpack.decode(
        response.content, type=list[tuple[bool, msgspec.Raw]]
    )
    return [
        (ok, bytes(said) if ok else msgspec.msgpack.decode(said)) for ok, said in pairs
    ]


def single(client: TestClient, name: str, request: msgspec.Struct) -> bytes:
    response = client.post(
        f"/api/{name}", content=wire.encode(request), headers=MSGPACK
    )
    assert response.status_code == 200
    return response.content


def test_each_reply_is_the_one_to_a_single_call(client: TestClient) -> None:
    calls = [("spiral", SPIRAL), ("initialize", START), ("spiral", SPIRAL)]
    assert batch(client, *calls) == [(True, single(client, *call)) for call in calls]
    assert batch(client) == []


def test_one_that_is_refused_stops_no_other(client: TestClient) -> None:
    unknown, refused, taken = batch(
        client, ("nope", SPIRAL), ("spiral", NO_POINTS), ("spiral", SPIRAL)
    )
    assert unknown[0] is refused[0] is False
    assert str(unknown[1]).startswith("The lab has no 'nope'; it has spiral, ")
    assert (
        refused[1] == "settings.points is 0; allowed is a whole number from 1 to 500."
    )
    assert taken == (True, single(client, "spiral", SPIRAL))


def test_a_batch_holds_no_batch(client: TestClient) -> None:
    [(ok, sentence)] = batch(client, ("batch", SPIRAL))
    assert not ok
    assert str(sentence).startswith("The lab has no 'batch'")


@pytest.mark.parametrize(
    "calls",
    [
        7,
        {"spiral": {}},
        [7],
        [["spiral"]],
        [["spiral", {}, 1]],
        [[1, {}]],
        [["spiral", {}]] * 17,
    ],
)
def test_what_is_no_list_of_calls_is_refused(client: TestClient, calls: Any) -> None:
    body = msgspec.msgpack.encode(calls)
    response = client.post("/api/batch", content=body, headers=MSGPACK)
    assert response.status_code == 422
    assert response.text.endswith(".")
    assert "allowed is" in response.text


def test_bytes_cut_short_are_bad(client: TestClient) -> None:
    body = msgspec.msgpack.encode([["spiral", msgspec.Raw(wire.encode(SPIRAL))]])
    for length in range(len(body)):
        response = client.post("/api/batch", content=body[:length], headers=MSGPACK)
        assert response.status_code == 400
