"""What can be wrong with a chapter, and where: file, line and a sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Mistake(Exception):  # noqa: N818 - nobody but `located` catches one
    """What is wrong with a part of a chapter; `line` counts from that part's first."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


class ChapterError(Exception):
    """What is wrong with a chapter, with its file and the line, counted from 1."""

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        super().__init__(f"{path.parent.name}/{path.name}:{line}: {sentence}")
        self.path = path
        self.line = line
        self.sentence = sentence


@contextmanager
def located(path: Path, line: int) -> Iterator[None]:
    """Add to a mistake made inside where its part begins: `line` counts from 0."""
    try:
        yield
    except Mistake as mistake:
        raise ChapterError(path, line + mistake.line + 1, mistake.sentence) from mistake


def decode_toml(text: str, type_: type[T]) -> T:
    """Read TOML data of a given type, or say what is wrong with them."""
    try:
        return msgspec.toml.decode(text, type=type_)
    except msgspec.DecodeError as error:
        sentence = str(error)
        if place := re.search(r"at line (\d+)", sentence):  # TOML that cannot be read
            line = int(place[1]) - 1
        elif "at end of document" in sentence:
            line = text.count("\n")
        elif place := re.search(r"at `\$\.(\w+)\[(\d+)\]", sentence):  # in a [[table]]
            table, number = place[1], int(place[2])
            starts = [i for i, s in enumerate(text.split("\n")) if f"[[{table}]]" in s]
            line = starts[number]
        else:
            line = 0
        raise Mistake(sentence, line) from error
