"""Measure everything, and write results.md and its chart."""

import os
from pathlib import Path

from benchmarks.measure import ONE_THREAD

os.environ |= ONE_THREAD  # before anything imports NumPy

from rich.console import Console

from benchmarks import (
    chart,
    cold,
    frames,
    growth,
    limit,
    many,
    pictures,
    report,
    steps,
)
from benchmarks.peers import PEERS

FOLDER = Path(__file__).parent


def main() -> None:
    """Measure for some minutes, and write."""
    say = Console(stderr=True).print
    machine = report.machine()
    say("Peak of the machine")
    count = limit.operations(n=300, D=2, h=100, K=3)
    peaks = {dtype: limit.peak(dtype) for dtype in ("float64", "float32")}
    limits = {dtype: count / peak for dtype, peak in peaks.items()}
    say("A step, by everyone")
    rows = steps.measure(rounds=30)
    say("From a cold process")
    from_nothing = cold.measure(rounds=5)
    say("Growth")
    grown = growth.measure(rounds=15)
    say("Pictures")
    pictured = pictures.measure(rounds=30)
    say("Frames")
    framed = frames.measure(rounds=5)
    say("Many networks")
    several = many.measure("float64", rounds=5)

    medians = {
        name: {row.dtype: row.step.median * 1e6 for row in rows if row.peer == name}
        for name in sorted(
            {row.peer for row in rows},
            key=lambda name: min(r.step.median for r in rows if r.peer == name),
        )
    }
    named = {PEERS[name]: times for name, times in medians.items()}
    (FOLDER / "results.svg").write_text(
        chart.bars(named, "Microseconds a step"), encoding="utf-8"
    )
    grown_rows = [
        [
            f"{along} = {sized(along, size)}",
            *(
                f"{grown[name, along, i].median / growth.STEPS * 1e6:.1f}"
                for name in ("numpy", "fused")
            ),
        ]
        for along, sizes in growth.SIZES.items()
        for i, size in enumerate(sizes)
    ]
    framed_rows = [
        [case, *(f"{rate:.1f}" for rate in rates)] for case, rates in framed.items()
    ]
    gigaflops = " and ".join(f"{peak / 1e9:.0f}" for peak in peaks.values())
    text = f"""\
# How fast it is

Written by `make bench`, at {report.commit()}, on {machine}
## One step of the case study

300 points, 100 hidden units, 3 classes; one core. All come to the same loss. A step as
the lesson writes it takes {count / 1e6:.2f} million operations, and this machine was
measured to do at most {gigaflops} thousand million a second
(float64, float32): the limit is {limits["float64"] * 1e6:.1f} and
{limits["float32"] * 1e6:.1f} µs. (The fused engine takes a third fewer operations.)
The memory is that of the whole process.

![A bar for each](results.svg)

{report.steps(rows, limits)}
## From a cold process

{cold.STEPS:,} steps in float64, with start, import and compilation.

{report.timings(from_nothing)}
## Many networks at once

{many.NETWORKS} networks, {many.STEPS} steps each, in float64, on all cores.

{report.timings(several)}
## Pictures

What the lab takes to answer; a frame of the live figure is at most one map of
100 x 100 and its steps. 60 frames a second leave 16.7 ms for each.

{report.timings(pictured)}
The live figure itself, in Chromium without a graphics processor, page and server on the
same cores: new pictures a second, each with a map of 100 x 100.

{report.table(["", "median", "fewest", "frames of the page"], framed_rows)}
## Growth

Microseconds a step, float64; what is not named is as in the case study.

{report.table(["", "numpy", "fused"], grown_rows)}"""
    (FOLDER / "results.md").write_text(text, encoding="utf-8")
    say(f"Written: {FOLDER / 'results.md'}")


def sized(along: str, size: dict[str, int]) -> int:
    """Return the size that grows: n, h or K."""
    if along == "n":
        return size["points"] * size["classes"]
    return size["hidden" if along == "h" else "classes"]


if __name__ == "__main__":
    main()
