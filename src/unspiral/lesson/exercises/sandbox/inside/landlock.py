"""Landlock (Linux 5.13): files may be read in a few folders, and nothing else."""

import ctypes
import os
from collections.abc import Sequence

from .linux import libc

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
PATH_BENEATH = 1

ALL_RIGHTS = (1 << 13) - 1  # to run, write, read, list, remove, make
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3


class Ruleset(ctypes.Structure):
    """What is forbidden unless a rule allows it."""

    _fields_ = (("rights", ctypes.c_uint64),)


class Rule(ctypes.Structure):
    """What is allowed in a folder."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def only_read(folders: Sequence[str]) -> bool:
    """Allow reading in these folders; say whether the kernel does it."""
    ruleset = Ruleset(ALL_RIGHTS)
    rules = syscall(CREATE_RULESET, ctypes.byref(ruleset), ctypes.sizeof(ruleset), 0)
    if rules < 0:
        return False
    for name in folders:
        try:
            folder = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:  # not every system has each of them
            continue
        rule = Rule(READ_FILE | READ_FOLDER, folder)
        syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(folder)
    shut = syscall(RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return shut


def syscall(number: int, *args: object) -> int:
    """Call the kernel; libc has no functions for these calls."""
    words = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return int(libc.syscall(ctypes.c_long(number), *words))
