"""The browser, the server, and what every page is held to."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from get_chromium import find_chromium
from lesson_process import Lesson
from live_training import LiveTraining
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    expect,
)

FLAGS = [
    "--disable-gpu",  # the same drawing code on every machine
    "--disable-quic",  # our server speaks HTTP/1.1
    "--no-first-run",  # no welcome page
    # Chromium's own traffic, which belongs to no test:
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
if os.geteuid() == 0:
    FLAGS.append("--no-sandbox")  # Chromium's sandbox does not start for root


expect.set_options(timeout=20_000)  # ms; the machine may have other things to do


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    chromium = {"executable_path": find_chromium(), "args": FLAGS}
    return browser_type_launch_args | chromium


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server that all tests share."""
    lesson = Lesson(tmp_path_factory.mktemp("server") / "log.txt")
    lesson.start()
    yield lesson.address
    lesson.stop()


@pytest.fixture(scope="session")
def base_url(server: str) -> str:
    """Let `page.goto("/")` mean that server."""
    return server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Lesson]:
    """Server of one test only, which may kill() it and start() it again."""
    lesson = Lesson(tmp_path / "log.txt")
    lesson.start()
    yield lesson
    lesson.stop()


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What went wrong on a test's pages: the test fails if anything did.

    A test that provokes a problem looks at this list and clears it.
    """
    problems: list[str] = []
    yield problems
    assert problems == []


@pytest.fixture
def new_context(
    problems: list[str], new_context: Callable[..., BrowserContext]
) -> Callable[..., BrowserContext]:
    """Watch every page: `page` and `context` come from here as well."""

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            problems.append(f"console {message.type}: {message.text}")

    def error(error: WebError) -> None:
        problems.append(f"page error: {error.error}")

    def request(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            problems.append(f"request to another origin: {request.url}")

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("console", console)
        context.on("weberror", error)
        context.on("request", request)
        return context

    return watched


@pytest.fixture
def figure(page: Page) -> LiveTraining:
    """The live training figure; it is still to be opened."""
    return LiveTraining(page)
