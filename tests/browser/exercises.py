"""An exercise in its chapter, as a test has it in hand."""

import json

from playwright.sync_api import BrowserContext, Locator, Page, expect

from unspiral.lesson.exercise_html import address
from unspiral.lesson.exercises.exercise import exercise, exercises

SOLVED = {each.function: each.solution for each in exercises()}


class Exercise:
    """The exercise of a function, on one page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.exercise = exercise(name)
        self.root = page.locator(f"code-exercise[name={name}]")
        self.editor = self.root.get_by_role("textbox")
        self.report = self.root.get_by_role("region", name="Report")
        self.verdict = self.report.locator(".verdict")
        self.marks = self.root.locator(".cm-lint-marker")

    def open(self, origin: str = "") -> None:
        """Go to the exercise, and open its editor."""
        self.page.goto(f"{origin}/chapters/{address(self.exercise)}")
        self.begin()

    def begin(self) -> None:
        """Open the editor, and wait until it takes what is typed."""
        begin = self.button("Write it").or_(self.button("Go on writing"))
        begin.click()
        expect(self.editor).to_be_focused()

    def button(self, name: str) -> Locator:
        """Find a button."""
        return self.root.get_by_role("button", name=name, exact=True)

    def write(self, source: str) -> None:
        """Put this in place of all that stands in the editor, by the keyboard."""
        self.editor.focus()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)

    def check(self) -> None:
        """Have it checked, and wait for what comes of it."""
        self.page.keyboard.press("ControlOrMeta+Enter")
        expect(self.button("Check")).to_be_visible()
        expect(self.verdict).to_be_visible()

    @property
    def text(self) -> str:
        """What stands in the editor."""
        lines = self.editor.locator(".cm-line").all_text_contents()
        return "\n".join(lines)


def keep(context: BrowserContext, sources: dict[str, str]) -> None:
    """Let the browser have these right functions, as if they were written there."""
    works = {
        name: {"source": source, "right": source} for name, source in sources.items()
    }
    text = json.dumps(json.dumps(works))
    context.add_init_script(
        "if (location.protocol === 'http:' && !localStorage['unspiral.exercises'])"
        f" localStorage.setItem('unspiral.exercises', {text})"
    )
