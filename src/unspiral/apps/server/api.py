"""The lab over HTTP: `POST /api/<operation>`, MessagePack both ways.

`POST /api/batch` takes several calls at once; see `batch`. The exercises have an
endpoint of their own; see `exercises`.

A request that is refused gets one sentence as plain text, with a status of

- 400: the body is not MessagePack;
- 404: there is no such operation;
- 413: the body is too large;
- 415: the Content-Type is not MessagePack's;
- 422: a field is missing, unknown or out of its bounds;
- 503: the server stops before it has computed the reply.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from unspiral.apps.server.batch import Answer, batch, unknown
from unspiral.apps.server.workers import workers
from unspiral.lab import messages_of, wire

MEDIA_TYPE = "application/msgpack"
LARGEST_BODY = 2**20  # bytes

Operation = Callable[[Any], Any]
Endpoint = Callable[[Request], Awaitable[Response]]


def api(operations: Mapping[str, Operation]) -> Endpoint:
    """Return the endpoint for some operations; the path gives the name of one."""
    answers = {name: answer_with(operation) for name, operation in operations.items()}
    answers["batch"] = batch(answers.copy())

    async def endpoint(request: Request) -> Response:
        name = request.path_params["operation"]
        if name not in answers:
            raise HTTPException(404, unknown(name, operations))
        return await computed(answers[name], await message_in(request))

    return endpoint


async def message_in(request: Request) -> bytes:
    """Return the message in a request, still to be decoded."""
    check_content_type(request.headers.get("content-type", ""))
    return await limited_body(request)


async def computed(answer: Answer, message: bytes) -> Response:
    """Have a worker compute the answer to a message."""
    try:
        reply = await workers().run(answer, message)
    except wire.UnreadableError as error:
        raise HTTPException(400, str(error)) from error
    except wire.RequestError as error:
        raise HTTPException(422, str(error)) from error
    except asyncio.CancelledError:
        raise HTTPException(503, "The server is stopping; ask again.") from None
    return Response(reply, media_type=MEDIA_TYPE)


def check_content_type(value: str) -> None:
    """Raise HTTPException unless a Content-Type is MessagePack's."""
    if value.partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise HTTPException(
            415,
            f"The Content-Type is {wire.shown(value)}; allowed is {MEDIA_TYPE}.",
            {"Accept": MEDIA_TYPE},
        )


def answer_with(operation: Operation) -> Answer:
    """Return the operation on bytes: decode, compute, encode."""
    request_type, _ = messages_of(operation)

    def answer(body: bytes) -> bytes:
        return wire.encode(operation(wire.decode(body, request_type)))

    return answer


async def limited_body(request: Request) -> bytes:
    """Return the body, unless it is too large; its Content-Length may be missing."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise HTTPException(
                    413, f"The body is too large; allowed are {LARGEST_BODY:,} bytes."
                )
    except ClientDisconnect:
        raise HTTPException(400, "The client went away.") from None
    return bytes(body)
