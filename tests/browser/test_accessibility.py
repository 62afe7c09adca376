"""The pages for everyone: by keyboard alone, with a screen reader, in every size."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from exercises import SOLVED, Exercise, keep
from live_training import CHAPTER, LiveTraining
from playwright.sync_api import BrowserContext, Page, expect

from unspiral import lesson

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}
OTHERS = [f"/chapters/{chapter.slug}" for chapter in lesson.chapters()]
OTHERS.remove(CHAPTER)


# Screen readers read formulas, but axe takes what holds nothing else to be empty.
FORMULAS = [
    "th:has(> math:only-child)",
    ".option:has(> label > math:only-child) > input",
]


def check(page: Page) -> None:
    """Fail if axe finds anything."""
    page_without_formulas = {"exclude": [[selector] for selector in FORMULAS]}
    violations = Axe().run(page, page_without_formulas).response["violations"]
    assert [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in violations
        for node in violation["nodes"]
    ] == []


class TestAxe:
    @pytest.fixture(params=["light", "dark"])
    def scheme(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
    def page(
        self,
        request: pytest.FixtureRequest,
        scheme: str,
        new_context: Callable[..., BrowserContext],
    ) -> Page:
        return new_context(viewport=request.param, color_scheme=scheme).new_page()

    def test_contents(self, page: Page) -> None:
        page.goto("/")
        check(page)

    def test_live_training(self, page: Page, figure: LiveTraining) -> None:
        figure.open()
        check(page)
        figure.enter("Learning rate", "fast")  # what is refused
        expect(figure.notice).to_be_visible()
        check(page)
        figure.go(figure.link(learning_rate=1000, reg=0.1, step=500))  # a notice
        expect(figure.notice).to_contain_text("diverged")
        check(page)
        figure.go(figure.link(step=200))
        figure.wait_for_step(200)
        check(page)

    def test_my_network(self, page: Page, figure: LiveTraining) -> None:
        keep(page.context, SOLVED)
        figure.open()
        figure.root.get_by_role("radio", name="my network").check()
        figure.step.click()
        figure.wait_for_step(1)
        check(page)

    def test_open_exercise(self, page: Page) -> None:
        softmax = Exercise(page, "softmax")
        softmax.open()
        check(page)
        softmax.write("def softmax(scores):\n    return scores / scores.sum()\n")
        softmax.check()
        softmax.button("Hint").click()
        softmax.button("Solution").click()
        check(page)

    def test_open_list_of_chapters(self, page: Page) -> None:
        page.goto(CHAPTER)
        page.locator("summary", has_text="Chapters").click()
        expect(page.get_by_role("navigation", name="Chapters")).to_be_visible()
        check(page)


@pytest.mark.parametrize("address", OTHERS)
@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(WIDE, "light"), (NARROW, "dark")],
    ids=["wide, light", "narrow, dark"],
)
def test_axe_on_other_chapters(
    address: str,
    viewport: dict[str, int],
    scheme: str,
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport=viewport, color_scheme=scheme).new_page()
    page.goto(address)
    for figure in page.locator("figure.figure").all():
        figure.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    check(page)


# --- By keyboard alone -------------------------------------------------------------

FOCUSED = """() => {
    let element = document.activeElement;
    for (let inner = element; inner; inner = inner.shadowRoot?.activeElement) {
        element = inner;
    }
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const name = element.ariaLabel ?? element.labels?.[0]?.textContent;
    return {
        name: (name ?? element.textContent).trim(),
        kind: element.type ?? element.localName,
        visible: outlineStyle !== "none" && parseFloat(outlineWidth) >= 1,
    };
}"""

CONTROLS = [
    ("Auto", "submit"),
    ("Step", "submit"),
    ("Reset", "submit"),
    ("New weights", "submit"),
    ("Time, in steps, exact value", "text"),
    ("Time, in steps", "range"),
    ("Steps a frame", "range"),
    ("Learning rate, exact value", "text"),
    ("Learning rate", "range"),
    ("Regularisation, exact value", "text"),
    ("Regularisation", "range"),
    ("Hidden units, exact value", "text"),
    ("Hidden units", "range"),
    ("Noise, exact value", "text"),
    ("Noise", "range"),
    ("small (0.01)", "radio"),
    ("Engine", "select-one"),
    ("the package’s", "radio"),
]


class Keyboard:
    """A reader without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.press("Enter")

    @property
    def focused(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(FOCUSED)
        return found

    def tab_to(self, name: str) -> None:
        for _ in range(100):
            if self.focused["name"] == name:
                return
            self.press("Tab")
        pytest.fail(f"Tab does not lead to {name}")


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    return Keyboard(page)


class TestKeyboard:
    def test_tab_goes_through_all_controls_in_order(
        self, figure: LiveTraining, keyboard: Keyboard
    ) -> None:
        figure.open()
        keyboard.tab_to("Auto")
        for name, kind in CONTROLS:
            assert keyboard.focused == {"name": name, "kind": kind, "visible": True}
            keyboard.press("Tab")
        assert keyboard.focused["name"] not in dict(CONTROLS)
        for name, _ in reversed(CONTROLS):
            keyboard.press("Shift+Tab")
            assert keyboard.focused["name"] == name

    def test_runs_steps_and_pauses(
        self, figure: LiveTraining, keyboard: Keyboard
    ) -> None:
        figure.open()
        keyboard.tab_to("Auto")
        keyboard.press("Space")
        figure.wait_beyond(5)
        assert keyboard.focused["name"] == "Pause"
        keyboard.press("Space")
        expect(figure.auto).to_be_focused()
        step = figure.shown_step
        keyboard.press("Tab", "Enter")
        figure.wait_for_step(step + 1)
        keyboard.press("Tab", "Enter")
        figure.wait_for_step(0)
        assert keyboard.focused["name"] == "Reset"

    def test_moves_sliders_and_types_values(
        self, figure: LiveTraining, keyboard: Keyboard
    ) -> None:
        figure.open()
        rate, slider = figure.field("Learning rate"), figure.slider("Learning rate")
        keyboard.tab_to("Learning rate")
        keyboard.press("ArrowRight")
        expect(rate).to_have_value("0.4")
        keyboard.press("ArrowLeft", "ArrowLeft")
        expect(rate).to_have_value("0.25")
        keyboard.press("Home")
        expect(rate).to_have_value("0.001")
        keyboard.press("Shift+Tab")
        keyboard.type("0.7")
        expect(rate).to_have_value("0.7")
        expect(slider).to_have_attribute("aria-valuetext", "0.7")
        keyboard.tab_to("small (0.01)")
        keyboard.press("ArrowRight")
        expect(figure.page).to_have_url(re.compile("init=he"))

    def test_goes_back_in_time(self, figure: LiveTraining, keyboard: Keyboard) -> None:
        figure.open(step=40)
        keyboard.tab_to("Time, in steps")
        keyboard.press("ArrowLeft", "ArrowLeft")
        figure.wait_for_step(38)
        keyboard.press("Shift+Tab")
        keyboard.type("12")
        figure.wait_for_step(12)

    def test_time_can_be_typed_while_it_runs(
        self, figure: LiveTraining, keyboard: Keyboard
    ) -> None:
        figure.open()
        figure.auto.click()
        figure.wait_beyond(30)
        keyboard.tab_to("Time, in steps, exact value")
        keyboard.press("ControlOrMeta+a", "2")
        figure.wait_beyond(figure.shown_step)
        keyboard.press("3")
        figure.wait_beyond(figure.shown_step)
        keyboard.press("Enter")
        figure.wait_for_step(23)
        expect(figure.auto).to_be_visible()

    def test_skip_link_leads_to_the_text(
        self, figure: LiveTraining, keyboard: Keyboard
    ) -> None:
        figure.open()
        figure.step.click()
        figure.wait_for_step(1)
        figure.page.goto(f"{CHAPTER}#x.y=z")  # focus goes to the start of the page
        figure.page.evaluate("document.activeElement.blur()")
        skip = figure.page.get_by_role("link", name="Skip to the text")
        skip.focus()
        expect(skip).to_be_in_viewport()
        keyboard.press("Enter")
        expect(figure.page.locator("main")).to_be_focused()


def test_screen_reader_is_told_what_is_shown(figure: LiveTraining) -> None:
    figure.open()
    said = figure.root.locator(".visually-hidden[role=status]")
    expect(said).to_contain_text("Step 0. Loss 1.099.")
    figure.step.click()
    expect(said).to_contain_text("Step 1. Loss 1.099.")
    figure.run_beyond(20)
    expect(said).to_contain_text(f"Step {figure.shown_step}. Loss")
