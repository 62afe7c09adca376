"""Peers side by side: a process for each, and one call of each in every round.

Whatever else the machine does then meets all of them alike. (pyperf and others measure
one program after the other, so drift would stay in the ratios.)
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from math import isclose
from typing import Any, Self

import numpy as np

from benchmarks.task import right_loss

TOLERANCE = {"float64": 1e-8, "float32": 1e-3}
"""How far a peer's loss may be from core's, relative to it."""


@dataclass(frozen=True)
class Measured:
    """What a peer's calls took, in microseconds a step."""

    processor: np.ndarray
    """(rounds,): on the processor, without the time it was lent to other processes."""
    wall: np.ndarray
    """(rounds,): by the clock."""
    MiB: float
    """Most memory that the process ever had."""

    @property
    def best(self) -> float:
        """The least time on the processor."""
        return float(self.processor.min())

    @property
    def median(self) -> float:
        """The median time on the processor."""
        return float(np.median(self.processor))

    @property
    def spread(self) -> float:
        """The distance between the quartiles, relative to the median."""
        low, high = np.percentile(self.processor, (25, 75))
        return float(high - low) / self.median


class Peer:
    """A process that trains when asked to; see `benchmarks.worker`."""

    def __init__(self, name: str, dtype: str, *, cores: int = 1, **size: int) -> None:
        self.name, self.dtype, self.size = name, dtype, size
        threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        extra = [f"{name}={number}" for name, number in size.items()]
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "benchmarks.worker",
                name,
                dtype,
                str(cores),
                *extra,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | dict.fromkeys(threads, str(cores)),
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.process.communicate()

    def train(self, steps: int) -> dict[str, Any]:
        """Return the worker's answer, if the loss in it is right."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} in {self.dtype} has ended; what it said is above")
        answer: dict[str, Any] = json.loads(line)
        right = right_loss(self.dtype, steps, **self.size)
        if not isclose(answer["loss"], right, rel_tol=TOLERANCE[self.dtype]):
            sys.exit(
                f"{self.name} in {self.dtype} has the loss {answer['loss']} after "
                f"{steps} steps, where core has {right}"
            )
        return answer


def measure(peers: list[Peer], steps: list[int], rounds: int) -> list[Measured]:
    """Ask each peer in turn for its number of steps, again and again.

    A first round, in which things are compiled, does not count.
    """
    for peer, k in zip(peers, steps, strict=True):
        peer.train(k)
    turns = [
        [peer.train(k) for peer, k in zip(peers, steps, strict=True)]
        for _ in range(rounds)
    ]
    return [
        Measured(
            np.array([answer["processor"] for answer in answers]) / k * 1e6,
            np.array([answer["seconds"] for answer in answers]) / k * 1e6,
            max(answer["MiB"] for answer in answers),
        )
        for answers, k in zip(zip(*turns, strict=True), steps, strict=True)
    ]
