"""The reader's own network: written, trained in chapter 7, downloaded and loaded."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from exercises import SOLVED, Exercise, keep
from lesson_process import Lesson
from live_training import CHAPTER, LiveTraining, Maps
from playwright.sync_api import BrowserContext, Locator, Page, expect
from test_live_training import after, start

from unspiral import core
from unspiral.apps.server.exercises import OLD_PAGE
from unspiral.lab.messages import TwoLayerParams
from unspiral.lesson.exercises.network_file import put_together

SAME = "Your network and the package’s are the same, step by step."


def mine(figure: LiveTraining) -> Locator:
    return figure.root.get_by_role("radio", name="my network")


def said(figure: LiveTraining) -> Locator:
    return figure.root.locator("network-choice .said")


def close(params: object, network: core.Network) -> bool:
    """Tell whether parameters are a network's, up to rounding."""
    assert isinstance(params, TwoLayerParams)
    return all(
        np.allclose(getattr(params, name), parameter)
        for name, parameter in network.parameters().items()
    )


@pytest.fixture
def refused(problems: list[str]) -> Iterator[None]:
    """Take what Chromium itself says of refusals, and of a server that is gone."""
    yield
    known = re.compile("status of 4(03|22)|net::ERR_")
    assert all(known.search(problem) for problem in problems), problems
    problems.clear()


def test_written_exercise_by_exercise_it_learns_the_spirals(
    page: Page, figure: LiveTraining
) -> None:
    for name, source in SOLVED.items():
        exercise = Exercise(page, name)
        exercise.open()
        exercise.write(source)
        exercise.check()
        expect(exercise.verdict).to_have_class("verdict right")

    figure.open(learning_rate=1, init="he")
    expect(page.locator("my-network")).to_contain_text(
        "All of its 9 functions are right."
    )
    mine(figure).check()
    expect(said(figure)).to_contain_text("start from the same weights")
    figure.slider("Steps a frame").press("End")
    figure.auto.click()
    figure.wait_until("Accuracy", lambda accuracy: accuracy >= 0.95)
    figure.pause.click()
    expect(figure.auto).to_be_visible()
    expect(said(figure)).to_contain_text(SAME)
    expected = after(figure.shown_step, network=start(init="he"), learning_rate=1.0)
    assert figure.loss == pytest.approx(expected.loss, rel=1e-3)


class TestTraining:
    @pytest.fixture(autouse=True)
    def written(self, context: BrowserContext) -> None:
        keep(context, SOLVED)

    def test_each_step_is_shown(self, figure: LiveTraining) -> None:
        maps = Maps(figure.page)
        figure.open()
        mine(figure).check()
        expect(figure.root.get_by_text("your loss")).to_be_visible()
        for step in (1, 2):
            figure.step.click()
            figure.wait_for_step(step)
            assert figure.loss == pytest.approx(after(step).loss)
            assert close(maps.params[-1], after(step).network)
        expect(said(figure)).to_have_text(SAME)

    def test_time_reset_and_settings_go_on_to_work(self, figure: LiveTraining) -> None:
        figure.open()
        mine(figure).check()
        figure.auto.click()
        figure.wait_beyond(40)
        figure.pause.click()
        expect(figure.auto).to_be_visible()
        figure.enter("Time, in steps", 33)
        figure.wait_for_step(33)
        assert figure.loss == pytest.approx(after(33).loss)

        figure.enter("Learning rate", 2)  # from there it branches
        figure.step.click()
        figure.wait_for_step(34)
        branch = after(1, network=after(33).network, learning_rate=2.0)
        assert figure.loss == pytest.approx(branch.loss)
        expect(said(figure)).to_have_text(SAME)

        figure.reset.click()
        figure.wait_for_step(0)
        figure.enter("Hidden units", 20)
        expect(figure.number("Loss")).to_have_attribute(
            "value", str(after(0, network=start(hidden=20)).loss)
        )
        figure.step.click()
        figure.wait_for_step(1)
        expected = after(1, network=start(hidden=20), learning_rate=2.0)
        assert figure.loss == pytest.approx(expected.loss)

    def test_the_packages_can_be_chosen_again(self, figure: LiveTraining) -> None:
        figure.open()
        mine(figure).check()
        figure.step.click()
        figure.wait_for_step(1)
        figure.root.get_by_role("radio", name="the package’s").check()
        figure.wait_for_step(0)
        figure.step.click()
        figure.wait_for_step(1)
        assert figure.loss == after(1).loss  # to the last digit
        expect(said(figure)).to_have_text("")
        expect(figure.root.get_by_text("your loss")).to_have_count(0)

    def test_the_link_reopens_it(
        self, page: Page, figure: LiveTraining, context: BrowserContext
    ) -> None:
        figure.open(learning_rate=1)
        mine(figure).check()
        figure.auto.click()
        figure.wait_beyond(140)
        figure.pause.click()
        expect(figure.auto).to_be_visible()
        step, loss = figure.shown_step, figure.loss
        link = figure.link_when_written()
        assert "network=mine" in link

        again = LiveTraining(context.new_page())
        again.go(link)
        again.wait_for_step(step)
        assert again.loss == loss
        expect(mine(again)).to_be_checked()
        expect(said(again)).to_have_text(SAME)


