"""What an exception means, in plain words: the common ones, in `errors.toml`."""

import re
from functools import cache
from pathlib import Path

from msgspec import Struct

from unspiral.lesson.mistakes import decode_toml

PATH = Path(__file__).parent / "errors.toml"


class Meaning(Struct, frozen=True, forbid_unknown_fields=True):
    """What an exception means."""

    pattern: str
    """Of its type and message, as the last line of a traceback has them."""
    sentence: str
    """Markdown, with {0}, {1} and so on for the groups of the pattern."""


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """All that are known."""

    error: tuple[Meaning, ...]


@cache
def meanings() -> tuple[Meaning, ...]:
    """All meanings that are known, in the order in which they are tried."""
    return decode_toml(PATH.read_text(encoding="utf-8"), File).error


def meaning(type_: str, message: str) -> str:
    """Say what an exception means; empty if that is not known."""
    said = f"{type_}: {message}"
    for each in meanings():
        if match := re.search(each.pattern, said):
            sentence = each.sentence
            for number, group in enumerate(match.groups(default="")):
                sentence = sentence.replace(f"{{{number}}}", group)
            return sentence
    return ""
