import signal

import pytest


@pytest.fixture(scope="session", autouse=True)
def ctrl_c() -> None:
    """Let Ctrl-C stop the processes that tests start.

    A shell has commands in the background ignore it, and so would what they start.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
