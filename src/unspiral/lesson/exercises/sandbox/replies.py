"""What the child answers, read with suspicion: its code may have written it."""

from collections.abc import Sequence

import numpy as np

from unspiral.lesson.exercises.sandbox.endings import ended
from unspiral.lesson.exercises.sandbox.inside.values import (
    GarbledError,
    Path,
    Value,
    unpack,
)
from unspiral.lesson.exercises.sandbox.outcomes import (
    Call,
    Missing,
    Outcome,
    Raised,
    Returned,
)

TEXT = 20_000
"""Characters of any text that are taken; the child sends less."""


def outcome(reply: bytes, call: Call, lines: Sequence[str], seconds: float) -> Outcome:
    """Read the reply to a call.

    Raises
    ------
    GarbledError
        If it is none.
    """
    match unpack(reply):
        case ("returned", value, tuple(args), tuple(shared), str(output)):
            if len(args) != len(call.args):
                raise GarbledError("other arguments than were sent")
            pairs = tuple(pair(each, value, args) for each in shared)
            return Returned(value, args, pairs, output[:TEXT])
        case (
            "raised",
            str(kind),
            str(builtin),
            str(message),
            int() | None as line,
            int() | None as column,
            bool(on_import),
            str(output),
        ):
            check_place(line, column, lines)
            known = line is not None and 1 <= line <= len(lines)
            return Raised(
                type=kind[:TEXT],
                builtin=builtin[:TEXT],
                message=message[:TEXT],
                line=line,
                text=lines[line - 1].strip() if line and known else "",
                output=output[:TEXT],
                column=column,
                on_import=on_import,
            )
        case ("missing", str() | None as kind, str(output)):
            return Missing(call.function, kind and kind[:TEXT], output[:TEXT])
        case ("ended", str(reason), int() | None as line, str(detail), str(output)):
            check_place(line, None, lines)
            return ended(reason, seconds, line, detail[:TEXT], output[:TEXT])
    raise GarbledError("no reply")


def check_place(line: int | None, column: int | None, lines: Sequence[str]) -> None:
    """Make sure that a line is one of the file, or the end of it."""
    if line is not None and not 0 <= line <= len(lines) + 1:
        raise GarbledError("a line that the file does not have")
    if column is not None and not -1 <= column <= 1_000_000:
        raise GarbledError("a column that no line has")


def pair(paths: Value, value: Value, args: tuple[Value, ...]) -> tuple[Path, Path]:
    """Read where two arrays are, and make sure that they are there."""
    match paths:
        case (tuple(one), tuple(other)):
            return array_at(one, value, args), array_at(other, value, args)
    raise GarbledError("no pair")


def array_at(path: tuple[Value, ...], value: Value, args: tuple[Value, ...]) -> Path:
    """Read where an array is, and make sure that it is there."""
    found: Value = {"value": value, "args": args}
    steps: list[str | int] = []
    for step in path:
        match found, step:
            case (tuple() | list(), int(index)) if 0 <= index < len(found):
                found = found[index]
                steps.append(index)
            case dict(), str(key) if key in found:
                found = found[key]
                steps.append(key)
            case _:
                raise GarbledError("no such place")
    if not isinstance(found, np.ndarray):
        raise GarbledError("no array")
    return tuple(steps)
