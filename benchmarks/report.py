"""What was measured, as tables in Markdown."""

import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from os import cpu_count, getloadavg
from pathlib import Path

from benchmarks.measure import Timing
from benchmarks.peers import PEERS
from benchmarks.steps import Row

PACKAGES = ("numpy", "numba", "torch", "jax", "tensorflow-cpu", "scikit-learn")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table whose first column is text and the others are numbers."""
    head = list(head)
    lines: list[Iterable[str]] = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def milliseconds(timing: Timing) -> list[str]:
    """Write the middle of some times, the least, and the middle half."""
    low, high = timing.spread
    numbers = timing.median, timing.least
    return [f"{s * 1e3:,.2f}" for s in numbers] + [
        f"{low * 1e3:,.2f}-{high * 1e3:,.2f}"
    ]


def machine() -> str:
    """Name the machine, and what runs on it."""
    processor = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.exists():
        lines = [line.partition(":") for line in about.read_text().splitlines()]
        about_it = {name.strip(): value.strip() for name, _, value in lines}
        processor = about_it.get("model name", processor)
        flags = about_it.get("flags", "").split()
        processor += ", AVX-512" if "avx512f" in flags else ", AVX2" * ("avx2" in flags)
    versions = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"{package} not installed")
    load = ", ".join(f"{load:.1f}" for load in getloadavg())
    return (
        f"{processor}; {cpu_count()} cores; {platform.system()}. "
        f"{', '.join(versions)}. {datetime.now(UTC):%Y-%m-%d}; load average at the "
        f"start {load}.\n"
    )


def commit() -> str:
    """Name the state of the sources."""
    words = ["git", "describe", "--always", "--dirty"]
    described = subprocess.run(words, capture_output=True, text=True, check=False)
    return described.stdout.strip() or "unknown"


def steps(rows: list[Row], limits: dict[str, float]) -> str:
    """Write a step's time of everyone, and how it compares with fused."""
    fused = {row.dtype: row.step for row in rows if row.peer == "fused"}
    head = (
        "",
        "median µs",
        "least µs",
        "middle half",
        "times fused",
        "times limit",
        "MiB",
    )
    body = []
    for row in sorted(rows, key=lambda row: (row.dtype != "float64", row.step.median)):
        low, high = row.step.spread
        body.append(
            [
                f"{PEERS[row.peer]}, {row.dtype}",
                f"{row.step.median * 1e6:.1f}",
                f"{row.step.least * 1e6:.1f}",
                f"{low * 1e6:.1f}-{high * 1e6:.1f}",
                f"{row.step.median / fused[row.dtype].median:.2f}",
                f"{row.step.median / limits[row.dtype]:.1f}",
                f"{row.peak:.0f}",
            ]
        )
    return table(head, body)


def timings(timings: dict[str, Timing]) -> str:
    """Write times as they are."""
    head = "", "median ms", "least ms", "middle half"
    return table(head, [[name, *milliseconds(t)] for name, t in timings.items()])