class TestTrouble:
    def test_where_it_leaves_the_packages_is_named(
        self, figure: LiveTraining, context: BrowserContext
    ) -> None:
        # Right with weights as small as in an exercise; they become larger later.
        largest = [abs(after(step).network.weights()[0]).max() for step in range(31)]
        limit = (max(largest[:30]) + largest[30]) / 2
        assert largest[30] > limit
        slower = f"(1 if abs(W1).max() < {limit} else 0.5) * dW1"
        wrong = SOLVED["update"].replace(
            "learning_rate * dW1", f"learning_rate * {slower}"
        )
        keep(context, SOLVED | {"update": wrong})
        figure.open()
        mine(figure).check()
        figure.auto.click()
        figure.wait_beyond(120)
        figure.pause.click()
        expect(said(figure)).to_contain_text(
            "At step 30 your network leaves the package’s. W1 is wrong in "
        )
        figure.reset.click()
        figure.wait_for_step(0)
        expect(said(figure)).to_contain_text("start from the same weights")

    @pytest.mark.usefixtures("refused")
    def test_an_exception_is_told_and_nothing_is_lost(
        self, figure: LiveTraining, context: BrowserContext
    ) -> None:
        late = "    if abs(W1).max() > 0.1:\n        raise KeyError('late')\n"
        wrong = SOLVED["forward"].replace("    hidden =", f"{late}    hidden =")
        keep(context, SOLVED | {"forward": wrong})
        figure.open()
        mine(figure).check()
        figure.auto.click()
        expect(figure.notice).to_contain_text("stops with KeyError in forward, in line")
        expect(figure.auto).to_be_visible()
        assert figure.loss == pytest.approx(after(figure.shown_step).loss)
        figure.reset.click()
        figure.wait_for_step(0)
        expect(figure.notice).to_have_count(0)


class TestOffer:
    def test_it_says_which_exercises_are_open(
        self, figure: LiveTraining, context: BrowserContext
    ) -> None:
        some = [name for name in SOLVED if name not in ("spiral", "softmax", "loss")]
        keep(context, {name: SOLVED[name] for name in some})
        figure.open(network="mine")  # of a reader who had them
        expect(mine(figure)).to_be_disabled()
        expect(said(figure)).to_have_text(
            "Yours trains here as soon as exercises 5 and 6 are right."
        )
        figure.step.click()
        figure.wait_for_step(1)
        assert figure.loss == after(1).loss
        said(figure).get_by_role("link", name="6").click()
        expect(figure.page.locator("#exercise-loss")).to_be_in_viewport()

    def test_a_server_that_others_can_reach_does_not_offer_it(
        self, figure: LiveTraining, context: BrowserContext
    ) -> None:
        keep(context, SOLVED)
        page = figure.page
        page.route(
            "**/chapters/*",
            lambda route: route.fulfill(
                body=re.sub(
                    '<meta name="unspiral-token"[^>]*>',
                    '<meta name="unspiral-runs-no-code" content="Not here.">',
                    route.fetch().text(),
                )
            ),
        )
        figure.open()
        expect(mine(figure)).to_be_disabled()
        expect(said(figure)).to_have_text("Not here.")
        expect(page.locator("my-network")).to_contain_text("Not here.")

    @pytest.mark.usefixtures("refused")
    def test_a_server_that_was_started_anew_asks_to_reload(
        self,
        figure: LiveTraining,
        context: BrowserContext,
        own_server: Lesson,
    ) -> None:
        keep(context, SOLVED)
        figure.open(own_server.address)
        mine(figure).check()
        figure.step.click()
        figure.wait_for_step(1)
        own_server.kill()
        own_server.start()
        figure.step.click()
        expect(figure.notice).to_have_text(OLD_PAGE)
        figure.link_when_written()
        figure.page.reload()
        figure.root.scroll_into_view_if_needed()
        figure.wait_for_step(1)
        expect(mine(figure)).to_be_checked()
        figure.step.click()
        figure.wait_for_step(2)
        expect(said(figure)).to_have_text(SAME)


