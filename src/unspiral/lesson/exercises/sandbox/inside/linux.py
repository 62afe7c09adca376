"""What a process can tell Linux about itself; Python has no functions for it."""

import ctypes
import signal

libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


def prctl(option: int, value: int, pointer: object = None) -> bool:
    """Set something of this process; say whether the kernel did it."""
    zero = ctypes.c_ulong(0)
    return bool(libc.prctl(option, ctypes.c_ulong(value), pointer, zero, zero) == 0)


def die_with_parent() -> None:
    """Be killed when the thread that started this process ends."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def no_new_privileges() -> None:
    """Give up what a program could gain by running another; the walls ask for it."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
