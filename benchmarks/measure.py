"""Time things in turn, so that a slower minute of the machine is so for all of them.

(pyperf and pytest-benchmark finish with one before they start the next.)
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

# For every process that is started from here on.
ONE_THREAD = {
    **dict.fromkeys(
        ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"
    ),
    **dict.fromkeys(("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1"),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}


@dataclass
class Timing:
    """Times of the same thing, in seconds."""

    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    @property
    def least(self) -> float:
        """The one that was disturbed least."""
        return min(self.seconds)

    @property
    def spread(self) -> tuple[float, float]:
        """What the middle half lies between."""
        low, _, high = quantiles(self.seconds, n=4)
        return low, high


class Peer:
    """A process that trains when it is told to."""

    def __init__(self, name: str, dtype: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", name, dtype],
            env=os.environ | ONE_THREAD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.timing = Timing()
        self.peak = 0.0

    def train(self, steps: int) -> tuple[float, float]:
        """Return how many seconds it took, and the loss."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())  # no line: it has died
        self.peak = answer["MiB"]
        return answer["seconds"], answer["loss"]

    def end(self) -> None:
        """Let it go."""
        self.process.communicate()


def in_turn(
    things: Mapping[Any, Callable[[], object]], rounds: int
) -> dict[Any, Timing]:
    """Time calls: each once a round, after one round that does not count."""
    timings = {name: Timing() for name in things}
    for turn in range(rounds + 1):
        for name, call in things.items():
            began = time.perf_counter()
            call()
            if turn:
                timings[name].seconds.append(time.perf_counter() - began)
    return timings
