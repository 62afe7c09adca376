"""A process for one peer, which trains when it is told to: `worker PEER DTYPE`.

It reads numbers of steps, one a line, and answers each with a line of JSON.
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path


def main(peer: str, dtype: str) -> None:
    """Answer until there is nothing more to read."""
    if hasattr(os, "sched_setaffinity"):  # one core, whatever a library would like
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    train = import_module(f"benchmarks.peers.{peer}").trainer(dtype)
    for line in sys.stdin:
        steps = int(line)
        began = time.perf_counter()
        loss = train(steps)
        seconds = time.perf_counter() - began
        answer = {"seconds": seconds, "loss": loss, "MiB": peak_memory()}
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


def peak_memory() -> float:
    """Return the most MiB that this process had in memory; not known everywhere.

    (resource.getrusage counts what its parent had when it was forked.)
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return (
        sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
