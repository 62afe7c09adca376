"""Code from a page is run for that page alone, and the server goes on meanwhile."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import msgspec
import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from unspiral.apps.server import application
from unspiral.apps.server.exercises import (
    MOST_AT_ONCE,
    NOT_HERE,
    OLD_PAGE,
    exercises,
)
from unspiral.apps.server.listen import is_loopback
from unspiral.lab import wire
from unspiral.lab.messages import Settings, SpiralRequest
from unspiral.lesson.exercises.exercise import exercise
from unspiral.lesson.exercises.report import Report
from unspiral.lesson.messages import CheckRequest, NetworkFile, NetworkParts

TOKEN = "secret-of-this-page"
HEADERS = {"Content-Type": "application/msgpack", "X-Unspiral-Token": TOKEN}
RIGHT = exercise("softmax").solution
WRONG = """\
import numpy as np


def softmax(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
"""
ENDLESS = """\
def softmax(scores):
    while True:
        pass
"""


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = application(token=TOKEN)
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def post(
    client: TestClient,
    message: Any,
    operation: str = "check",
    headers: dict[str, str] = HEADERS,
) -> Response:
    body = msgspec.msgpack.encode(message)
    address = f"/api/exercises/{operation}"
    return client.post(address, content=body, headers=headers)


def ask(source: str, name: str = "softmax") -> CheckRequest:
    return CheckRequest(exercise=name, source=source)


def report(response: Response) -> Report:
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/msgpack"
    return msgspec.msgpack.decode(response.content, type=Report)


# --- What is answered --------------------------------------------------------------


def test_a_right_function_is_right(client: TestClient) -> None:
    assert report(post(client, ask(RIGHT))).right


def test_the_mistake_in_a_wrong_one_is_named(client: TestClient) -> None:
    answer = report(post(client, ask(WRONG)))
    assert not answer.right
    assert [(mistake.name, mistake.line) for mistake in answer.mistakes] == [
        ("no-max", 5)
    ]


def test_an_unknown_exercise(client: TestClient) -> None:
    response = post(client, ask(RIGHT, "nope"))
    assert response.status_code == 422
    assert response.text.startswith(
        "exercise: there is no exercise 'nope'; there are spiral, affine, "
    )


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"exercise": "softmax"}, "source is missing; allowed is a text of up to"),
        (
            {"exercise": "softmax", "source": "#" * 100_001},
            "allowed is a text of up to 100,000 characters.",
        ),
        ({"exercise": "s" * 101, "source": ""}, "a text of up to 100 characters."),
        ({"exercise": "softmax", "source": "", "seconds": 99}, "'seconds' is unknown"),
        ({"exercise": "softmax", "source": b"x"}, "source is b'x'; allowed is a text"),
    ],
)
def test_what_is_out_of_bounds_is_refused(
    client: TestClient, message: Any, sentence: str
) -> None:
    response = post(client, message)
    assert response.status_code == 422
    assert sentence in response.text


@pytest.mark.parametrize("source", ["", "\0", "def softmax(", "#" * 100_000, "\r"])
def test_any_text_within_bounds_gets_a_report(client: TestClient, source: str) -> None:
    assert not report(post(client, ask(source))).right


def test_what_is_no_text_for_others_gets_a_report(client: TestClient) -> None:
    """Python knows halves of characters, which UTF-8 has no bytes for."""
    for line in ("raise ValueError('\\ud800')", "print('\\ud800')", "return '\\ud800'"):
        source = f"def softmax(scores):\n    {line}\n"
        assert not report(post(client, ask(source))).right


def test_another_operation(client: TestClient) -> None:
    response = post(client, ask(RIGHT), "nope")
    assert response.status_code == 404
    assert response.text == (
        "There is no 'nope'; there is check, put_together, take_apart, train_mine."
    )


def test_only_messagepack_is_read(client: TestClient) -> None:
    address = "/api/exercises/check"
    json = HEADERS | {"Content-Type": "application/json"}
    assert client.post(address, content=b"{}", headers=json).status_code == 415
    assert client.post(address, content=b"\xc1", headers=HEADERS).status_code == 400
    large = client.post(address, content=bytes(2**20 + 1), headers=HEADERS)
    assert large.status_code == 413


def test_a_network_is_put_together_and_taken_apart(client: TestClient) -> None:
    parts = NetworkParts(functions={"softmax": WRONG})
    response = post(client, parts, "put_together")
    assert response.status_code == 200
    file = msgspec.msgpack.decode(response.content, type=NetworkFile)
    assert "np.exp(scores).sum(axis=1, keepdims=True)" in file.source
    assert "def update(" in file.source

    response = post(client, file, "take_apart")
    assert response.status_code == 200
    again = msgspec.msgpack.decode(response.content, type=NetworkParts)
    assert again.functions["softmax"] == WRONG
    assert again.training is None


def test_helpers_that_cannot_be_in_one_file_are_named(client: TestClient) -> None:
    helper = "def helper():\n    return {}\n\n\n"
    functions = {
        "softmax": helper.format(1) + WRONG,
        "affine": helper.format(2) + exercise("affine").template,
    }
    response = post(client, NetworkParts(functions=functions), "put_together")
    assert response.status_code == 422
    assert response.text.startswith("`helper` is one thing in affine and another in")


# --- Who may ask -------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "secret", TOKEN + "x", "é", TOKEN.upper()])
@pytest.mark.parametrize("operation", ["check", "put_together", "nope"])
def test_without_the_token_of_the_page_nothing_is_run(
    client: TestClient, token: str | None, operation: str
) -> None:
    headers = {b"Content-Type": b"application/msgpack"}
    if token is not None:
        headers[b"X-Unspiral-Token"] = token.encode("latin-1")
    address = f"/api/exercises/{operation}"
    response = client.post(
        address, content=msgspec.msgpack.encode(ask(RIGHT)), headers=headers
    )
    assert response.status_code == 403
    assert response.text == OLD_PAGE


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://example.org"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_the_token_does_not_help_other_sites(
    client: TestClient, headers: dict[str, str]
) -> None:
    response = post(client, ask(RIGHT), headers=HEADERS | headers)
    assert response.status_code == 403
    rebound = post(client, ask(RIGHT), headers=HEADERS | {"Host": "example.org"})
    assert rebound.status_code == 421


@pytest.mark.parametrize("path", ["/", "/chapters/5-loss"])
def test_the_pages_carry_the_token(client: TestClient, path: str) -> None:
    note = f'<meta name="unspiral-token" content="{TOKEN}">'
    assert client.get(path).text.count(note) == 1


def test_a_server_that_others_can_reach_runs_no_code() -> None:
    """Such a server has no token, and says so on its pages."""
    client = TestClient(application(token=None), base_url="http://localhost")
    for token in (TOKEN, "", "None"):
        response = post(
            client, ask(RIGHT), headers=HEADERS | {"X-Unspiral-Token": token}
        )
        assert response.status_code == 403
        assert response.text == NOT_HERE
    page = client.get("/chapters/5-loss").text
    assert "unspiral-token" not in page
    assert f'<meta name="unspiral-runs-no-code" content="{NOT_HERE}">' in page


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "::1"])
def test_only_this_machine_reaches_a_loopback_address(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.7", "192.168.1.2"])
def test_others_reach_any_other(address: str) -> None:
    assert not is_loopback(address)


# --- While code runs ---------------------------------------------------------------


def test_the_server_answers_while_a_loop_goes_on_for_ever(client: TestClient) -> None:
    quick = wire.encode(SpiralRequest(settings=Settings(points=1)))
    with ThreadPoolExecutor(2) as pool:
        loops = [pool.submit(post, client, ask(ENDLESS)) for _ in range(2)]
        time.sleep(0.5)
        for _ in range(5):
            answer = client.post("/api/spiral", content=quick, headers=HEADERS)
            assert answer.status_code == 200
        assert not any(loop.done() for loop in loops)
        for loop in loops:
            stopped = report(loop.result()).stopped
            assert stopped is not None
            assert stopped.reason == "time"
            assert stopped.line in (2, 3)


def test_so_many_are_checked_at_once_and_no_more() -> None:
    lock, running, most = Lock(), 0, 0

    def check(request: CheckRequest) -> Report:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.1)
        with lock:
            running -= 1
        return Report(exercise=request.exercise, right=True, sentence="Right.")

    endpoint = exercises(TOKEN, {"check": check})
    route = Route("/api/exercises/{operation}", endpoint, methods=["POST"])
    app = Starlette(routes=[route])
    with TestClient(app) as client, ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: post(client, ask(RIGHT)), range(6)))
    assert all(report(answer).right for answer in answers)
    assert most == MOST_AT_ONCE
