import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from unspiral.lab.parity import FRAMEWORKS

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


@pytest.fixture
def without_frameworks(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """What a process sees where no framework is installed, whatever there is here."""
    # Python imports this file before all else, and finds no framework from then on.
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as util\n"
        "find_spec = util.find_spec\n"
        f"absent = {FRAMEWORKS}\n"
        "util.find_spec = lambda name: None if name in absent else find_spec(name)\n"
    )
    paths = [str(tmp_path), environment.get("PYTHONPATH", "")]
    return {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
