"""A server in a process of its own, over real connections and with real signals."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from unspiral.apps.server import DEFAULT_PORT, ServeError, serve
from unspiral.apps.server.api import LARGEST_BODY
from unspiral.lab import decision_map, initialize, train, wire
from unspiral.lab.messages import (
    DecisionMapReply,
    DecisionMapRequest,
    InitializeReply,
    InitializeRequest,
    Settings,
    SpiralRequest,
    TrainReply,
    TrainRequest,
)

MSGPACK = {"Content-Type": "application/msgpack"}
QUICK = wire.encode(SpiralRequest(settings=Settings(points=1)))


@dataclass
class Server:
    process: subprocess.Popen[str]
    lines: list[str]
    """What it said up to its address."""

    @property
    def port(self) -> int:
        found = re.search(r"http://[^/]*:(\d+)/", self.lines[-1])
        assert found
        return int(found[1])

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def post(self, operation: str, body: bytes) -> tuple[int, bytes]:
        connection = self.connection()
        connection.request("POST", f"/api/{operation}", body, MSGPACK)
        response = connection.getresponse()
        answer = response.status, response.read()
        connection.close()
        return answer

    def stop(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Stop it; return its exit code, and whatever else it wrote."""
        self.process.send_signal(how)
        rest, errors = self.process.communicate(timeout=20)
        return self.process.returncode, rest + errors


