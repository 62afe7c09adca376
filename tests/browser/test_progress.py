"""What the lesson remembers for its readers, in their own browser and nowhere else."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from unspiral import lesson

FIRST, SECOND, *_, LAST = lesson.chapters()
CHAPTER = f"/chapters/{SECOND.slug}"


def answer(page: Page, option: int) -> Locator:
    """Choose an option of the first question; return its explanation."""
    chosen = page.locator("quiz-question").first.locator(".option").nth(option)
    chosen.get_by_role("radio").check()
    return chosen.locator(".why")


def mark(page: Page, slug: str) -> Locator:
    """Find what the list of chapters says of one."""
    return page.locator(f'main chapter-progress[chapter="{slug}"]')


def answered(count: int) -> str:
    """Say how many questions of the second chapter are answered."""
    return f"{count} of {SECOND.questions} questions answered"


def read_to_the_end(page: Page) -> None:
    page.locator(".pager").scroll_into_view_if_needed()
    in_header = page.locator(f'header chapter-progress[chapter="{SECOND.slug}"]')
    expect(in_header).to_contain_text("read, ")


def test_an_answer_is_explained_spoken_and_remembered(page: Page) -> None:
    page.goto(CHAPTER)
    question = page.locator("quiz-question").first
    expect(question.locator(".why").filter(visible=True)).to_have_count(0)
    for option in (1, 0):
        why = answer(page, option)
        expect(why).to_be_visible()
        expect(question.get_by_role("status")).to_have_text(why.inner_text())
    expect(question.locator(".why").filter(visible=True)).to_have_count(1)
    page.reload()
    expect(question.get_by_role("radio").nth(0)).to_be_checked()
    expect(why).to_be_visible()
    expect(question.get_by_role("status")).to_have_text("")  # nothing new to say


def test_lists_of_chapters_tell_what_is_read_and_answered(page: Page) -> None:
    page.goto("/")
    expect(mark(page, SECOND.slug)).to_have_text("")
    page.goto(CHAPTER)
    answer(page, 0)
    page.goto("/")
    expect(mark(page, SECOND.slug)).to_contain_text(answered(1))
    expect(mark(page, SECOND.slug)).not_to_contain_text("read")
    page.goto(CHAPTER)
    read_to_the_end(page)
    page.goto("/")
    expect(mark(page, SECOND.slug)).to_contain_text(f"read, {answered(1)}")
    expect(mark(page, FIRST.slug)).to_have_text("")


def test_who_comes_back_goes_on_where_they_stopped(page: Page) -> None:
    page.goto("/")
    begin = page.locator("continue-reading")
    expect(begin).to_have_text(f"Begin with “{FIRST.title}”")
    page.goto(CHAPTER)
    heading = page.locator("h2").nth(1)
    heading.scroll_into_view_if_needed()
    heading.evaluate("heading => scrollTo(0, heading.offsetTop)")
    words = heading.inner_text()
    page.goto("/")
    expect(begin).to_have_text(f"Continue where you stopped{SECOND.title}: “{words}”")
    begin.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"{CHAPTER}#"))
    expect(heading).to_be_in_viewport()
    read_to_the_end(page)
    page.goto("/")
    expect(begin).to_have_text(f"Continue with “{lesson.chapters()[2].title}”")


def test_progress_can_be_forgotten(page: Page) -> None:
    page.goto(CHAPTER)
    answer(page, 0)
    page.goto("/")
    page.get_by_role("combobox", name="Theme").select_option("Dark")
    page.get_by_role("button", name="Forget my progress").click()
    page.get_by_role("button", name="Keep them").click()
    expect(mark(page, SECOND.slug)).to_contain_text(answered(1))
    page.get_by_role("button", name="Forget my progress").press("Enter")
    page.keyboard.press("Enter")  # the focus is on “Forget them”
    expect(mark(page, SECOND.slug)).to_have_text("")
    expect(page.get_by_role("status")).to_have_text("Your progress is forgotten.")
    expect(page.locator("continue-reading")).to_have_text(f"Begin with “{FIRST.title}”")
    page.reload()
    expect(page.locator("continue-reading")).to_have_text(f"Begin with “{FIRST.title}”")
    expect(page.get_by_role("combobox", name="Theme")).to_have_value("dark")
    page.goto(CHAPTER)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


def test_two_pages_of_the_lesson_agree(page: Page) -> None:
    page.goto("/")
    other = page.context.new_page()
    other.goto(CHAPTER)
    answer(other, 0)
    expect(mark(page, SECOND.slug)).to_contain_text(answered(1))


@pytest.mark.parametrize(
    "trouble",
    [
        # Storage that is switched off
        """Object.defineProperty(window, "localStorage", {
            get() { throw new DOMException("no", "SecurityError"); } });""",
        # Storage that is full
        """Storage.prototype.setItem = () => {
            throw new DOMException("full", "QuotaExceededError"); };""",
        # Nonsense in it
        """localStorage.setItem("unspiral.theme", "green");
        localStorage.setItem("unspiral.progress",
            JSON.stringify({read: 5, answers: {a: 7, b: {c: []}}, stop: "here"}));""",
        'localStorage.setItem("unspiral.progress", "{");',
    ],
    ids=["off", "full", "nonsense", "broken"],
)
def test_pages_work_with_whatever_storage_there_is(trouble: str, page: Page) -> None:
    page.add_init_script(trouble)
    page.goto(CHAPTER)
    expect(answer(page, 1)).to_be_visible()
    page.get_by_role("combobox", name="Theme").select_option("Dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    read_to_the_end(page)
    page.goto("/")
    expect(page.locator("continue-reading").get_by_role("link")).to_be_visible()


def test_there_are_no_cookies(page: Page) -> None:
    page.goto(CHAPTER)
    answer(page, 0)
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_place_in_a_chapter_survives_a_reload(
    width: int, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport={"width": width, "height": 740}).new_page()
    page.goto("/chapters/9-from-scratch-to-frameworks")
    heading = page.locator("h2").last  # after the figure
    heading.evaluate("heading => scrollTo(0, heading.offsetTop - 200)")
    top = heading.bounding_box()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert heading.bounding_box() == top
