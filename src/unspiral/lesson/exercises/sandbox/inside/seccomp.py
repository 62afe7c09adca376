"""seccomp (Linux): the calls to the kernel that computing needs, and no others.

There is no way to another process, to the network, to writing a file, or to root's
powers, whatever the Python or the machine code that is run.
"""

import ctypes
import errno
import os
import struct
import sys

from .audit import WRITING
from .linux import prctl

PR_SET_SECCOMP = 22
MODE_FILTER = 2

# The numbers of a call: on x86_64, on aarch64. None: that processor does without.
ALLOWED: dict[str, tuple[int | None, int | None]] = {
    # to read what is open, and to write to it
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "close": (3, 57),
    "pipe": (22, None),
    "pipe2": (293, 59),
    "lseek": (8, 62),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    # to find modules, which are also opened: see OPENAT
    "fstat": (5, 80),
    "newfstatat": (262, 79),
    "stat": (4, None),
    "lstat": (6, None),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    # memory
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "madvise": (28, 233),
    "mincore": (27, 232),
    "brk": (12, 214),
    # locks
    "futex": (202, 98),
    "membarrier": (324, 283),
    "rseq": (334, 293),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    # time
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    # signals, to itself: see TGKILL
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136),
    "rt_sigsuspend": (130, 133),
    "rt_sigtimedwait": (128, 137),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "setitimer": (38, 103),
    "getitimer": (36, 102),
    "alarm": (37, None),
    "pause": (34, None),
    # who and where it is
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "getrusage": (98, 165),
    "getrandom": (318, 278),
    # the end
    "exit": (60, 93),
    "exit_group": (231, 94),
}
OPENAT = (257, 56)  # for reading only
TGKILL = (234, 131)  # to this process only

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""What the kernel calls the processors whose numbers are above, in this order."""

# A program of Berkeley's packet filter: what it can do, ...
LOAD, IF_EQUAL, IF_ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
# ... where it finds the call's number, the processor and the arguments, ...
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, range(16, 64, 8)
# ... and what it can return.
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000

Instruction = tuple[int, int, int, int]
"""What to do, instructions to skip if it is so and if not, and a number."""


class Program(ctypes.Structure):
    """A filter, as the kernel wants it."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def only_compute() -> bool:
    """Refuse all other calls from now on; say whether the kernel does it."""
    machine = os.uname().machine
    if machine not in ARCHITECTURES or sys.maxsize < 2**32:
        return False
    instructions = filter_for(machine, os.getpid())
    code = b"".join(struct.pack("<HBBI", *each) for each in instructions)
    program = Program(len(instructions), code)
    return prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program))


def filter_for(machine: str, pid: int) -> list[Instruction]:
    """Write the filter for a processor and a process."""
    column = list(ARCHITECTURES).index(machine)
    allowed = [numbers[column] for numbers in ALLOWED.values()]
    return [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        *(
            instruction
            for number in allowed
            if number is not None
            for instruction in [(IF_EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
        ),
        (IF_EQUAL, 0, 4, OPENAT[column]),
        (LOAD, 0, 0, ARGUMENTS[2]),
        (IF_ANY_BIT, 0, 1, WRITING),
        (RETURN, 0, 0, REFUSE | errno.EACCES),
        (RETURN, 0, 0, ALLOW),
        (IF_EQUAL, 0, 4, TGKILL[column]),
        (LOAD, 0, 0, ARGUMENTS[0]),
        (IF_EQUAL, 1, 0, pid),
        (RETURN, 0, 0, REFUSE | errno.EPERM),
        (RETURN, 0, 0, ALLOW),
        # "There is no such call": where an older one will do, libc then tries that.
        (RETURN, 0, 0, REFUSE | errno.ENOSYS),
    ]
