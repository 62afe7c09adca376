"""How the child can come to an end, in words for the reader."""

import signal
from typing import cast, get_args

from unspiral.lesson.exercises.sandbox.inside.limits import MEMORY
from unspiral.lesson.exercises.sandbox.inside.output import FLOOD
from unspiral.lesson.exercises.sandbox.inside.protocol import (
    BROKEN,
    CLOSED,
    OUT_OF_MEMORY,
)
from unspiral.lesson.exercises.sandbox.inside.values import GarbledError
from unspiral.lesson.exercises.sandbox.outcomes import Ended, Reason


def ended(
    reason: str,
    seconds: float,
    line: int | None = None,
    detail: str = "",
    output: str = "",
) -> Ended:
    """Put into words what the child said of its end."""
    if reason not in get_args(Reason):
        raise GarbledError("no reason")
    reason = cast(Reason, reason)
    at = f" at line {line}" if line else ""
    plural = "" if seconds == 1 else "s"
    sentence = {
        "time": f"Your code was still running after {seconds:g} second{plural}"
        f"{at and f',{at}'}, and was stopped. Is there a loop that never ends?",
        "memory": f"Your code used up all of its memory, {MEMORY // 2**20} MB."
        " Is there a list that grows without end, or a very large array?",
        "output": f"Your code printed more than {FLOOD:,} characters{at}, and was"
        " stopped. Is there a print in a loop that never ends?",
        "exit": f"Your code ended the program{at}, before it was done. Leave out"
        " exit(), quit(), sys.exit() and the like.",
        "crash": "Your code made Python itself break down.",
        "too_large": f"Your function returned too much to look at: {detail}.",
        "garbled": "Your code disturbed the way in which its results come back.",
    }[reason]
    return Ended(reason, sentence, line, output)


def ended_with(status: int, seconds: float) -> Ended:
    """Put into words how the child ended when it said nothing.

    Parameters
    ----------
    status
        Its exit status; if a signal ended it, that signal's number, negative.
    """
    if status == OUT_OF_MEMORY:
        return ended("memory", seconds)
    if status == BROKEN:
        return Ended(
            "crash",
            "Your code changed something in Python or NumPy without which it cannot be"
            " checked.",
        )
    # It may close the pipe and go on: then it is killed, for that reason.
    if status == CLOSED or -status == getattr(signal, "SIGKILL", None):
        return Ended(
            "crash",
            "The process that ran your code was killed. Did your code use too much"
            " memory, or close files that it did not open?",
        )
    if status >= 0:
        return ended("exit", seconds)
    if -status == getattr(signal, "SIGXCPU", None):
        return ended("time", seconds)
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return Ended(
        "crash",
        f"Your code made Python itself break down ({name}). Is there a recursion that"
        " never ends, or memory used that does not belong to an array?",
    )
