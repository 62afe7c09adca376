"""The chapters on paper."""

from playwright.sync_api import Page, expect

CHAPTER = "/chapters/8-what-the-hidden-layer-learned"
PAPER = "rgb(255, 253, 249)"


def test_questions_are_printed_with_all_explanations(page: Page) -> None:
    page.goto(CHAPTER)
    page.emulate_media(media="print")
    for why in page.locator(".why").all():
        expect(why).to_be_visible()
    for link in page.locator(".site-header, .site-footer, nav").all():
        expect(link).to_be_hidden()


def test_a_figure_that_nobody_has_seen_prints_its_still_picture(page: Page) -> None:
    page.goto(CHAPTER)
    unseen = page.locator("score-space")
    expect(unseen).to_have_attribute("unseen", "")
    expect(unseen.locator("> .still").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(unseen.locator("> .still").first).to_be_visible()
    expect(unseen.get_by_role("button", name="Play")).to_be_hidden()
    expect(unseen.locator("run-controls")).to_be_hidden()


def test_a_figure_prints_as_it_is_now(page: Page) -> None:
    page.goto(CHAPTER)
    seen = page.locator("score-space")
    seen.scroll_into_view_if_needed()
    expect(seen.get_by_role("button", name="Play")).to_be_enabled()
    page.emulate_media(media="print")
    expect(seen.locator("> .still").first).to_be_hidden()
    expect(seen.locator("canvas").first).to_be_visible()
    expect(seen.get_by_role("button", name="Play")).to_be_hidden()


def test_paper_is_white_also_for_who_reads_in_the_dark(page: Page) -> None:
    page.goto(CHAPTER)
    theme, choice = page.locator("html"), page.get_by_role("combobox", name="Theme")
    for chosen, printed in {"Dark": "print", "Light": "light"}.items():
        choice.select_option(chosen)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(theme).to_have_attribute("data-theme", printed)
        expect(page.locator("body")).to_have_css("background-color", PAPER)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(theme).to_have_attribute("data-theme", chosen.lower())
