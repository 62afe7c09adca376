"""Code from a page is run for that page alone, and the server goes on meanwhile."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import msgspec
import numpy as np
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
from unspiral.lab.messages import (
    InitializeRequest,
    Settings,
    SpiralRequest,
    TrainRequest,
    TwoLayerParams,
    network_of,
)
from unspiral.lab.training import initialize
from unspiral.lab.training import train as lab_train
from unspiral.lesson.exercises.exercise import exercise
from unspiral.lesson.exercises.exercise import exercises as exercises_of_lesson
from unspiral.lesson.exercises.network_file import put_together
from unspiral.lesson.exercises.report import Report
from unspiral.lesson.messages import (
    CheckRequest,
    NetworkFile,
    NetworkParts,
    TrainMineReply,
    TrainMineRequest,
)

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


def test_a_function_that_is_still_open_is_not_among_those_of_a_file(
    client: TestClient,
) -> None:
    response = post(client, NetworkFile(source=put_together({})), "take_apart")
    assert msgspec.msgpack.decode(response.content, type=NetworkParts).functions == {}


# --- Training ----------------------------------------------------------------------

SOLVED = put_together({each.function: each.solution for each in exercises_of_lesson()})
SETTINGS = Settings(points=20, hidden=8, init="he", learning_rate=0.5)


def start() -> TwoLayerParams:
    params = initialize(InitializeRequest(settings=SETTINGS)).params
    assert isinstance(params, TwoLayerParams)
    return params


def train(**changes: Any) -> TrainMineRequest:
    asked = TrainMineRequest(
        source=SOLVED, settings=SETTINGS, params=start(), step=0, steps=7
    )
    return msgspec.structs.replace(asked, **changes)


def send(client: TestClient, request: TrainMineRequest) -> Response:
    address = "/api/exercises/train_mine"
    return client.post(address, content=wire.encode(request), headers=HEADERS)


def trained(client: TestClient, request: TrainMineRequest) -> TrainMineReply:
    response = send(client, request)
    assert response.status_code == 200, response.text
    return wire.decode(response.content, TrainMineReply)


def test_the_learners_network_is_trained_as_the_labs_is(client: TestClient) -> None:
    right = lab_train(TrainRequest(settings=SETTINGS, params=start(), step=0, steps=14))
    half = trained(client, train())
    reply = trained(
        client, train(params=half.params, package=half.package, step=half.step)
    )
    assert reply.step == right.step == 14
    assert reply.parted_at is None
    assert reply.sentence.startswith("Your network and the package’s are the same")
    losses = np.concatenate([half.losses, reply.losses])
    package = np.concatenate([half.package_losses, reply.package_losses])
    np.testing.assert_allclose(losses, right.losses)
    np.testing.assert_array_equal(package, right.losses)  # its own run, undisturbed
    accuracies = np.concatenate([half.accuracies, reply.accuracies])
    np.testing.assert_array_equal(accuracies, right.accuracies)
    np.testing.assert_allclose(
        network_of(reply.params).weights()[0], network_of(right.params).weights()[0]
    )
    assert reply.dead_units == right.dead_units


def test_where_it_parts_is_counted_from_the_start_of_the_run(
    client: TestClient,
) -> None:
    wrong = SOLVED.replace("W1 = W1 - step_W1", "W1 = W1 + step_W1")
    reply = trained(client, train(source=wrong, step=40))
    assert reply.parted_at == 40
    assert reply.sentence.startswith("At step 40 your network leaves the package’s.")
    assert "`W1` is wrong in" in reply.sentence


def test_divergence_is_named_as_the_lab_names_it(client: TestClient) -> None:
    settings = msgspec.structs.replace(SETTINGS, learning_rate=1000, reg=10)
    request = TrainRequest(settings=settings, params=start(), step=0, steps=500)
    right = lab_train(request)
    assert right.diverged_at
    reply = trained(client, train(settings=settings, steps=500))
    assert reply.diagnosis
    assert reply.diagnosis.kind == "diverged"
    assert reply.diverged_at is not None
    assert reply.step == reply.diverged_at - 1
    assert np.isfinite(reply.losses).all()
    again = trained(client, train(settings=settings, params=reply.params))
    assert again.step <= 1


def test_a_slow_network_takes_fewer_steps(client: TestClient) -> None:
    slow = SOLVED.replace(
        "out = X @ W1", "__import__('time').sleep(0.2)\n    out = X @ W1"
    )
    assert slow != SOLVED
    reply = trained(client, train(source=slow, steps=100))
    assert 1 <= reply.step < 10
    assert len(reply.losses) == len(reply.package_losses) == reply.step


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("out = X @ W1", "out = X @ V1", "stops with NameError in `forward`, in line"),
        ("def softmax", "def soft", "is not complete without `softmax`."),
        ("out = X @ W1", "while True: pass\n    out = X @ W1", "was still running"),
        ("return hidden, scores", "return scores", "Your network stops with "),
        ("out = X @ W1", "exit()\n    out = X @ W1", "ended the program"),
        ("return W1, b1, W2, b2\n\n\nif", "return W1.T, b1, W2, b2\n\n\nif", "stops"),
        (
            "    return W1, b1, W2, b2\n\n\nif",
            "    return W1 * 1j, b1, W2, b2\n\n\nif",
            "Your ",
        ),
    ],
)
def test_code_that_does_not_run_through_gets_a_sentence(
    client: TestClient, old: str, new: str, sentence: str
) -> None:
    assert old in SOLVED
    response = send(client, train(source=SOLVED.replace(old, new)))
    assert response.status_code == 422
    assert sentence in response.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"steps": 0}, "steps is 0; allowed is a whole number from 1 to 1000."),
        ({"steps": 1001}, "steps is 1001; allowed is"),
        ({"step": -1}, "step is -1; allowed is a whole number from 0"),
        ({"step": "3"}, "step is '3'; allowed is a whole number from 0"),
        ({"source": "#" * 100_001}, "allowed is a text of up to 100,000 characters."),
        ({"source": None}, "source is None; allowed is a text"),
        ({"package": 3}, "package is 3; allowed is a map of"),
        ({"params": {}}, "params.model is missing"),
        ({"seconds": 99}, "'seconds' is unknown"),
        ({"settings": {"model": "linear"}}, "settings.model is linear"),
        ({"settings": {"hidden": 8, "dtype": "float32"}}, "settings.dtype is float32"),
        ({"settings": {"hidden": 9}}, "params are for hidden 8; settings.hidden is 9"),
        ({"settings": {"hidden": 900}}, "settings.hidden is 900; allowed is"),
    ],
)
def test_training_has_bounds(
    client: TestClient, changes: dict[str, Any], sentence: str
) -> None:
    message = msgspec.msgpack.decode(wire.encode(train())) | changes
    response = post(client, message, "train_mine")
    assert response.status_code == 422
    assert sentence in response.text


@pytest.mark.parametrize("field", ["params", "package"])
def test_parameters_have_to_be_finite(client: TestClient, field: str) -> None:
    message = msgspec.msgpack.decode(wire.encode(train()))
    message[field] = msgspec.msgpack.decode(wire.encode(start()))
    message[field]["W1"]["data"] = b"\xff" * len(message[field]["W1"]["data"])
    response = post(client, message, "train_mine")
    assert response.status_code == 422
    assert response.text.startswith(
        "package: params" if field == "package" else "params"
    )
    assert "W1 holds NaN or infinity; allowed are finite numbers" in response.text


# --- Who may ask -------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "secret", TOKEN + "x", "é", TOKEN.upper()])
@pytest.mark.parametrize("operation", ["check", "put_together", "train_mine", "nope"])
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
