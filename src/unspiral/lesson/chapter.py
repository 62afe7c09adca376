"""The chapters: one Markdown file each, with its title and summary at the top."""

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from unspiral.lesson.mistakes import ChapterError, decode_toml, located

FOLDER = Path(__file__).parent / "chapters"


@dataclass(frozen=True)
class Chapter:
    """What the table of contents says about a chapter, and where its text is."""

    number: int
    slug: str
    """Its name in addresses: that of its file, such as ``7-live-training``."""
    title: str
    summary: str
    """One sentence."""
    questions: int
    """How many quizzes it has."""
    path: Path


class FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The TOML between the ``+++`` lines at the top of a chapter."""

    title: str
    summary: str


def chapters(folder: Path = FOLDER) -> list[Chapter]:
    """All chapters by their numbers.

    Raises
    ------
    ChapterError
        When a file's name has no number, two have the same, or the front matter of
        one cannot be read.
    """
    found: dict[int, Chapter] = {}
    for path in sorted(folder.glob("*.md")):
        chapter, _ = read(path)
        if chapter.number in found:
            other = found[chapter.number].path.name
            sentence = f"chapter {chapter.number} is also {other}; number one anew"
            raise ChapterError(path, 1, sentence)
        found[chapter.number] = chapter
    return [found[number] for number in sorted(found)]


def read(path: Path) -> tuple[Chapter, str]:
    """Read a chapter and its text, in which each line keeps its number in the file."""
    name = re.fullmatch(r"(\d+)-[a-z0-9-]+", path.stem)
    if not name:
        sentence = "a chapter's file is named like 7-live-training.md"
        raise ChapterError(path, 1, sentence)
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0] != "+++" or "+++" not in lines[1:]:
        sentence = "a chapter begins with its title and summary between two +++ lines"
        raise ChapterError(path, 1, sentence)
    end = lines.index("+++", 1)
    with located(path, 1):
        front = decode_toml("\n".join(lines[1:end]), FrontMatter)
    questions = sum(line.rstrip() == "```quiz" for line in lines)
    chapter = Chapter(
        int(name[1]), path.stem, front.title, front.summary, questions, path
    )
    return chapter, "\n".join([""] * (end + 1) + lines[end + 1 :])
