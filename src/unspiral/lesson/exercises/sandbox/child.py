"""A process that waits for a learner's file, runs it once, and is ended."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread, Timer
from typing import IO

import numpy as np

from unspiral.lesson.exercises.sandbox.inside.protocol import LENGTH
from unspiral.lesson.exercises.sandbox.inside.values import BYTES, pack
from unspiral.lesson.exercises.sandbox.outcomes import Reason

TOTAL = 4 * BYTES
"""The most that all replies together may have."""
GRACE = 0.4
"""Seconds that a child has to say itself that the time is over."""

LONGEST_START = 60.0
"""Seconds after which a child that is not ready never will be."""

START = """
import sys
sys.path += [{libraries!r}]
sys.path.insert(0, {here!r})
from inside.main import main
main()
"""
ONE_THREAD = [
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
]
"""What tells NumPy's linear algebra, whichever it is, to start no threads."""
TO_START = ["LD_LIBRARY_PATH", "SYSTEMROOT"]
"""Variables without which Python does not start: on some Linuxes, on Windows."""

living: set["Child"] = set()
"""Children that have not been ended."""
starting = Lock()
"""Held while one is started; with the end of the program, for good."""


class Child:
    """A process of its own, in a folder and a session of its own.

    It is made by the thread that is to outlive it: on Linux it ends when that does.
    """

    def __init__(self) -> None:
        self.replies: list[bytes] = []
        """The replies so far."""
        self.fault: Reason | None = None
        """What is wrong with the reply after these, if it is known."""
        with starting:
            self.folder = tempfile.mkdtemp(prefix="unspiral-")
            try:
                self.process = start(self.folder)
            except OSError:
                Path(self.folder).rmdir()
                raise
            living.add(self)
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stderr
        self.requests: IO[bytes] = self.process.stdin
        self.answers: IO[bytes] = self.process.stdout
        self.errors: IO[bytes] = self.process.stderr

    def wait_until_ready(self) -> None:
        """Wait until it has started.

        Raises
        ------
        RuntimeError
            If it has not.
        """
        ready = LENGTH.pack(len(pack("ready"))) + pack("ready")
        never = Timer(LONGEST_START, self.process.kill)
        never.start()
        try:
            started = self.answers.read(len(ready)) == ready
        finally:
            never.cancel()
        if not started:
            said = self.errors.read().decode(errors="replace").strip()
            self.end()
            raise RuntimeError(
                f"{sys.executable} did not start, or not with NumPy. "
                f"It said: {said or 'nothing'}"
            )

    @property
    def alive(self) -> bool:
        """Whether it is still there."""
        return self.process.poll() is None

    def ask(self, request: bytes, count: int, seconds: float) -> bool:
        """Send the request and collect up to `count` replies; then end it.

        Returns
        -------
        in_time
            False if it had to be ended because the time was over.
        """
        # In a thread, so that we go on even if the pipe stays open and silent.
        talk = Thread(target=self.talk, args=(request, count), daemon=True)
        talk.start()
        try:
            talk.join(seconds + GRACE)
            return not talk.is_alive()
        finally:
            self.end(talk)

    def talk(self, request: bytes, count: int) -> None:
        """Send the request and collect replies, until there are no more."""
        try:
            self.requests.write(LENGTH.pack(len(request)) + request)
            self.requests.flush()
            room = TOTAL
            while len(self.replies) < count:
                header = self.answers.read(LENGTH.size)
                if len(header) < LENGTH.size:
                    return
                (length,) = LENGTH.unpack(header)
                if length > min(BYTES, room):
                    self.fault = "garbled" if length > BYTES else "too_large"
                    return
                reply = self.answers.read(length)
                if len(reply) < length:
                    return
                self.replies.append(reply)
                room -= length
        except OSError:  # it has ended
            return

    def end(self, talk: Thread | None = None) -> None:
        """End it, with all that it may have started, and remove its folder.

        If its end of the pipe is closed because it is ending by itself, its status
        stays what it was; only a child that goes on gets that of a killed one.
        """
        # Until we have waited for it, its number is not given to another process.
        if sys.platform != "win32" and self.process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):  # ended already
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        if talk:
            talk.join(1)
        if not talk or not talk.is_alive():  # else something still holds the pipe
            for pipe in [self.requests, self.answers, self.errors]:
                with suppress(OSError):  # what was not sent is not sent
                    pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        living.discard(self)


def start(folder: str) -> subprocess.Popen[bytes]:
    """Start Python with the code in `inside`."""
    libraries, here = Path(np.__file__).parents[1], Path(__file__).parent
    code = START.format(libraries=str(libraries), here=str(here))
    variables = {name: os.environ[name] for name in TO_START if name in os.environ}
    # -I: without our variables and our folders. -S: without `site`, which takes time.
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=variables | dict.fromkeys(ONE_THREAD, "1"),
        start_new_session=True,
    )


@atexit.register
def end_all() -> None:
    """End all children with the program; from now on none can be started."""
    starting.acquire()
    for child in list(living):
        child.end()
