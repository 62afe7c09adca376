"""The server, as a reader starts it."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest


class Lesson:
    """`unspiral lesson` in a process of its own, as a reader starts it."""

    def __init__(self, log: Path) -> None:
        self.log = log
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = ["lesson", "--no-browser", "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "unspiral", *command],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 20
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                pytest.fail(f"The server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except ConnectionRefusedError:
            return False
        return True

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Press Ctrl-C, and hold the server to a clean end."""
        self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(timeout=10)
        finally:
            self.kill()
        said = self.log.read_text()
        assert status == 0, f"Exit status {status} after Ctrl-C:\n{said}"
        assert "Traceback" not in said
