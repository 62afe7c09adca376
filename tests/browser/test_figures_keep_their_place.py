"""Pages hold still while figures load: each has its place before it is there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from unspiral import lesson

TOLERANCE = 24  # pixels


def height(figure: Locator) -> float:
    box = figure.bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("slug", [chapter.slug for chapter in lesson.chapters()])
def test_a_figure_is_as_high_before_it_is_there(
    slug: str, width: int, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(viewport={"width": width, "height": 900})
    before, after = context.new_page(), context.new_page()
    before.route("**/assets/chunks/*.js", lambda _: None)  # they never come
    before.goto(f"/chapters/{slug}", wait_until="commit")
    expect(before.locator("footer")).to_be_visible()
    after.goto(f"/chapters/{slug}")
    for i, figure in enumerate(figures(after)):
        figure.scroll_into_view_if_needed()
        expect(figure).not_to_have_attribute("unseen", "")
        after.wait_for_load_state("networkidle")
        reserved, needed = height(figures(before)[i]), height(figure)
        tag = figure.evaluate("figure => figure.localName")
        assert abs(needed - reserved) <= TOLERANCE, (
            f"{tag} has {reserved:.0f} px reserved in figure-heights.css at a page "
            f"width of {width} px, and takes {needed:.0f}"
        )


def figures(page: Page) -> list[Locator]:
    return page.locator("figure.wide > :not(figcaption)").all()
