"""Limits of the operating system on this process (not on Windows, which has none)."""

import math
import sys
from pathlib import Path

MEMORY = 400 * 2**20
"""Bytes, besides those that Python and NumPy have taken before."""


def set_limits(seconds: float) -> None:
    """Limit processor time to a little more than `seconds` from now, and the rest."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    time = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    limits = {
        # A signal at the first, the end at the second.
        resource.RLIMIT_CPU: (time, time + 1),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (64, 64),
        resource.RLIMIT_CORE: (0, 0),
        # No process and no thread besides this one. (Does nothing for root.)
        resource.RLIMIT_NPROC: (0, 0),
    }
    if sys.platform == "linux":  # macOS takes this one, and ignores it or fails
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        memory = pages * resource.getpagesize() + MEMORY
        limits[resource.RLIMIT_AS] = (memory, memory)
    for name, (soft, hard) in limits.items():
        ceiling = resource.getrlimit(name)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(name, (soft, hard))
