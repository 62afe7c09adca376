"""A process for one peer, which trains when it is told to: `worker PEER DTYPE CORES`.

It reads numbers of steps, one a line, and answers each with a line of JSON. What else
it is given, as in `hidden=200`, is for the peer.
"""

import json
import os
import resource
import sys
import time
from importlib import import_module


def main(peer: str, dtype: str, cores: str, *size: str) -> None:
    """Answer until there is nothing more to read."""
    if hasattr(os, "sched_setaffinity"):  # whatever a library would like
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, allowed[-int(cores) :])
    given = {name: int(number) for name, number in (s.split("=") for s in size)}
    train = import_module(f"benchmarks.peers.{peer}").trainer(dtype, **given)
    for line in sys.stdin:
        steps = int(line)
        began, busy = time.perf_counter(), time.process_time()
        loss = train(steps)
        answer = {
            "seconds": time.perf_counter() - began,
            "processor": time.process_time() - busy,
            "loss": loss,
            "MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
