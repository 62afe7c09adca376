"""What the page asks about exercises: functions from a message to a message.

Only `check` runs the learner's code, in the sandbox; it takes up to 2 seconds. The
others read it. All raise `wire.RequestError`, with a sentence for the page.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from unspiral.lab.wire import RequestError
from unspiral.lesson.exercises import check as checking
from unspiral.lesson.exercises import network_file
from unspiral.lesson.exercises.report import Report
from unspiral.lesson.messages import CheckRequest, NetworkFile, NetworkParts


def check(request: CheckRequest) -> Report:
    """Say how a function does in its exercise."""
    try:
        report = checking.check(request.exercise, request.source)
    except KeyError as error:
        raise RequestError(f"exercise: {error.args[0]}.") from error
    return msgspec.convert(sendable(msgspec.to_builtins(report)), Report)


def sendable(value: Any) -> Any:
    """Put a question mark for each half of a character: no UTF-8 has it.

    The learner's code may have put such halves into what it printed or raised.
    """
    match value:
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {key: sendable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [sendable(inner) for inner in value]
    return value


def put_together(request: NetworkParts) -> NetworkFile:
    """Make one file of all functions; an open one is taken from its template."""
    training = request.training or network_file.TRAINING
    try:
        source = network_file.put_together(request.functions, request.besides, training)
    except network_file.ConflictError as error:
        raise RequestError(str(error)) from error
    return NetworkFile(source=source)


def take_apart(request: NetworkFile) -> NetworkParts:
    """Find the functions in a file."""
    work = network_file.take_apart(request.source)
    return NetworkParts(
        functions=work.functions,
        besides=work.besides,
        training=None if work.training == network_file.TRAINING else work.training,
    )


OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "check": check,
    "put_together": put_together,
    "take_apart": take_apart,
}
