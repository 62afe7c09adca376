"""What keeps other sites away from a server on the reader's own machine.

The page of any site can make a browser send requests to 127.0.0.1. So only
requests meant for this server are answered, and only our own pages may compute.
"""

import ipaddress
import socket
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HostRule = Callable[[str], bool]
"""Tells whether requests for a host are answered: a name or address, no port."""

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # Ask again before using a copy: after an update, the old page must not stay.
    "cache-control": "no-cache",
}


def host_rule(name: str, bound_to: str) -> HostRule:
    """Return the rule for a server started at `name`, which has this IP address.

    Names are what matters: a site can make its own name lead to this machine (DNS
    rebinding), and its pages then count as ours. It cannot do so with an address.
    """
    names = {name.lower(), "localhost"}
    loopback = ipaddress.ip_address(bound_to).is_loopback
    if not loopback:
        own_name = socket.gethostname().lower()
        names |= {own_name, f"{own_name}.local"}

    def allows(host: str) -> bool:
        try:
            ip = ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
        except ValueError:
            return host in names
        return ip.is_loopback or not loopback

    return allows


def without_port(host: str) -> str:
    """Return the name or address in a Host header, in lower case."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()


class Guard:
    """Refuse requests for other hosts, and those that other sites' pages send.

    (Starlette's `TrustedHostMiddleware` knows lists of names; we take any address.)
    """

    def __init__(self, app: ASGIApp, allows: HostRule) -> None:
        self.app = app
        self.allows = allows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        app = self.app
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if not self.allows(without_port(headers.get("host", ""))):
                app = WRONG_HOST
            elif scope["method"] not in ("GET", "HEAD") and foreign(headers):
                app = FOREIGN
        await app(scope, receive, send)


WRONG_HOST = PlainTextResponse(
    "This server does not answer under that host name; "
    "use the address that it gave when it started.",
    status_code=421,
)
FOREIGN = PlainTextResponse(
    "Only this server's own pages may send that.", status_code=403
)


def foreign(headers: Headers) -> bool:
    """Tell whether the page of another origin sent this request.

    Browsers say where a request comes from; other programs send neither header.
    """
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    # Without the scheme: https may end at a proxy before us.
    return origin.lower().partition("://")[2] != headers.get("host", "").lower()


class WithHeaders:
    """Add headers to every response."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = [(k.encode(), v.encode()) for k, v in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to what comes back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), *self.headers]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_headers)
