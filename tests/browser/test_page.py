"""What every page of the lesson does, figures or not."""

import re
from collections.abc import Callable

import pytest
from live_training import CHAPTER, LiveTraining
from playwright.sync_api import BrowserContext, Page, expect

from unspiral import lesson

ADDRESSES = ["/", *(f"/chapters/{chapter.slug}" for chapter in lesson.chapters())]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_wider_than_a_telephone(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == 360


def test_contents_lead_to_the_chapters(page: Page) -> None:
    page.goto("/")
    for chapter in lesson.chapters():
        expect(
            page.get_by_role("main").get_by_role("link", name=chapter.title, exact=True)
        ).to_have_attribute("href", f"./chapters/{chapter.slug}")
    page.get_by_role("link", name="Live training", exact=True).click()
    expect(page).to_have_url(re.compile(f"{CHAPTER}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Live training")


def test_what_we_did_leads_to_our_own_lines(page: Page) -> None:
    page.goto("/chapters/9-from-scratch-to-frameworks")
    page.get_by_role("link", name="relu", exact=True).click()
    expect(page).to_have_url(re.compile("4-forward-pass#listing-relu$"))
    listing = page.locator("figure.listing:target")
    expect(listing).to_be_in_viewport(ratio=1)
    expect(listing.locator("figcaption")).to_contain_text("core/layers.py")


class TestTheme:
    @pytest.mark.parametrize("system", ["light", "dark"])
    def test_follows_the_system(
        self, system: str, new_context: Callable[..., BrowserContext]
    ) -> None:
        page = new_context(color_scheme=system).new_page()
        page.goto("/")
        assert is_dark(page) is (system == "dark")

    def test_chosen_one_stays(self, page: Page) -> None:
        page.goto("/")
        assert not is_dark(page)
        theme = page.get_by_role("combobox", name="Theme")
        theme.select_option("Dark")
        assert is_dark(page)
        page.reload()
        expect(theme).to_have_value("dark")
        assert is_dark(page)
        page.goto(CHAPTER)
        assert is_dark(page)
        theme.select_option("System")
        assert not is_dark(page)

    def test_figures_follow(self, page: Page, figure: LiveTraining) -> None:
        figure.open()
        light = picture(page)
        page.get_by_role("combobox", name="Theme").select_option("Dark")
        figure.frames(3)
        dark = picture(page)
        assert dark != light
        page.emulate_media(color_scheme="dark")
        page.get_by_role("combobox", name="Theme").select_option("System")
        figure.frames(3)
        assert picture(page) == dark


def is_dark(page: Page) -> bool:
    """Tell whether the page's paper is dark."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = (int(part) for part in colour[4:-1].split(","))
    return red + green + blue < 3 * 128


def picture(page: Page) -> str:
    """Return the map as it is drawn now."""
    canvas = page.locator("decision-map canvas.map")
    drawn: str = canvas.evaluate("canvas => canvas.toDataURL()")
    return drawn


class TestWithoutJavaScript:
    @pytest.fixture
    def page(self, new_context: Callable[..., BrowserContext]) -> Page:
        return new_context(java_script_enabled=False).new_page()

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_page_can_be_read(self, address: str, page: Page) -> None:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("main p").first).to_be_visible()
        for figure in page.locator("figure.figure").all():
            expect(figure.locator("> figcaption")).to_be_visible()
            assert figure.locator("> :first-child > *").filter(visible=True).count() > 0

    def test_chapter_has_its_code_and_formulas(self, page: Page) -> None:
        page.goto(CHAPTER)
        expect(page.locator("pre code, .highlight pre").first).to_be_visible()
        expect(page.locator("math").first).to_be_visible()
        expect(page.locator("live-training").locator("svg, p").first).to_be_visible()
