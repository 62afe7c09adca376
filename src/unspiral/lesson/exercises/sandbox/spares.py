"""Children that are started before they are needed: starting takes a while."""

from queue import SimpleQueue
from threading import Lock, Thread

from unspiral.lesson.exercises.sandbox.child import Child


class Spares:
    """A child that waits for work, and another as soon as that is taken.

    One thread starts them all, and lives as long as the program; so do they at most.
    """

    def __init__(self) -> None:
        self.start = Lock()
        self.thread: Thread | None = None
        self.orders: SimpleQueue[None] = SimpleQueue()
        self.ready: SimpleQueue[Child | Exception] = SimpleQueue()

    def begin(self) -> None:
        """Start the first, if nobody did: a server does so ahead of requests."""
        with self.start:
            if not self.thread:
                self.orders.put(None)
                self.thread = Thread(target=self.work, daemon=True)
                self.thread.start()

    def work(self) -> None:
        """Start a child for each order."""
        while True:
            self.orders.get()
            try:
                child = Child()
                child.wait_until_ready()
            except Exception as error:  # whatever it is, who takes the child gets it
                self.ready.put(error)
            else:
                self.ready.put(child)

    def take(self) -> Child:
        """Take the spare, or wait until there is one. Any thread may.

        Raises
        ------
        RuntimeError, OSError
            If none can be started.
        """
        self.begin()
        while True:
            self.orders.put(None)  # for the next one who comes
            child = self.ready.get()
            if isinstance(child, Exception):
                raise child
            if child.alive:
                return child
            child.end()  # something ended it while it waited


spares = Spares()
"""The program's spares."""