class TestFile:
    @pytest.fixture
    def network(self, page: Page) -> Locator:
        page.goto(CHAPTER)
        return page.locator("my-network")

    def test_downloaded_it_trains_without_this_package(
        self, page: Page, context: BrowserContext, tmp_path: Path
    ) -> None:
        keep(context, SOLVED)
        page.goto(CHAPTER)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download network.py").click()
        assert download.value.suggested_filename == "network.py"
        download.value.save_as(tmp_path / "network.py")
        run = subprocess.run(
            [sys.executable, "-I", "network.py"],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=True,
        )
        last = run.stdout.splitlines()[-1]
        assert float(last.split()[-1].removesuffix("%")) >= 95
        assert "unspiral" not in (tmp_path / "network.py").read_text()

    def test_loaded_it_is_checked_and_can_be_trained(
        self, network: Locator, figure: LiveTraining, tmp_path: Path
    ) -> None:
        expect(network).to_contain_text("0 of its 9 functions are right.")
        wrong = SOLVED["softmax"].replace("keepdims=True", "keepdims=False")
        file = tmp_path / "mine.py"
        file.write_text(put_together(SOLVED | {"softmax": wrong}))
        network.get_by_label("File").set_input_files(file)
        expect(network).to_contain_text(
            "Loaded from mine.py: 9 functions, of which 8 are right."
        )
        expect(network.get_by_role("listitem").nth(4)).to_contain_text("begun")
        figure.root.scroll_into_view_if_needed()
        expect(said(figure)).to_contain_text("as soon as exercise 5 is right.")

        softmax = Exercise(figure.page, "softmax")
        softmax.open()
        softmax.write(SOLVED["softmax"])
        softmax.check()
        figure.open()
        mine(figure).check()
        figure.step.click()
        figure.wait_for_step(1)

    def test_what_was_there_before_can_be_brought_back(
        self, page: Page, context: BrowserContext, tmp_path: Path
    ) -> None:
        mine = SOLVED["softmax"] + "# mine\n"
        keep(context, {"softmax": mine})
        page.goto(CHAPTER)
        network = page.locator("my-network")
        file = tmp_path / "network.py"
        file.write_text(put_together({"softmax": SOLVED["softmax"] + "# theirs\n"}))
        network.get_by_label("File").set_input_files(file)
        expect(network).to_contain_text("one function, of which 1 is right.")
        softmax = Exercise(page, "softmax")
        softmax.open()
        assert "# theirs" in softmax.text

        page.goto(CHAPTER)
        network.get_by_role("button", name="Bring back").click()
        expect(network).to_contain_text("What was there before is back.")
        softmax.open()
        assert softmax.text == mine

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"print('hello')\n", "has no function of the exercises that is written"),
            (b"\xff\xfe\x00", "is not a text in UTF-8"),
            (b"#" * 100_001, "has 100,001 bytes; allowed are 100,000"),
            (b"def softmax(", "has no function of the exercises that is written"),
        ],
    )
    def test_a_file_that_is_none_changes_nothing(
        self, network: Locator, tmp_path: Path, content: bytes, sentence: str
    ) -> None:
        file = tmp_path / "other.py"
        file.write_bytes(content)
        network.get_by_label("File").set_input_files(file)
        alert = network.get_by_role("alert")
        expect(alert).to_contain_text(f"other.py {sentence}")
        expect(alert).to_contain_text("Nothing has been changed.")
        expect(network.get_by_role("button", name="Bring back")).to_have_count(0)
