import os
from pathlib import Path

import pytest

from unspiral.lesson import Chapter, ChapterError, chapters, render

FRONT = '+++\ntitle = "One"\nsummary = "Of two."\n+++\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "chapters"
    folder.mkdir()
    return folder


def test_chapters_are_sorted_by_number(folder: Path) -> None:
    for name in ["10-last", "2-one"]:
        (folder / f"{name}.md").write_text(FRONT)
    path = folder / "2-one.md"
    first, last = chapters(folder)
    assert first == Chapter(2, "2-one", "One", "Of two.", 0, path)
    assert last.number == 10


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        (
            "one.md",
            FRONT,
            "one.md:1: a chapter's file is named like 7-live-training.md",
        ),
        ("2-Big.md", FRONT, "2-Big.md:1: a chapter's file is named like"),
        ("02-two.md", FRONT, "2-one.md:1: chapter 2 is also 02-two.md"),
        ("3-a.md", "# Title", "3-a.md:1: a chapter begins with its title and summary"),
        ("3-a.md", "+++\ntitle", "3-a.md:1: a chapter begins with its title"),
        ("3-a.md", "", "3-a.md:1: a chapter begins with its title"),
        ("3-a.md", "+++\n\ntitle =\n+++", "3-a.md:3: Invalid value"),
        ("3-a.md", '+++\ntitle = "T"\n+++', "3-a.md:2: .*missing.*`summary`"),
        ("3-a.md", FRONT.replace('"One"', "1"), r"3-a.md:2: Expected `str`.*\$.title"),
        ("3-a.md", FRONT.replace("title", "tilte"), "3-a.md:2: .*`tilte`"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    folder: Path, name: str, text: str, error: str
) -> None:
    (folder / "2-one.md").write_text(FRONT)
    (folder / name).write_text(text)
    with pytest.raises(ChapterError, match=f"^chapters/{error}"):
        chapters(folder)


def test_lines_of_errors_count_from_the_top_of_the_file(folder: Path) -> None:
    (folder / "2-one.md").write_text(FRONT + "\n$\\foo$\n")
    with pytest.raises(ChapterError, match=r"^chapters/2-one.md:6: ") as raised:
        render(chapters(folder)[0])
    assert raised.value.line == 6


def test_a_chapter_is_rendered_again_only_when_its_file_changes(folder: Path) -> None:
    path = folder / "2-one.md"
    path.write_text(FRONT + "before")
    [chapter] = chapters(folder)
    before = render(chapter)
    assert render(chapter) is before
    path.write_text(FRONT + "after")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    assert render(chapter) == "<p>after</p>\n"
