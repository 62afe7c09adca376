"""Threads that compute while the event loop goes on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

COUNT = 16
"""So many computations at once; further ones wait."""


class Workers:
    """Daemon threads, each doing one job after another.

    Threads of a `ThreadPoolExecutor` or of anyio are no daemons: after Ctrl-C, the
    program would go on until the last of them is done, for a page that is not there.
    """

    def __init__(self, count: int) -> None:
        self.jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        for _ in range(count):
            Thread(target=self.work, daemon=True).start()

    def work(self) -> None:
        """Do all jobs."""
        while True:
            self.jobs.get()()

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """Call a function in a worker, and wait for what it returns or raises."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()  # a job cannot be cancelled

        def job() -> None:
            try:
                future.set_result(function(*args))
            except BaseException as error:  # whatever it is, the caller gets it
                future.set_exception(error)

        self.jobs.put(job)
        return await asyncio.wrap_future(future)


@cache
def workers() -> Workers:
    """Return the program's workers; the first call starts them."""
    return Workers(COUNT)
