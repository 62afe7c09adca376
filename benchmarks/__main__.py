"""Measure everything, and write results.md and results.svg beside this file."""

from pathlib import Path

from benchmarks import sessions
from benchmarks.chart import chart
from benchmarks.limit import peak
from benchmarks.report import Results, report

HERE = Path(__file__).parent


def main() -> None:
    """Take some five minutes."""
    print("==> What the machine could do, and a step of each peer", flush=True)
    dtypes = ("float64", "float32")
    peaks = {dtype: peak(dtype) for dtype in dtypes}
    steps = {dtype: sessions.one_step(dtype) for dtype in dtypes}
    print("==> Many networks at once", flush=True)
    many = sessions.many_networks()
    print("==> Cold processes", flush=True)
    cold = sessions.cold()
    print("==> Decision maps, and sizes that grow", flush=True)
    maps = {resolution: sessions.map_of(resolution) for resolution in (100, 200)}
    results = Results(peaks, steps, many, cold, maps, sessions.growth())
    (HERE / "results.md").write_text(report(results), encoding="utf-8")
    (HERE / "results.svg").write_text(chart(steps), encoding="utf-8")
    print("==> Written: benchmarks/results.md and results.svg", flush=True)


main()
