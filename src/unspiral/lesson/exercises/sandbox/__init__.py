"""The sandbox: a learner's Python, run in a process of its own.

inside/ (what runs there) -> outcomes -> endings -> replies; child -> spares -> running

It protects against mistakes, and against mischief that does not go out of its way: an
endless loop, a memory bomb, `exit`, a flood of output, other processes, files, the
network. It is no place for the code of strangers.

Everywhere
    A process without our variables and folders, in a session of its own, which the
    parent kills with all that belongs to it after `seconds`. Nothing it sends is
    unpickled or evaluated, and what it sends is bounded. An audit hook refuses files
    (but for reading Python's and NumPy's own), the network, processes and ctypes. Who
    sets out to get around that hook can.
On Linux and macOS
    Limits of the system on processor time, processes (not for root), written and open
    files; on Linux on memory too. The process ends when its time is over, even if the
    parent is gone.
On Linux
    Behind the hook, walls that hold against any code: seccomp (no processes, no
    network, no writing; on x86_64 and aarch64) and Landlock (no reading elsewhere).
    Names and dates of files can still be asked for. The process is killed when the
    parent ends. Where the kernel has not got one of these, the others remain.
On Windows
    Neither limits nor walls: the hook, the parent's clock, and bounds on what is sent.

The one thing that code can always do is to forge its own result: what it is told then
is worth nothing, to it alone.
"""

from unspiral.lesson.exercises.sandbox.outcomes import (
    Call,
    Ended,
    Missing,
    Other,
    Outcome,
    Path,
    Raised,
    Reason,
    Returned,
    Rng,
    Value,
)
from unspiral.lesson.exercises.sandbox.running import run
from unspiral.lesson.exercises.sandbox.spares import spares

__all__ = [
    "Call",
    "Ended",
    "Missing",
    "Other",
    "Outcome",
    "Path",
    "Raised",
    "Reason",
    "Returned",
    "Rng",
    "Value",
    "run",
    "spares",
]
