"""Several operations in one request: all that a figure wants now, in one round trip."""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated

import msgspec

from unspiral.lab import wire

Answer = Callable[[bytes], bytes]
MOST_CALLS = 16


class Call(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """Name of an operation, and its request."""

    operation: str
    request: msgspec.Raw


def batch(answers: Mapping[str, Answer]) -> Answer:
    """Return what answers a list of calls, by the operations that answer one each.

    The reply is a list with one pair for each call, in their order: true and the
    operation's reply, or false and one sentence. One that is refused stops no other.
    """
    kind = Annotated[list[Call], msgspec.Meta(max_length=MOST_CALLS)]

    def one(call: Call) -> tuple[bool, msgspec.Raw | str]:
        if call.operation not in answers:
            return False, unknown(call.operation, answers)
        try:
            return True, msgspec.Raw(answers[call.operation](bytes(call.request)))
        except wire.RequestError as error:
            return False, str(error)

    def all_of_them(body: bytes) -> bytes:
        return msgspec.msgpack.encode([one(call) for call in wire.decode(body, kind)])

    return all_of_them


def unknown(operation: str, known: Iterable[str]) -> str:
    """Say which operations there are."""
    return f"The lab has no {wire.shown(operation)}; it has {', '.join(known)}."
