"""The exercises over HTTP: `POST /api/exercises/<operation>`, as `api` has the lab.

Whoever may ask this can have code run on this machine. So it is there only if the
server listens to this machine alone, and only for pages that this server has sent: they
carry a token, which other sites cannot read. Everyone else gets a 403.
"""

import asyncio
import hmac
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from unspiral.apps.server.api import (
    Endpoint,
    Operation,
    answer_with,
    computed,
    message_in,
)
from unspiral.lab import wire
from unspiral.lesson.operations import OPERATIONS, RUNNING

TOKEN_HEADER = "x-unspiral-token"
MOST_AT_ONCE = 2
"""So many requests run the learner's code at once; further ones wait."""

NOT_HERE = (
    "This server can be reached from other machines, so it runs no code from a page. "
    "Check your function in a terminal: `unspiral check network.py`."
)
OLD_PAGE = (
    "This page is older than the server, which has been started anew. "
    "Reload the page: your work is kept."
)


def notes(token: str | None) -> dict[str, str]:
    """Return what a page's <meta> elements say of running code, by their names."""
    if token is None:
        return {"unspiral-runs-no-code": NOT_HERE}
    return {"unspiral-token": token}


def exercises(
    token: str | None, operations: Mapping[str, Operation] = OPERATIONS
) -> Endpoint:
    """Return the endpoint; without a token, it refuses everything."""
    answers = {name: answer_with(operation) for name, operation in operations.items()}
    turns = asyncio.Semaphore(MOST_AT_ONCE)

    async def endpoint(request: Request) -> Response:
        allow(request, token)
        name = request.path_params["operation"]
        if name not in answers:
            known = ", ".join(answers)
            raise HTTPException(
                404, f"There is no {wire.shown(name)}; there is {known}."
            )
        body = await message_in(request)
        if name not in RUNNING:
            return await computed(answers[name], body)
        async with turns:
            if await request.is_disconnected():  # asked for something else meanwhile
                raise HTTPException(400, "The client went away.")
            return await computed(answers[name], body)

    return endpoint


def allow(request: Request, token: str | None) -> None:
    """Raise HTTPException unless the request comes from a page that we sent."""
    if token is None:
        raise HTTPException(403, NOT_HERE)
    sent = request.headers.get(TOKEN_HEADER, "")
    if not hmac.compare_digest(sent.encode(), token.encode()):
        raise HTTPException(403, OLD_PAGE)
