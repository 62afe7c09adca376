"""Running a learner's file: the one function that the rest of the lesson uses."""

from collections.abc import Sequence
from io import StringIO

from unspiral.lesson.exercises.sandbox.child import TOTAL, Child
from unspiral.lesson.exercises.sandbox.endings import ended, ended_with
from unspiral.lesson.exercises.sandbox.inside.values import (
    GarbledError,
    TooLargeError,
    Writer,
)
from unspiral.lesson.exercises.sandbox.outcomes import Call, Ended, Outcome, Raised
from unspiral.lesson.exercises.sandbox.replies import outcome
from unspiral.lesson.exercises.sandbox.spares import spares


def run(
    source: str, calls: Sequence[Call], seconds: float = 2.0, besides: str = ""
) -> list[Outcome]:
    """Run a learner's file in a process of its own, and call its functions in order.

    May be called from several threads at a time.

    Parameters
    ----------
    source
        The file.
    calls
        What to call. All calls are made in the same process, one after another.
    seconds
        How long all of it may take, from 0.01 to 60. Starting the process is not
        counted.
    besides
        Code of our own that is run after the file, in the same module. What happens in
        it is told at the learner's line that called it.

    Returns
    -------
    outcomes
        One for each call. If reading the file raises, each is that `Raised`. After an
        `Ended` the later calls are not made: they get the same one.

    Raises
    ------
    ValueError
        If `seconds` is out of bounds, or an argument of a call cannot be sent.
    RuntimeError, OSError
        If the process cannot be started.
    """
    if not 0.01 <= seconds <= 60:
        raise ValueError(f"seconds is from 0.01 to 60, not {seconds}")
    request = packed(source, calls, seconds, besides)
    if not calls:
        return []
    child = spares.take()
    in_time = child.ask(request, len(calls), seconds)
    lines = StringIO(source, None).readlines()
    outcomes: list[Outcome] = []
    for call, reply in zip(calls, child.replies, strict=False):
        try:
            outcomes.append(outcome(reply, call, lines, seconds))
        except GarbledError:
            outcomes.append(ended("garbled", seconds))
        if is_last(outcomes[-1]):
            break
    else:
        if len(outcomes) < len(calls):
            outcomes.append(silent(child, in_time, seconds))
    return outcomes + outcomes[-1:] * (len(calls) - len(outcomes))


def packed(source: str, calls: Sequence[Call], seconds: float, besides: str) -> bytes:
    """Turn a request into bytes."""
    writer = Writer()
    each = [(call.function, tuple(call.args), call.seed) for call in calls]
    try:
        writer.write((source, besides, float(seconds), each))
    except TooLargeError as error:
        raise ValueError(f"too much to send: {error}") from error
    if writer.others:
        _, number, _, *steps = writer.others[0]  # request[3][number][1]...
        place = "args" + "".join(f"[{step!r}]" for step in steps)
        raise ValueError(f"{calls[int(number)].function}: {place} cannot be sent")
    return bytes(writer.bytes)


def is_last(outcome: Outcome) -> bool:
    """Say whether no call is made after this outcome."""
    return isinstance(outcome, Ended) or (
        isinstance(outcome, Raised) and outcome.on_import
    )


def silent(child: Child, in_time: bool, seconds: float) -> Ended:
    """Say why there is no reply."""
    if child.fault:
        detail = f"more than {TOTAL // 2**20} MB in all"  # if it is too large
        return ended(child.fault, seconds, detail=detail)
    if not in_time:
        return ended("time", seconds)
    return ended_with(child.process.returncode, seconds)
