import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

from unspiral.apps.server import DEFAULT_PORT

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_it_says_where_the_lesson_is_and_ctrl_c_stops_it(
    environment: dict[str, str],
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "unspiral", "lesson", "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(
            r"The lesson is at http://127\.0\.0\.1:(\d+)/ \(Ctrl-C stops it\)\.\n", line
        )
        assert found is not None, line
        socket.create_connection(("127.0.0.1", int(found[1]))).close()
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 0
    assert (stdout, stderr) == ("", "")


def test_a_server_that_cannot_start_says_why(unspiral: Run) -> None:
    result = unspiral("lesson", "--no-browser", "--port", "70000")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == "Error: The port is 70000; allowed is 0 to 65535.\n"


def test_a_port_that_is_no_number(unspiral: Run) -> None:
    result = unspiral("lesson", "--no-browser", "--port", "http")
    assert result.returncode == 2
    assert "Invalid value for '--port'" in result.stderr


def test_the_help_knows_the_default_port(unspiral: Run) -> None:
    assert f"Default: {DEFAULT_PORT}" in unspiral("lesson", "--help").stdout
