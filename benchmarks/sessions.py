"""What is measured: one function for each table of the report."""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.measure import Measured, Peer, measure
from benchmarks.peers import PEERS
from benchmarks.task import MANY, task
from unspiral.lab.decision_map import decision_map
from unspiral.lab.messages import DecisionMapRequest, TwoLayerParams

STEPS, ROUNDS = 200, 25


def together(
    peers: list[tuple[str, int]],
    dtype: str,
    steps: list[int],
    rounds: int,
    **size: int,
) -> list[Measured]:
    """Measure peers, each on so many cores, side by side."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(Peer(name, dtype, cores=cores, **size))
            for name, cores in peers
        ]
        return measure(started, steps, rounds)


def one_step(dtype: str) -> dict[str, Measured]:
    """Measure a step of all peers, each on one core."""
    peers = [(name, 1) for name in PEERS]
    found = together(peers, dtype, [STEPS] * len(peers), ROUNDS)
    return dict(zip(PEERS, found, strict=True))


def many_networks() -> dict[str, float]:
    """Return microseconds a step of one network, when many are trained at once."""
    peers = {
        "unspiral's train_many, one core": ("fused_many", 1, STEPS),
        "unspiral's train_many, two cores": ("fused_many", 2, STEPS),
        "jax.vmap, two cores": ("jax_vmap", 2, 10),
        "torch.func.vmap, two cores": ("torch_vmap", 2, 10),
    }
    steps = [k for _, _, k in peers.values()]
    names = [(name, cores) for name, cores, _ in peers.values()]
    found = together(names, "float64", steps, 15)
    best = [float(measured.wall.min()) / MANY for measured in found]
    return dict(zip(peers, best, strict=True))


GROWTH = {
    "points in a class": ("points", (25, 50, 100, 200, 400)),
    "hidden units": ("hidden", (25, 50, 100, 200, 400)),
    "classes": ("classes", (2, 4, 8)),
}


def growth() -> list[tuple[str, int, float, float]]:
    """Return microseconds a step of core and of fused, as one size grows."""
    rows = []
    for label, (name, sizes) in GROWTH.items():
        for size in sizes:
            given = {name: size}
            if name == "classes":
                given["points"] = 300 // size
            core, fused = together(
                [("core", 1), ("fused", 1)], "float64", [50, STEPS], 8, **given
            )
            rows.append((label, size, core.best, fused.best))
    return rows


@dataclass(frozen=True)
class Cold:
    """What `unspiral train --engine fused --steps 10000` took, in seconds."""

    wall: float
    """From the start of the process to its end."""
    training: float
    """Of these, what it says of itself."""


def cold(times: int = 7) -> tuple[Cold, Cold]:
    """Train in new processes: the first compiles, the others find that on disk.

    Of those the quickest is returned.
    """
    with tempfile.TemporaryDirectory() as folder:
        runs = [cold_process(folder) for _ in range(1 + times)]
    return runs[0], min(runs[1:], key=lambda run: run.wall)


def cold_process(cache: str) -> Cold:
    """Train in a process of its own."""
    options = ("--engine", "fused", "--steps", "10000", "--json")
    began = time.perf_counter()
    done = subprocess.run(
        (sys.executable, "-m", "unspiral", "train", *options),
        env=os.environ | {"NUMBA_CACHE_DIR": cache},
        stdout=subprocess.PIPE,
        check=True,
    )
    wall = time.perf_counter() - began
    return Cold(wall, json.loads(done.stdout)["seconds"])


def map_of(resolution: int) -> float:
    """Return the least milliseconds of a decision map, of 100 hidden units."""
    parameters = task("float64")[0].parameters()
    request = DecisionMapRequest(
        params=TwoLayerParams(**parameters), resolution=resolution
    )
    seconds = []
    for _ in range(100):
        began = time.perf_counter()
        decision_map(request)
        seconds.append(time.perf_counter() - began)
    return min(seconds) * 1e3
