"""Links that set a figure, and links to the lesson's listings.

They are ``#live-training.hidden=20&live-training.auto=1`` and
``source:unspiral.core.layers:relu``.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import unquote

import msgspec

from unspiral.lesson.chapter import chapters, read
from unspiral.lesson.figures import FIGURES, keyword
from unspiral.lesson.listings import listing_id
from unspiral.lesson.mistakes import Mistake

RUN: dict[str, Any] = {
    "step": Annotated[int, msgspec.Meta(ge=0)],
    "speed": Annotated[float, msgspec.Meta(gt=0)],
    "auto": Literal["1"],
}
"""What a link can say about a run, apart from its settings."""


SOURCE = "source:"
"""How a link to a listing begins; the module and name follow, as in the listing."""


def listing_address(href: str) -> str:
    """Find the first listing of a definition in the lesson: its chapter and its id."""
    target = href.removeprefix(SOURCE)
    begin = re.compile(rf"^```source {re.escape(target)}(\s|$)", re.MULTILINE)
    for chapter in chapters():
        if begin.search(read(chapter.path)[1]):
            return f"{chapter.slug}#{listing_id(target)}"
    raise Mistake(f"the link is for {target!r}; no chapter has a listing of it")


def check_link(href: str, figures: Mapping[str, str]) -> None:
    """Refuse a link to a state that no figure of the page can be in.

    Parameters
    ----------
    href
        The link. One that is not for a figure is let through.
    figures
        The tag of each figure on the page, by its id.
    """
    if not (href.startswith("#") and "=" in href):
        return
    for part in href[1:].split("&"):
        place, _, text = part.partition("=")
        id_, _, field = place.partition(".")
        if id_ not in figures:
            known = ", ".join(figures) or "no figure"
            raise Mistake(f"the link is for {id_!r}; this page has {known}")
        kinds = fields(figures[id_])
        if field not in kinds:
            known = ", ".join(kinds)
            raise Mistake(f"<{figures[id_]}> has no field {field!r}; it has {known}")
        try:
            msgspec.convert(unquote(text), kinds[field], strict=False)
        except msgspec.ValidationError as error:
            raise Mistake(f"the link's {part}: {error}") from error


def fields(tag: str) -> dict[str, Any]:
    """Name what a link can set in a figure, with types and bounds."""
    if tag not in FIGURES:  # the figure itself will be refused
        return {}
    figure = FIGURES[tag]
    found = {keyword(name): kind for name, kind in figure.attributes.items()}
    return found | (RUN if "learning_rate" in found else {}) | dict(figure.links)
