"""The child's course: get ready, wait for the file, shut oneself in, run it."""

import os
import site
import sys
from contextlib import suppress
from os import _exit, write
from pathlib import Path
from typing import Any, NoReturn

from .audit import refuse
from .calls import Learner
from .limits import set_limits
from .protocol import BROKEN, CLOSED, LENGTH, OUT_OF_MEMORY
from .values import pack, unpack

if sys.platform == "linux":
    from . import landlock, linux, seccomp

SYSTEM_LIBRARIES = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"]


def main() -> NoReturn:
    """Be a child."""
    parent = os.getppid()
    sys.path.pop(0)  # where this package lies
    sys.argv = [""]
    sys.dont_write_bytecode = True
    os.environ.clear()
    site.setquit()  # exit() and quit()
    requests, replies = take_pipes()

    def send(reply: bytes | bytearray) -> None:
        write_all(replies, LENGTH.pack(len(reply)) + reply)

    send(pack("ready"))
    source, besides, seconds, calls = receive(requests)
    os.close(requests)
    try:
        shut_in(parent, seconds)
        learner = Learner(source, besides, seconds, send)
        learner.read()
        for call in calls:
            learner.call(*call)
    except MemoryError:
        _exit(OUT_OF_MEMORY)
    except BaseException:
        _exit(BROKEN)
    _exit(0)  # without waiting for anything that the learner's code left behind


def take_pipes() -> tuple[int, int]:
    """Take the pipes to the parent away from the standard input and output."""
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.close(nothing)
    return requests, replies


def receive(pipe: int) -> Any:
    """Wait for the request; end if the parent does."""
    (length,) = LENGTH.unpack(read(pipe, LENGTH.size))
    return unpack(read(pipe, length))


def read(pipe: int, count: int) -> bytes:
    """Read so many bytes."""
    data = bytearray()
    while len(data) < count:
        part = os.read(pipe, count - len(data))
        if not part:
            leave()
        data += part
    return bytes(data)


def leave() -> NoReturn:
    """End, because the parent has: nobody else is there to remove the folder."""
    with suppress(OSError):
        Path.cwd().rmdir()
    _exit(0)


def write_all(pipe: int, data: bytes) -> None:
    """Write all bytes."""
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[write(pipe, rest) :]
    except OSError:
        _exit(CLOSED)


def shut_in(parent: int, seconds: float) -> None:
    """Put up the walls; each needs what a later one forbids."""
    set_limits(seconds)
    if sys.platform == "linux":
        linux.die_with_parent()
        if os.getppid() != parent:  # it has ended just before
            leave()
        linux.no_new_privileges()
        landlock.only_read([*sys.path, f"{sys.base_prefix}/lib", *SYSTEM_LIBRARIES])
        seccomp.only_compute()
    refuse(sys.path)