@contextmanager
def running(
    call: str = "serve(port=0, open_browser=False)", **environment: str
) -> Iterator[Server]:
    process = subprocess.Popen(
        [
            *(sys.executable, "-u", "-W", "error", "-c"),
            f"from unspiral.apps.server import serve; {call}",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )
    try:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or "http://" not in lines[-1]:
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            lines.append(line)
        yield Server(process, lines)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for many tests; at its end it has nothing to complain about."""
    with running() as server:
        yield server
        assert server.stop() == (0, "")


LARGE = Settings(points=500)
LARGEST = Settings(points=500, classes=10, hidden=500)


def long_training(settings: Settings) -> bytes:
    """Return a request for 1,000 steps: seconds if large, half a minute if largest."""
    params = initialize(InitializeRequest(settings=settings)).params
    return wire.encode(
        TrainRequest(settings=settings, params=params, step=0, steps=1000)
    )


# --- The same bits -----------------------------------------------------------------


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(model="linear"),
        Settings(dtype="float32", init="he", classes=4),
        Settings(points=333, classes=7, hidden=123),
    ],
    ids=["default", "linear", "float32", "large"],
)
def test_the_same_weights_through_http_and_python(
    server: Server, settings: Settings
) -> None:
    begin = InitializeRequest(settings=settings)
    status, body = server.post("initialize", wire.encode(begin))
    assert status == 200
    there = wire.decode(body, InitializeReply).params
    here = initialize(begin).params
    assert wire.encode(there) == wire.encode(here)

    for step in (0, 10):
        ask = TrainRequest(settings=settings, params=there, step=step, steps=10)
        status, body = server.post("train", wire.encode(ask))
        assert status == 200
        reply = wire.decode(body, TrainReply)
        there = reply.params
    expected = train(
        TrainRequest(settings=settings, params=here, step=0, steps=20)
    ).params
    assert wire.encode(there) == wire.encode(expected)

    look = DecisionMapRequest(params=there)
    status, body = server.post("decision_map", wire.encode(look))
    assert status == 200
    scores = wire.decode(body, DecisionMapReply).scores
    assert scores.tobytes() == decision_map(look).scores.tobytes()


def test_the_same_weights_while_others_compute(server: Server) -> None:
    settings = Settings(hidden=300)
    params = initialize(InitializeRequest(settings=settings)).params
    ask = TrainRequest(settings=settings, params=params, step=0, steps=50)
    expected = wire.encode(train(ask).params)
    with ThreadPoolExecutor(6) as pool:
        for status, body in pool.map(
            lambda body: server.post("train", body), [wire.encode(ask)] * 18
        ):
            assert status == 200
            assert wire.encode(wire.decode(body, TrainReply).params) == expected


# --- Many at once, and some that go away -------------------------------------------


def test_slow_requests_do_not_block_a_quick_one() -> None:
    with running() as server, ThreadPoolExecutor(2) as pool:
        body = long_training(LARGE)
        both = [pool.submit(server.post, "train", body) for _ in range(2)]
        time.sleep(0.2)
        for _ in range(5):
            assert server.post("spiral", QUICK)[0] == 200
        assert not any(each.done() for each in both)
        assert [each.result()[0] for each in both] == [200, 200]


def test_a_client_that_goes_away_does_not_matter(server: Server) -> None:
    body = long_training(LARGE)
    head = f"POST /api/train HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
    head += f"Content-Type: application/msgpack\r\nContent-Length: {len(body)}\r\n\r\n"
    message = head.encode() + body
    for length in (0, 10, len(head) - 2, len(head), len(head) + 1000, len(message)):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(message[:length])
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(message)  # and then a reset instead of a good-bye
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    time.sleep(1)
    assert server.post("spiral", QUICK)[0] == 200


def test_no_http_at_all_does_not_matter(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"\x16\x03\x01 is how TLS begins\r\n\r\n")
        assert b"400" in connection.recv(1000)
    assert server.post("spiral", QUICK)[0] == 200


def test_replies_do_not_wait_for_acknowledgements(server: Server) -> None:
    """Without TCP_NODELAY, each reply on a connection kept alive takes 40 ms."""
    connection = server.connection()
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    seconds = []
    for _ in range(30):
        begun = time.perf_counter()
        connection.request("POST", "/api/spiral", QUICK, MSGPACK)
        assert connection.getresponse().read()
        seconds.append(time.perf_counter() - begun)
    connection.close()
    assert min(seconds[5:]) < 0.02


# --- Bodies that are too large -----------------------------------------------------


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_a_body_may_not_be_too_large(server: Server, chunked: bool) -> None:
    def answer(size: int) -> tuple[int, str]:
        connection = server.connection()
        pieces = (bytes(size // 16) for _ in range(16))
        if chunked:
            connection.request(
                "POST", "/api/train", pieces, MSGPACK, encode_chunked=True
            )
        else:
            connection.request("POST", "/api/train", bytes(size), MSGPACK)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text

    assert answer(LARGEST_BODY)[0] == 400  # zeros are no MessagePack
    too_large = (413, "The body is too large; allowed are 1,048,576 bytes.")
    assert answer(LARGEST_BODY + 16) == too_large
    assert answer(20 * LARGEST_BODY) == too_large
    assert server.post("spiral", QUICK)[0] == 200


def test_a_length_that_is_a_lie(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(
            b"POST /api/train HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/msgpack\r\nContent-Length: 99999999999\r\n\r\n"
        )
        connection.sendall(bytes(LARGEST_BODY + 1))
        assert b"413" in connection.recv(1000)
    assert server.post("spiral", QUICK)[0] == 200


# --- Start and stop ----------------------------------------------------------------


def test_it_says_where_it_is() -> None:
    with running() as server:
        assert len(server.lines) == 1
        assert re.fullmatch(
            r"The lesson is at http://127\.0\.0\.1:\d+/ \(Ctrl-C stops it\)\.\n",
            server.lines[0],
        )


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with running(f"serve(port={taken}, open_browser=False)") as server:
            assert taken < server.port <= taken + 100
            assert server.lines[0] == f"Port {taken} is taken; using {server.port}.\n"
            assert server.post("spiral", QUICK)[0] == 200


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_without_a_word(how: signal.Signals) -> None:
    with running() as server:
        half_sent = socket.create_connection(("127.0.0.1", server.port))
        half_sent.sendall(b"POST /api/train HTTP/1.1\r\nContent-")
        # The second one to come: its answer says that the server knows both.
        kept_alive = server.connection()
        kept_alive.request("POST", "/api/spiral", QUICK, MSGPACK)
        assert kept_alive.getresponse().read()
        begun = time.monotonic()
        assert server.stop(how) == (0, "")
        assert time.monotonic() - begun < 3
        kept_alive.close()
        half_sent.close()


def test_a_signal_stops_it_in_the_middle_of_a_computation() -> None:
    with running() as server, ThreadPoolExecutor() as pool:
        body = long_training(LARGEST)
        waiting = pool.submit(server.post, "train", body)
        time.sleep(1)
        assert not waiting.done()
        begun = time.monotonic()
        assert server.stop() == (0, "")
        assert time.monotonic() - begun < 5
        assert waiting.result() == (503, b"The server is stopping; ask again.")


def test_what_called_it_goes_on_after_it() -> None:
    with running("serve(port=0, open_browser=False); print('after')") as server:
        assert server.stop() == (0, "after\n")


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("127.0.0.1", -1, "The port is -1; allowed is 0 to 65535."),
        ("127.0.0.1", 65536, "The port is 65536; allowed is 0 to 65535."),
        ("no host", 0, "There is no host 'no host'."),
        ("a" * 70 + ".example", 0, f"There is no host '{'a' * 70}.example'."),
        ("192.0.2.1", 0, "192.0.2.1 is no address of this machine."),
    ],
)
def test_where_it_cannot_listen(host: str, port: int, sentence: str) -> None:
    with pytest.raises(ServeError) as error:
        serve(host, port, open_browser=False)
    assert str(error.value) == sentence


def test_no_port_is_free() -> None:
    with socket.socket() as last:
        try:
            last.bind(("127.0.0.1", 65535))
        except OSError:
            pytest.skip("somebody else has port 65535")
        last.listen()
        with pytest.raises(ServeError, match="No port from 65535 to 65535 is free"):
            serve(port=65535, open_browser=False)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may take any port"
)
def test_a_port_of_the_system() -> None:
    with pytest.raises(ServeError, match="reserved to the system"):
        serve(port=1, open_browser=False)


def test_the_port_is_no_other_programs() -> None:
    assert 1024 <= DEFAULT_PORT < 32768  # below those that systems give away


def test_on_ipv6() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 here")
    with running("serve('::1', 0, open_browser=False)") as server:
        assert f"http://[::1]:{server.port}/" in server.lines[0]
        connection = http.client.HTTPConnection("::1", server.port)
        connection.request("POST", "/api/spiral", QUICK, MSGPACK)
        assert connection.getresponse().status == 200
        connection.close()


def test_on_every_address() -> None:
    with running("serve('0.0.0.0', 0, open_browser=False)") as server:
        assert f"http://127.0.0.1:{server.port}/" in server.lines[0]
        assert server.post("spiral", QUICK)[0] == 200
        for host, status in (("192.0.2.7", 200), ("example.org", 421)):
            connection = server.connection()
            connection.request("POST", "/api/spiral", QUICK, MSGPACK | {"Host": host})
            assert connection.getresponse().status == status
            connection.close()


# --- The browser -------------------------------------------------------------------


def test_a_browser_opens_the_lesson(tmp_path: Path) -> None:
    """A program of ours, as $BROWSER, fetches the page and writes down what it got."""
    seen = tmp_path / "seen"
    browser = tmp_path / "browser.py"
    browser.write_text(
        "import sys, urllib.request, urllib.error\n"
        "try:\n"
        "    status = urllib.request.urlopen(sys.argv[1], timeout=20).status\n"
        "except urllib.error.HTTPError as error:\n"
        "    status = error.code\n"
        f"open({str(seen)!r}, 'w').write(f'{{sys.argv[1]}} {{status}}')\n"
    )
    with running("serve(port=0)", BROWSER=f"{sys.executable} {browser} %s") as server:
        url = f"http://127.0.0.1:{server.port}/"
        deadline = time.monotonic() + 20
        while not (seen.exists() and seen.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert seen.read_text() in (f"{url} 200", f"{url} 503")  # 503: not built
        assert server.stop() == (0, "")


def test_no_browser_is_no_error() -> None:
    with running("serve(port=0)", BROWSER="/no/such/program %s") as server:
        assert server.post("spiral", QUICK)[0] == 200
        assert server.stop() == (0, "")
