"""Exercises in the page: written, checked, helped with, and safe."""

import re
import time

import pytest
from exercises import SOLVED, Exercise
from lesson_process import Lesson
from playwright.sync_api import Page, expect

from unspiral.apps.server.exercises import OLD_PAGE

WRONG = """\
import numpy as np


def softmax(scores):
    exp_scores = np.exp(scores)
    return exp_scores / exp_scores.sum(axis=1, keepdims=True)
"""


@pytest.fixture
def softmax(page: Page) -> Exercise:
    return Exercise(page, "softmax")


class TestChecking:
    def test_a_wrong_answer_gets_its_diagnosis_and_the_line_a_mark(
        self, softmax: Exercise
    ) -> None:
        softmax.open()
        softmax.write(WRONG)
        softmax.check()
        expect(softmax.verdict).to_have_class("verdict wrong")
        expect(softmax.verdict).to_contain_text("it is nan, and should be")
        expect(softmax.report).to_contain_text("The largest score is not subtracted")
        expect(softmax.marks).to_have_count(1)
        marked = softmax.root.locator(
            ".cm-line", has=softmax.page.locator(".cm-lintRange")
        )
        expect(marked).to_have_text("    exp_scores = np.exp(scores)")
        expect(softmax.report.locator("math").first).to_be_visible()

        softmax.report.get_by_role("button", name="Line 5").click()
        expect(softmax.editor).to_be_focused()
        softmax.page.keyboard.press("End")
        softmax.page.keyboard.insert_text("  # here")
        assert "exp_scores = np.exp(scores)  # here" in softmax.text
        expect(softmax.report).to_contain_text("You have changed your code since.")

    def test_a_right_answer_leads_on(self, softmax: Exercise) -> None:
        softmax.open()
        softmax.write(SOLVED["softmax"])
        softmax.check()
        expect(softmax.verdict).to_have_class("verdict right")
        expect(softmax.marks).to_have_count(0)
        softmax.root.get_by_role("link", name="exercise 6").click()
        expect(softmax.page.locator("#exercise-loss")).to_be_in_viewport()

    def test_work_is_there_again(self, softmax: Exercise) -> None:
        softmax.open()
        softmax.write(SOLVED["softmax"])
        softmax.check()
        softmax.page.reload()
        expect(softmax.root.get_by_text("Yours is right.")).to_be_visible()
        softmax.begin()
        expect(softmax.editor).to_be_focused()
        assert softmax.text == SOLVED["softmax"]

    def test_what_is_typed_is_indented(self, softmax: Exercise) -> None:
        softmax.open()
        softmax.page.keyboard.type("rows = []\nfor row in scores:\nrows.append(row)")
        assert "    rows = []\n    for row in scores:\n        rows.append(row)" in (
            softmax.text
        )

    def test_an_endless_loop_ends_and_the_server_answers_meanwhile(
        self, softmax: Exercise
    ) -> None:
        softmax.open()
        softmax.write("def softmax(scores):\n    while True:\n        pass\n")
        softmax.page.keyboard.press("ControlOrMeta+Enter")
        expect(softmax.button("Checking…")).to_be_visible()
        began = time.monotonic()
        answer = softmax.page.request.get("/chapters/1-the-spiral")
        assert answer.ok
        expect(softmax.button("Checking…")).to_be_visible()  # it still runs
        expect(softmax.verdict).to_contain_text("was stopped")
        assert time.monotonic() - began < 15  # seconds; 3 where nobody else works
        expect(softmax.report.get_by_role("button", name="Line")).to_be_visible()


class TestHelp:
    def test_hints_come_one_after_the_other(self, softmax: Exercise) -> None:
        softmax.open()
        hints = softmax.root.locator("details[slot^=hint]")
        for shown in (1, 2, 3):
            softmax.button("Hint").click()
            expect(hints.filter(visible=True)).to_have_count(shown)
            last = hints.nth(shown - 1)
            expect(last).to_contain_text(f"Hint {shown}")
            expect(last).to_have_attribute("open", "")
        expect(softmax.button("Hint")).to_have_attribute("aria-disabled", "true")

    def test_the_solution_comes_after_a_try_or_on_request(
        self, softmax: Exercise
    ) -> None:
        solution = softmax.root.locator("details[slot=solution]")
        softmax.open()
        softmax.button("Solution").click()
        expect(
            softmax.root.get_by_text("See the solution all the same?")
        ).to_be_visible()
        expect(solution).to_be_hidden()
        softmax.button("Not yet").click()
        expect(solution).to_be_hidden()

        softmax.write(WRONG)
        softmax.check()
        softmax.button("Solution").click()
        expect(solution).to_be_visible()
        expect(solution).to_contain_text("keepdims=True")
        expect(solution.locator("summary").first).to_be_focused()

    def test_reset_and_bring_back(self, softmax: Exercise) -> None:
        softmax.open()
        template = softmax.text
        expect(softmax.button("Reset")).to_have_count(0)
        softmax.write(WRONG)
        softmax.button("Reset").click()
        assert softmax.text == template
        softmax.button("Bring my code back").click()
        assert softmax.text == WRONG
        softmax.button("Reset").click()
        softmax.page.reload()
        softmax.button("Write it").click()
        softmax.button("Bring my code back").click()
        assert softmax.text == WRONG


class TestKeyboard:
    def test_tab_indents_until_escape_lets_it_leave(self, softmax: Exercise) -> None:
        softmax.open()
        softmax.write("def softmax(scores):\nreturn scores")
        press = softmax.page.keyboard.press
        press("Tab")
        assert softmax.text == "def softmax(scores):\n    return scores"
        expect(softmax.editor).to_be_focused()
        press("Escape")
        press("Tab")
        expect(softmax.button("Check")).to_be_focused()
        press("Shift+Tab")
        expect(softmax.editor).to_be_focused()
        press("Tab")  # it indents again
        expect(softmax.editor).to_be_focused()

    def test_a_screen_reader_hears_what_came_of_it(self, softmax: Exercise) -> None:
        softmax.open()
        expect(softmax.editor).to_have_attribute(
            "aria-label", "Your softmax, in Python"
        )
        softmax.write(WRONG)
        softmax.check()
        said = softmax.root.locator("p[role=status]")
        expect(said).to_contain_text("The largest score is not subtracted")


def test_a_server_that_was_started_anew_asks_to_reload_the_page(
    page: Page, own_server: Lesson, problems: list[str]
) -> None:
    softmax = Exercise(page, "softmax")
    softmax.open(own_server.address)
    softmax.write(SOLVED["softmax"])
    own_server.kill()
    own_server.start()
    softmax.check()
    expect(softmax.verdict).to_have_text(OLD_PAGE)

    page.reload()
    softmax.begin()
    softmax.check()
    expect(softmax.verdict).to_have_class("verdict right")
    page.goto("about:blank")  # else it may ask for something when the server is gone
    known = re.compile("status of 403|net::ERR_")
    assert all(known.search(problem) for problem in problems), problems
    problems.clear()  # Chromium's own words
