"""The engines behind the server: they start, and train, while others are answered."""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
import pytest
from lesson_process import Lesson

from unspiral.engines import installed
from unspiral.lab import initialize, train, wire
from unspiral.lab.messages import (
    InitializeReply,
    InitializeRequest,
    ParityReply,
    ParityRequest,
    Settings,
    TrainReply,
    TrainRequest,
)
from unspiral.lab.parity import FRAMEWORKS
from unspiral.lab.parity.verdict import unexplained


@pytest.fixture
def lesson(tmp_path: Path) -> Iterator[Lesson]:
    """A server in which no engine has been used; it is to end without a word."""
    lesson = Lesson(tmp_path / "log.txt")
    lesson.start()
    yield lesson
    lesson.stop()


def post(lesson: Lesson, operation: str, message: msgspec.Struct) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", lesson.port, timeout=300)
    headers = {"Content-Type": "application/msgpack"}
    body = wire.encode(message)
    connection.request("POST", f"/api/{operation}", body, headers)
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    assert response.status == 200, answer.decode()
    return answer


def test_all_engines_start_and_train_at_once(lesson: Lesson) -> None:
    def losses(engine: str) -> np.ndarray:
        settings = msgspec.convert({"engine": engine}, Settings)
        begun = post(lesson, "initialize", InitializeRequest(settings=settings))
        params = wire.decode(begun, InitializeReply).params
        ask = TrainRequest(settings=settings, params=params, step=0, steps=20)
        return wire.decode(post(lesson, "train", ask), TrainReply).losses

    settings = Settings()
    params = initialize(InitializeRequest(settings=settings)).params
    ask = TrainRequest(settings=settings, params=params, step=0, steps=20)
    expected = train(ask).losses
    asked = installed() * 3
    with ThreadPoolExecutor(len(asked)) as pool:
        for found in pool.map(losses, asked):
            np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("engine", installed())
def test_ctrl_c_in_the_middle_of_a_training(lesson: Lesson, engine: str) -> None:
    def ask(settings: Settings, steps: int) -> TrainRequest:
        params = initialize(InitializeRequest(settings=settings)).params
        return TrainRequest(settings=settings, params=params, step=0, steps=steps)

    chosen = {"engine": engine}
    post(lesson, "train", ask(msgspec.convert(chosen, Settings), 1))  # it has started
    largest = {"points": 500, "classes": 10, "hidden": 500}
    long = ask(msgspec.convert(chosen | largest, Settings), 1000)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(post, lesson, "train", long)
        time.sleep(1)
        lesson.stop()  # it is held to a clean end
        assert waiting.exception()
    lesson.start()  # for the fixture, which stops it once more


@pytest.mark.skipif(
    not set(FRAMEWORKS) <= set(installed()),
    reason="PyTorch, JAX or TensorFlow is absent: make test-frameworks",
)
def test_frameworks_are_measured(lesson: Lesson) -> None:
    for dtype in "float64", "float32":
        settings = msgspec.convert({"dtype": dtype}, Settings)
        answer = post(lesson, "parity", ParityRequest(settings=settings, steps=20))
        reply = wire.decode(answer, ParityReply)
        assert reply.missing == ""
        assert list(unexplained(reply)) == []
        assert reply.settings.dtype == dtype
