"""Python's own refusals: an audit hook, which also says in words what is not possible.

It sees what Python is about to do. Other walls stand behind it where there are any.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

FILES = "this code may not read or write files"
NETWORK = "this code may not use the network"
PROCESSES = "this code may not start, or send signals to, other processes"
THREADS = "this code may not start threads"
MEMORY = "this code may not use ctypes"
INPUT = "nobody is there to answer input()"
LIMITS = "this code may not change its limits"

REFUSED = {
    # whole families of events, by what stands before the point
    "_winapi": PROCESSES,
    "ctypes": MEMORY,
    "fcntl": FILES,
    "resource": LIMITS,
    "socket": NETWORK,
    "sqlite3": FILES,
    "subprocess": PROCESSES,
    "winreg": FILES,
    # single events
    "_thread.start_joinable_thread": THREADS,
    "_thread.start_new_thread": THREADS,
    "builtins.input": INPUT,
    "cpython.PyInterpreterState_New": THREADS,
    "os.chdir": FILES,
    "os.chflags": FILES,
    "os.chmod": FILES,
    "os.chown": FILES,
    "os.exec": PROCESSES,
    "os.fork": PROCESSES,
    "os.forkpty": PROCESSES,
    "os.getxattr": FILES,
    "os.kill": PROCESSES,
    "os.killpg": PROCESSES,
    "os.link": FILES,
    "os.listxattr": FILES,
    "os.lockf": FILES,
    "os.mkdir": FILES,
    "os.posix_spawn": PROCESSES,
    "os.remove": FILES,
    "os.removexattr": FILES,
    "os.rename": FILES,
    "os.rmdir": FILES,
    "os.setxattr": FILES,
    "os.spawn": PROCESSES,
    "os.startfile": PROCESSES,
    "os.startfile/2": PROCESSES,
    "os.symlink": FILES,
    "os.system": PROCESSES,
    "os.truncate": FILES,
    "os.utime": FILES,
    "pty.spawn": PROCESSES,
    "signal.pthread_kill": PROCESSES,
}
READS = {"open", "os.listdir", "os.scandir"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def refuse(folders: Sequence[str]) -> None:
    """Refuse all of it from now on, but for reading the library, in `folders`."""
    # All in names of its own, which the learner's code cannot change by accident.
    join, normal = os.path.join, os.path.normpath
    inside = tuple(join(normal(name), "") for name in folders)
    modules = sys.stdlib_module_names | {"numpy"}
    refused = REFUSED.copy()

    def may_read(path: object, flags: object = 0) -> bool:
        if type(path) is not str or (type(flags) is int and flags & WRITING):
            return False
        return join(normal(path), "").startswith(inside)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "import":
            package = args[0].partition(".")[0]
            if package not in modules:
                raise ModuleNotFoundError(
                    f"No module named {package!r} here: there are only NumPy and"
                    " Python's own modules",
                    name=package,
                )
        elif event in READS:
            if not may_read(args[0], *args[2:3]):
                raise PermissionError(FILES)
        elif sentence := refused.get(event) or refused.get(event.partition(".")[0]):
            raise PermissionError(sentence)

    sys.addaudithook(hook)
