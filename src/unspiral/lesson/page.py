"""Whole pages: a chapter, and the table of contents.

Every address is relative to the page, so the lesson can lie in any folder of a
site, or be served from its root.
"""

from markupsafe import Markup

from unspiral.lesson.chapter import chapters
from unspiral.lesson.render import render
from unspiral.lesson.templates import templates


def page(slug: str) -> str:
    """Make the page of a chapter, to be served as ``/chapters/<slug>``.

    Raises
    ------
    LookupError
        When there is no such chapter.
    ChapterError
        When the chapter cannot be rendered.
    """
    all_chapters = chapters()
    slugs = [chapter.slug for chapter in all_chapters]
    if slug not in slugs:
        raise LookupError(f"there is no chapter {slug!r}")
    i = slugs.index(slug)
    return templates.get_template("chapter.html").render(
        root="../",
        chapters=all_chapters,
        chapter=all_chapters[i],
        previous=all_chapters[i - 1] if i > 0 else None,
        next=all_chapters[i + 1] if i + 1 < len(slugs) else None,
        article=Markup(render(all_chapters[i])),
    )


def contents_page() -> str:
    """Make the first page, to be served as ``/``."""
    return templates.get_template("contents.html").render(
        root="./", chapters=chapters(), chapter=None
    )
