"""Listen for browsers, until Ctrl-C."""

import errno
import ipaddress
import os
import secrets
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread, current_thread, main_thread

import uvicorn

from unspiral import lesson
from unspiral.apps.server.application import application
from unspiral.apps.server.guards import HostRule, host_rule

DEFAULT_PORT = 8314
PORTS_TO_TRY = 100


class ServeError(Exception):
    """The server cannot start. Its text is one sentence that says why."""


def serve(
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    open_browser: bool = True,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the lesson until Ctrl-C (SIGINT) or SIGTERM, then return.

    Parameters
    ----------
    host
        Name or IP address to listen at. Unless it is a loopback address, anyone in
        the network can open the lesson, and no code from its pages is run.
    port
        0 to 65535. If it is taken, the next free one is used; 0 takes any.
    open_browser
        Open the lesson in a browser, where there is one.
    say
        Is called with each line for the reader: where the lesson is.

    Raises
    ------
    ServeError
        When it cannot listen at this host and port.
    """
    with listening_socket(host, port) as listener:
        bound_to, bound_port, *_ = listener.getsockname()
        token = secrets.token_urlsafe() if is_loopback(bound_to) else None
        server = uvicorn.Server(configuration(host_rule(host, bound_to), token))
        with ended_by_signals(server):
            if port not in (0, bound_port):
                say(f"Port {port} is taken; using {bound_port}.")
            Thread(target=render_ahead, daemon=True).start()
            url = address(host, bound_to, bound_port)
            say(f"The lesson is at {url} (Ctrl-C stops it).")
            if open_browser:  # the socket listens already: the browser will wait
                Thread(target=show, args=(url,), daemon=True).start()
            server.run(sockets=[listener])


def is_loopback(address: str) -> bool:
    """Whether only programs on this machine can reach an address."""
    return ipaddress.ip_address(address).is_loopback


def configuration(allowed_hosts: HostRule, token: str | None) -> uvicorn.Config:
    """Return how uvicorn shall run the application."""
    return uvicorn.Config(
        application(allowed_hosts, token=token),
        access_log=False,
        lifespan="off",
        log_config=None,
        log_level="critical",  # the application logs its own errors
        server_header=False,
        timeout_graceful_shutdown=1,  # s
        timeout_keep_alive=75,  # s; a learner thinks for longer than uvicorn's 5
        ws="none",
    )


@contextmanager
def ended_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Let signals end the server, and only the server.

    Uvicorn handles them while it runs, but then raises them again, for whoever
    handled them before: without this, Ctrl-C would end in a traceback.
    """
    if current_thread() is not main_thread():  # no other thread gets signals
        yield
        return
    before = {
        number: signal.signal(number, server.handle_exit)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def listening_socket(host: str, port: int) -> socket.socket:
    """Listen at a port, or at the next one that is free."""
    if not 0 <= port <= 65535:
        raise ServeError(f"The port is {port}; allowed is 0 to 65535.")
    family, sockaddr = resolved(host)
    last = port if port == 0 else min(port + PORTS_TO_TRY, 65535)
    for each in range(port, last + 1):
        try:
            listener = socket.create_server((sockaddr, each), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise ServeError(reason(error, host, each)) from error
        else:
            # Connections inherit it. Without it, each reply takes 40 ms: its second
            # packet waits until the client has acknowledged the first.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            return listener
    raise ServeError(f"No port from {port} to {last} is free.")


def resolved(host: str) -> tuple[socket.AddressFamily, str]:
    """Return the IP address of a host; of several, an IPv4 one."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ServeError(f"There is no host {host!r}.") from error
    family, *_, sockaddr = min(found, key=lambda info: info[0] != socket.AF_INET)
    return family, str(sockaddr[0])


def reason(error: OSError, host: str, port: int) -> str:
    """Say why a port cannot be listened at."""
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved to the system; choose one from 1024 up."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine."
    return f"Cannot listen at {host}, port {port}: {error.strerror}."


def address(host: str, bound_to: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    ip = ipaddress.ip_address(bound_to)
    if ip.is_unspecified:  # every address of this machine
        host = "[::1]" if ip.version == 6 else "127.0.0.1"
    elif ip.version == 6 and host == bound_to:
        host = f"[{host}]"
    return f"http://{host}:{port}/"


def render_ahead() -> None:
    """Render all chapters, so that nobody waits for it when opening one."""
    for chapter in lesson.chapters():
        with suppress(lesson.ChapterError):  # told to whoever opens it
            lesson.render(chapter)


def show(url: str) -> None:
    """Open a browser, if there is one with a window of its own."""
    try:
        browser = webbrowser.get()
        # A browser inside this terminal runs no JavaScript, and takes the terminal.
        in_terminal = type(browser) is webbrowser.GenericBrowser
        if not in_terminal or "BROWSER" in os.environ:
            browser.open(url)
    except (webbrowser.Error, OSError):
        pass  # the reader has the address
