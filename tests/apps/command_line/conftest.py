import os
import subprocess
import sys
from collections.abc import Callable

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What a process of ours sees: 80 columns, and no wish for colours."""
    ours = {"COLUMNS": "80", "TERM": "xterm", "PYTHONWARNINGS": "error"}
    not_ours = ("FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS", "PY_COLORS")
    return {k: v for k, v in os.environ.items() if k not in not_ours} | ours


@pytest.fixture(scope="session")
def unspiral(environment: dict[str, str]) -> Run:
    """Run the command line in a process of its own, as a user does."""

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "unspiral", *words],
            capture_output=True,
            text=True,
            timeout=120,
            env=environment | more,
        )

    return run
