"""What all tests share."""

import signal
from collections.abc import Iterator

import jaxtyping
import pytest


@pytest.fixture(scope="session", autouse=True)
def ctrl_c() -> None:
    """Let Ctrl-C stop the processes that tests start.

    A shell has commands in the background ignore it, and so would what they start.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module")
def no_shapes_checked() -> Iterator[None]:
    """Let long runs go at their own speed: four times that with the checks.

    The other tests of core and lab check the shapes at every call.
    """
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", False)
