"""Whole pages: a chapter, and the table of contents.

Every address is relative to the page, so the lesson can lie in any folder of a
site, or be served from its root.
"""

from collections.abc import Mapping

from markupsafe import Markup

from unspiral.lesson.chapter import chapters
from unspiral.lesson.render import render
from unspiral.lesson.templates import templates

NO_NOTES: Mapping[str, str] = {}


def page(slug: str, notes: Mapping[str, str] = NO_NOTES) -> str:
    """Make the page of a chapter, to be served as ``/chapters/<slug>``.

    Parameters
    ----------
    slug
        The chapter.
    notes
        What the page's script is to know, by name: they become <meta> elements.

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
        notes=notes,
        chapters=all_chapters,
        chapter=all_chapters[i],
        previous=all_chapters[i - 1] if i > 0 else None,
        next=all_chapters[i + 1] if i + 1 < len(slugs) else None,
        article=Markup(render(all_chapters[i])),
    )


def contents_page(notes: Mapping[str, str] = NO_NOTES) -> str:
    """Make the first page, to be served as ``/``. For the notes, see `page`."""
    return templates.get_template("contents.html").render(
        root="./", notes=notes, chapters=chapters(), chapter=None
    )
