"""From nothing to a trained network: 10,000 steps, with import and compilation."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import ONE_THREAD, Timing, in_turn

STEPS = 10_000


def command(*words: str, **environment: str) -> Callable[[], object]:
    """Return a call that runs a command with this Python."""
    return lambda: subprocess.run(
        [sys.executable, "-m", *words],
        env=os.environ | ONE_THREAD | environment,
        input=f"{STEPS}\n",
        text=True,
        capture_output=True,
        check=True,
    )


def without_cache() -> object:
    """Run the fused engine where it was never compiled."""
    with tempfile.TemporaryDirectory() as folder:
        train = "unspiral", "train", "--json", "--engine", "fused"
        return command(*train, NUMBA_CACHE_DIR=str(Path(folder)))()


def measure(rounds: int) -> dict[str, Timing]:
    """Time whole processes."""
    things = {
        "unspiral train --engine fused": command(
            "unspiral", "train", "--json", "--engine", "fused"
        ),
        "the same, never compiled before": without_cache,
        "unspiral train": command("unspiral", "train", "--json"),
        "cs231n's script": command("benchmarks.worker", "cs231n", "float64"),
    }
    if find_spec("torch"):
        things["PyTorch, eager"] = command(
            "benchmarks.worker", "torch_eager", "float64"
        )
    if find_spec("jax"):
        things["JAX, lax.scan"] = command("benchmarks.worker", "jax_scan", "float64")
    return in_turn(things, rounds)
