"""What was measured, as Markdown."""

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.limit import operations
from benchmarks.measure import Measured
from benchmarks.peers import PEERS
from benchmarks.sessions import ROUNDS, STEPS, Cold
from benchmarks.task import MANY

PACKAGES = ("numpy", "numba", "torch", "jax", "scikit-learn")


@dataclass(frozen=True)
class Results:
    """All of it."""

    peaks: dict[str, float]
    """Operations a second, for each precision."""
    steps: dict[str, dict[str, Measured]]
    many: dict[str, float]
    cold: tuple[Cold, Cold]
    maps: dict[int, float]
    growth: list[tuple[str, int, float, float]]


def report(results: Results) -> str:
    """Return the whole page."""
    parts = [
        "# How fast a step is",
        "Written by `make bench`. The task: full-batch gradient descent on 300 points "
        "in the plane, 100 hidden units, 3 classes, all from the same start, and each "
        "peer checked to reach core's loss.",
        f"The machine: {machine()}. {versions()}.",
        "![Microseconds a step, for each peer](results.svg)",
        "## A step, on one core",
        f"A process for each peer, pinned to one core, with one thread. {ROUNDS} "
        f"rounds, {STEPS} steps of each peer in each, after one that does not count. "
        "Microseconds of processor time, so that other programs on the machine count "
        "less; by the clock, the least. Ratios are those of the least times. "
        "Spread is the distance between the quartiles, relative to the median. "
        "TensorFlow is not among the peers yet.",
        *(table_of_steps(results, dtype) for dtype in results.steps),
        "The limit is that of the machine's fused multiplications and additions, "
        "measured: "
        + " and ".join(
            f"{peak / 1e9:.0f} GFLOP/s in {dtype}"
            for dtype, peak in results.peaks.items()
        )
        + f". A step as the lesson writes it has {operations(300, 2, 100, 3):,} "
        "operations, exponentials left out. The fused engine needs fewer: it adds "
        "under a mask where the lesson multiplies.",
        f"## {MANY} networks at once, float64",
        "By the clock, the least of 15 rounds, interleaved. The vmaps take 10 steps a "
        "round: JAX scans in one call, PyTorch takes step after step.",
        table(
            ("", "µs a step of one network"),
            ((name, f"{found:.1f}") for name, found in results.many.items()),
        ),
        "## From a cold process",
        "`unspiral train --engine fused --steps 10000 --json`, imports included. The "
        "compiled code is on disk after the first run.",
        table(
            ("", "wall, s", "of which training, s"),
            (
                (name, f"{run.wall:.2f}", f"{run.training:.2f}")
                for name, run in zip(
                    ("empty cache, once", "warm cache, quickest of 7"),
                    results.cold,
                    strict=True,
                )
            ),
        ),
        "## The decision map",
        "The lab's reply for 100 hidden units, by the clock, the least of 100.",
        table(
            ("points", "ms"),
            ((f"{r} x {r}", f"{ms:.2f}") for r, ms in results.maps.items()),
        ),
        "## As the sizes grow",
        "Float64, µs a step of processor time, the least of 8 rounds. Points are 100 "
        "in a class unless said otherwise, and 300 in all where the classes grow.",
        table(
            ("", "", "core", "fused", "core / fused"),
            (
                (name, f"{size}", f"{core:.0f}", f"{fused:.1f}", f"{core / fused:.1f}")
                for name, size, core, fused in results.growth
            ),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def table_of_steps(results: Results, dtype: str) -> str:
    """Return the table for one precision, the quickest first."""
    found = results.steps[dtype]
    fused = found["fused"].best
    limit = operations(300, 2, 100, 3) / results.peaks[dtype] * 1e6
    rows = (
        (
            PEERS[name],
            f"{peer.best:.1f}",
            f"{peer.median:.1f}",
            f"{peer.spread:.0%}",
            f"{peer.wall.min():.1f}",
            f"{peer.best / fused:.1f}",
            f"{peer.best / limit:.1f}",
            f"{peer.MiB:.0f}",
        )
        for name, peer in sorted(found.items(), key=lambda item: item[1].best)
    )
    titles = (
        dtype,
        "least",
        "median",
        "spread",
        "by the clock",
        "÷ fused",
        f"÷ limit ({limit:.1f})",
        "peak MiB",
    )
    return table(titles, rows)


def table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table with numbers on the right."""
    align = ("---", *("---:" for _ in titles[1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (titles, align, *rows))


def machine() -> str:
    """Name the processor, and what of it NumPy makes use of."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.split(":")[1].strip() for line in lines if "model name" in line]
    name = models[0] if models else platform.processor() or platform.machine()
    simd = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    return f"{name}, {len(models)} cores in use, {simd[-1] if simd else 'no SIMD'}"


def versions() -> str:
    """Name the software."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"Python {platform.python_version()}, {packages}"
