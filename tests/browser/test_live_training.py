"""The figure of chapter 7: it shows what Python computes, and loses nothing."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

import msgspec
import numpy as np
import pytest
from lesson_process import Lesson
from live_training import CHAPTER, Asked, LiveTraining, Maps
from playwright.sync_api import BrowserContext, Page, expect

from unspiral import core
from unspiral.engines import installed
from unspiral.lab import wire
from unspiral.lab.messages import InitializeRequest, TwoLayerParams
from unspiral.lab.parity import FRAMEWORKS

RATE = 0.32  # the chapter's
REG = 1e-3
ASKED_AHEAD = 12  # maps at most: of the answer shown, and of three more


def start(*, hidden: int = 100, init: core.network.Init = "small") -> core.Network:
    """Draw the network that the chapter starts from."""
    rng = np.random.default_rng(0)
    core.spiral(rng)
    return core.TwoLayerNet.random(rng, hidden=hidden, init=init)


def after(
    steps: int,
    *,
    network: core.Network | None = None,
    learning_rate: float = RATE,
    reg: float = REG,
    noise: float = 0.2,
) -> core.Step:
    """Train in Python alone."""
    X, y = core.spiral(np.random.default_rng(0), noise=noise)
    run = core.gradient_descent(
        network or start(), X, y, learning_rate=learning_rate, reg=reg
    )
    return next(islice(run, steps, None))


def same(params: object, network: core.Network) -> bool:
    """Tell whether parameters are a network's, to the last bit."""
    assert isinstance(params, TwoLayerParams)
    return all(
        np.array_equal(getattr(params, name), parameter)
        for name, parameter in network.parameters().items()
    )


class TestTraining:
    def test_auto_learns_the_spirals(self, figure: LiveTraining) -> None:
        figure.open(learning_rate=1, speed=200)
        figure.auto.click()
        figure.wait_until("Accuracy", lambda accuracy: accuracy >= 0.95)
        figure.pause.click()
        expect(figure.auto).to_be_visible()
        expected = after(figure.shown_step, learning_rate=1.0)
        assert figure.loss == expected.loss
        assert figure.value("Accuracy") == expected.accuracy

    def test_step_takes_one_step(self, figure: LiveTraining) -> None:
        figure.open()
        assert figure.loss == after(0).loss
        for step in (1, 2, 3):
            figure.step.click()
            figure.wait_for_step(step)
            assert figure.loss == after(step).loss
            assert figure.value("Accuracy") == after(step).accuracy
        expect(figure.number("Loss")).to_have_text(f"{after(3).loss:.4f}")

    def test_map_is_that_of_the_step_shown(self, figure: LiveTraining) -> None:
        maps = Maps(figure.page)
        figure.open(step=50)
        figure.step.click()
        figure.wait_for_step(51)
        shown = maps.params
        assert same(shown[-2], after(50).network)
        assert same(shown[-1], after(51).network)

    def test_speed_says_how_many_steps_a_frame_takes(
        self, figure: LiveTraining
    ) -> None:
        figure.open(speed=50)
        figure.run_beyond(100)
        assert figure.shown_step % 50 == 0
        figure.slider("Steps a frame").press("Home")
        step = figure.shown_step
        figure.run_beyond(step)
        assert figure.loss == after(figure.shown_step).loss

    def test_as_fast_as_it_goes(self, figure: LiveTraining) -> None:
        figure.open(speed="Infinity")
        figure.run_beyond(1000)
        assert figure.loss == after(figure.shown_step).loss

    def test_pause_holds_still(self, figure: LiveTraining) -> None:
        figure.open()
        figure.run_beyond(20)
        step = figure.shown_step
        figure.frames(20)
        assert figure.shown_step == step


class TestNewRuns:
    def test_reset_brings_the_same_weights_back(self, figure: LiveTraining) -> None:
        maps = Maps(figure.page)
        figure.open()
        first = figure.loss
        figure.run_beyond(20)
        figure.reset.click()
        figure.wait_for_step(0)
        assert figure.loss == first == after(0).loss
        assert same(maps.params[-1], start())

    def test_reset_keeps_the_learning_rate(self, figure: LiveTraining) -> None:
        figure.open(step=10)
        figure.enter("Learning rate", 2)
        figure.reset.click()
        figure.wait_for_step(0)
        figure.step.click()
        figure.wait_for_step(1)
        figure.step.click()
        figure.wait_for_step(2)
        assert figure.loss == after(2, learning_rate=2.0).loss

    def test_new_weights_are_others_each_time(
        self, figure: LiveTraining, new_context: Callable[..., BrowserContext]
    ) -> None:
        figure.open()
        losses = [figure.loss]
        for _ in range(3):
            figure.new_weights.click()
            expect(figure.number("Loss")).not_to_have_attribute(
                "value", str(losses[-1])
            )
            losses.append(figure.loss)
        assert len(set(losses)) == 4

        figure.step.click()
        figure.wait_for_step(1)
        link, loss = figure.link_when_written(), figure.loss
        figure.reset.click()
        figure.wait_for_step(0)
        assert figure.loss == losses[-1]

        again = LiveTraining(new_context().new_page())
        again.go(link)
        again.wait_for_step(1)
        assert again.loss == loss
        again.reset.click()
        again.wait_for_step(0)
        assert again.loss == losses[-1]

    def test_he_weights(self, figure: LiveTraining) -> None:
        figure.open(step=5)
        figure.root.get_by_role("radio", name="He", exact=True).check()
        figure.wait_for_step(0)
        assert figure.loss == after(0, network=start(init="he")).loss
        figure.root.get_by_role("radio", name="small (0.01)").check()
        expect(figure.number("Loss")).to_have_attribute("value", str(after(0).loss))

    def test_another_engine_gives_the_same_to_rounding(
        self, figure: LiveTraining
    ) -> None:
        figure.open(step=5)
        figure.root.get_by_label("Engine").select_option("fused")
        figure.wait_for_step(0)
        figure.step.click()
        figure.wait_for_step(1)
        assert figure.loss == pytest.approx(after(1).loss, rel=1e-12)
        assert "engine=fused" in figure.link_when_written()

    def test_hidden_units_and_noise_start_anew(self, figure: LiveTraining) -> None:
        figure.open(step=5)
        figure.enter("Hidden units", 20)
        figure.wait_for_step(0)
        assert figure.loss == after(0, network=start(hidden=20)).loss
        figure.step.click()
        figure.wait_for_step(1)
        figure.enter("Noise", 0.1)
        figure.wait_for_step(0)
        assert figure.loss == after(0, network=start(hidden=20), noise=0.1).loss


class TestSettingsWhileItRuns:
    @pytest.mark.parametrize(
        ("label", "value", "name"),
        [("Learning rate", 1.5, "learning_rate"), ("Regularisation", 0.01, "reg")],
    )
    def test_do_not_start_anew(
        self, figure: LiveTraining, label: str, value: float, name: str
    ) -> None:
        figure.open(step=10)
        figure.enter(label, value)
        figure.step.click()
        figure.wait_for_step(11)
        middle = after(10).network
        settings = {name: value}
        assert figure.loss == after(1, network=middle, **settings).loss

    def test_hold_in_auto_from_one_frame_to_the_next(
        self, figure: LiveTraining
    ) -> None:
        figure.open(speed=1)
        figure.auto.click()
        figure.wait_beyond(5)
        figure.slider("Learning rate").press("ArrowRight")
        figure.wait_beyond(40)
        figure.pause.click()
        expect(figure.auto).to_be_visible()
        changes = re.search(r"changes=(\d+):0.4:0.001", figure.link_when_written())
        assert changes
        changed, step = int(changes[1]), figure.shown_step
        network = after(changed).network
        expected = after(step - changed, network=network, learning_rate=0.4)
        assert figure.loss == expected.loss


class TestTime:
    def test_slider_shows_an_old_step(self, figure: LiveTraining) -> None:
        figure.open()
        figure.run_beyond(50)
        end, last = figure.shown_step, figure.loss
        slider = figure.slider("Time, in steps")
        slider.press("Home")
        figure.wait_for_step(0)
        assert figure.loss == after(0).loss
        for step in (1, 2):
            slider.press("ArrowRight")
            figure.wait_for_step(step)
            assert figure.loss == after(step).loss
        slider.press("End")
        figure.wait_for_step(end)
        assert figure.loss == last

    def test_typed_step_is_shown(self, figure: LiveTraining) -> None:
        figure.open(step=250)
        figure.enter("Time, in steps", 123)
        figure.wait_for_step(123)
        assert figure.loss == after(123).loss

    def test_typed_step_beyond_the_end_shows_the_end(
        self, figure: LiveTraining
    ) -> None:
        figure.open(step=25)
        figure.enter("Time, in steps", 999)
        expect(figure.field("Time, in steps")).to_have_value("25")
        figure.enter("Time, in steps", -5)
        figure.wait_for_step(0)
        expect(figure.field("Time, in steps")).to_have_value("0")

    def test_clicked_place_on_the_curve_is_shown(self, figure: LiveTraining) -> None:
        figure.open(step=200)
        figure.root.locator(".u-over").click()  # in the middle
        expect(figure.number("Step")).not_to_have_attribute("value", "200")
        step = figure.shown_step
        assert 80 < step < 120
        assert figure.loss == after(step).loss

    def test_step_from_there_branches(self, figure: LiveTraining) -> None:
        figure.open(step=30)
        figure.enter("Time, in steps", 10)
        figure.wait_for_step(10)
        figure.enter("Learning rate", 2)
        figure.step.click()
        figure.wait_for_step(11)
        branch = after(1, network=after(10).network, learning_rate=2.0)
        assert figure.loss == branch.loss
        figure.slider("Time, in steps").press("End")
        expect(figure.field("Time, in steps")).to_have_value("11")
        figure.enter("Time, in steps", 10)
        figure.wait_for_step(10)
        assert figure.loss == after(10).loss

    def test_auto_from_there_branches(self, figure: LiveTraining) -> None:
        figure.open(step=500, speed=1)
        figure.enter("Time, in steps", 10)
        figure.wait_for_step(10)
        figure.enter("Regularisation", 0.05)
        figure.auto.click()
        figure.wait_beyond(12)
        figure.pause.click()
        expect(figure.auto).to_be_visible()
        end = figure.shown_step
        assert end < 500
        figure.slider("Time, in steps").press("End")
        figure.frames(5)
        assert figure.shown_step == end
        branch = after(end - 10, network=after(10).network, reg=0.05)
        assert figure.loss == branch.loss

    def test_settings_go_back_with_it(self, figure: LiveTraining) -> None:
        figure.open(step=30, changes="20:2:0.01")
        expect(figure.field("Learning rate")).to_have_value("2")
        figure.enter("Time, in steps", 5)
        figure.wait_for_step(5)
        expect(figure.field("Learning rate")).to_have_value("0.32")
        expect(figure.field("Regularisation")).to_have_value("0.001")


class TestLink:
    def test_reopens_the_same_step(
        self, figure: LiveTraining, new_context: Callable[..., BrowserContext]
    ) -> None:
        figure.open(hidden=20, init="he", speed=20)
        figure.run_beyond(150)
        step, loss = figure.shown_step, figure.loss
        again = LiveTraining(new_context().new_page())
        again.go(figure.link_when_written())
        again.wait_for_step(step)
        assert again.loss == loss
        assert loss == after(step, network=start(hidden=20, init="he")).loss
        expect(again.slider("Steps a frame")).to_have_attribute("aria-valuetext", "20")

    def test_reopens_a_run_whose_settings_changed(
        self, figure: LiveTraining, new_context: Callable[..., BrowserContext]
    ) -> None:
        figure.open()
        figure.auto.click()
        figure.wait_beyond(20)
        figure.enter("Learning rate", 1)
        figure.wait_beyond(80)
        figure.enter("Regularisation", 0.01)
        figure.wait_beyond(140)
        figure.pause.click()
        expect(figure.auto).to_be_visible()
        figure.enter("Time, in steps", 130)
        figure.wait_for_step(130)
        figure.enter("Learning rate", 0.5)
        figure.run_beyond(200)
        step, loss = figure.shown_step, figure.loss

        again = LiveTraining(new_context().new_page())
        again.go(figure.link_when_written())
        again.wait_for_step(step)
        assert again.loss == loss
        expect(again.field("Learning rate")).to_have_value("0.5")
        expect(again.field("Regularisation")).to_have_value(
            figure.field("Regularisation").input_value()
        )
        for page in (figure, again):
            page.enter("Time, in steps", 120)
            page.wait_for_step(120)
        assert again.loss == figure.loss

    def test_reopens_the_first_step_with_another_regularisation(
        self, figure: LiveTraining, new_context: Callable[..., BrowserContext]
    ) -> None:
        figure.open()
        figure.enter("Regularisation", 0.5)
        expect(figure.page).to_have_url(re.compile(r":0\.5$"))
        again = LiveTraining(new_context().new_page())
        again.go(figure.page.url)
        expect(again.field("Regularisation")).to_have_value("0.5")
        expect(again.step).to_be_enabled()
        assert again.loss == figure.loss
        for page in (figure, again):
            page.step.click()
            page.wait_for_step(1)
        assert again.loss == figure.loss == after(1, reg=0.5).loss

    def test_reset_ends_the_replay_of_a_long_run(self, figure: LiveTraining) -> None:
        figure.go(figure.link(step=1_000_000))
        expect(figure.root.get_by_text("Replaying the run")).to_be_visible()
        figure.reset.click()
        expect(figure.step).to_be_enabled()
        assert figure.shown_step == 0
        assert figure.loss == after(0).loss

    def test_opened_in_the_same_tab_takes_the_figure_there(
        self, figure: LiveTraining
    ) -> None:
        figure.open(step=5)
        figure.go(figure.link(step=8, hidden=10))
        figure.wait_for_step(8)
        assert figure.loss == after(8, network=start(hidden=10)).loss

    def test_wins_over_an_address_that_the_figure_is_just_writing(
        self, figure: LiveTraining
    ) -> None:
        figure.open(step=5)
        figure.page.evaluate("""() => {
            const before = location.href;
            location.hash = "#live-training.step=8"; // the event comes later than
            history.replaceState(null, "", before); // what the figure writes
        }""")
        figure.wait_for_step(8)
        figure.link_when_written()

    def test_to_another_part_of_the_page_leaves_the_figure_alone(
        self, figure: LiveTraining
    ) -> None:
        figure.open(step=5)
        figure.step.click()
        figure.wait_for_step(6)
        asked = Asked(figure.page)
        figure.page.evaluate("location.hash = '#things-to-try'")
        figure.root.scroll_into_view_if_needed()
        figure.frames(20)
        assert figure.shown_step == 6
        assert asked.urls == []

    def test_of_the_chapter_itself_is_left_alone(self, figure: LiveTraining) -> None:
        figure.open()
        figure.step.click()
        figure.wait_for_step(1)
        figure.link_when_written()
        figure.reset.click()
        expect(figure.page).to_have_url(re.compile(f"{CHAPTER}$"))

    def test_takes_the_reader_to_the_figure(self, page: Page) -> None:
        figure = LiveTraining(page)
        page.goto(figure.link(step=3))
        figure.wait_for_step(3)
        expect(figure.number("Step")).to_be_in_viewport()
        page.keyboard.press("End")
        expect(figure.root).not_to_be_in_viewport()
        page.locator("a[href^='#live-training.']").first.click()
        expect(figure.number("Step")).to_be_in_viewport()
        figure.wait_until("Step", lambda step: step != 3)

    def test_can_start_by_itself(self, figure: LiveTraining) -> None:
        figure.open(auto=1)
        expect(figure.pause).to_be_visible()
        figure.wait_beyond(5)


@pytest.fixture
def no_server_now_and_then(problems: list[str]) -> Iterator[None]:
    """Take what Chromium itself says of a server that is gone."""
    yield
    assert all("net::ERR_" in problem for problem in problems), problems
    problems.clear()


@pytest.mark.usefixtures("no_server_now_and_then")
def test_server_is_killed_and_started_again(
    own_server: Lesson, figure: LiveTraining
) -> None:
    maps = Maps(figure.page)
    figure.open(own_server.address, learning_rate=1)
    figure.auto.click()
    figure.wait_beyond(100)

    own_server.kill()
    expect(figure.notice).to_contain_text("The server does not answer.")
    at = figure.shown_step
    expect(figure.pause).to_be_visible()

    own_server.start()
    figure.wait_beyond(at + 200)
    expect(figure.notice).to_have_count(0)
    figure.pause.click()
    expect(figure.auto).to_be_visible()
    expected = after(figure.shown_step, learning_rate=1.0)
    assert figure.loss == expected.loss
    assert any(same(params, expected.network) for params in maps.params[-ASKED_AHEAD:])


@pytest.mark.usefixtures("no_server_now_and_then")
def test_figure_waits_for_a_server_that_comes_later(
    own_server: Lesson, figure: LiveTraining
) -> None:
    figure.open(own_server.address)
    own_server.kill()
    figure.step.click()
    expect(figure.notice).to_contain_text("goes on as soon as it does")
    own_server.start()
    figure.wait_for_step(1)
    expect(figure.notice).to_have_count(0)
    assert figure.loss == after(1).loss


class TestTrouble:
    def test_divergence_is_said(self, figure: LiveTraining) -> None:
        figure.open(learning_rate=1000, reg=0.1)
        figure.auto.click()
        expect(figure.notice).to_contain_text("The run diverged: at step")
        expect(figure.notice).to_contain_text("Lower the learning rate")
        expect(figure.auto).to_be_visible()
        step = figure.shown_step
        assert np.isfinite(figure.loss)

        figure.step.click()  # no further
        expect(figure.notice).to_contain_text("The run diverged")
        assert figure.shown_step == step

        figure.enter("Learning rate", 0.5)
        figure.reset.click()
        figure.wait_for_step(0)
        expect(figure.notice).to_have_count(0)

    def test_dead_units_are_said(self, figure: LiveTraining) -> None:
        figure.open(learning_rate=10)
        figure.auto.click()
        expect(figure.notice).to_contain_text("All 100 hidden units are dead")
        expect(figure.notice).to_contain_text("Lower the learning rate")
        expect(figure.auto).to_be_visible()
        assert figure.value("Accuracy") == pytest.approx(1 / 3)

    def test_a_start_that_does_not_get_going_is_said(
        self, figure: LiveTraining
    ) -> None:
        figure.open(learning_rate=0.001, speed=100)
        figure.auto.click()
        expect(figure.notice).to_contain_text("hardly below ln 3")
        expect(figure.notice).to_contain_text("Raise the learning rate")
        expect(figure.pause).to_be_visible()  # patience may help yet

    def test_what_is_no_number_is_said(self, figure: LiveTraining) -> None:
        figure.open()
        figure.enter("Learning rate", "fast")
        expect(figure.notice).to_have_text("“fast” is not a number.")
        figure.enter("Learning rate", "0,5")
        expect(figure.notice).to_have_count(0)
        expect(figure.field("Learning rate")).to_have_value("0.5")


def refusal_of(**settings: object) -> str:
    """Return the lab's sentence about settings that are out of bounds."""
    body = msgspec.msgpack.encode({"settings": settings})
    with pytest.raises(wire.RequestError) as error:
        wire.decode(body, InitializeRequest)
    return str(error.value)


@pytest.fixture
def refused(problems: list[str]) -> Iterator[None]:
    """Take what Chromium itself says of a refused request that was no batch."""
    yield
    assert all("status of 422" in problem for problem in problems), problems
    problems.clear()


@pytest.mark.usefixtures("refused")
class TestRefusals:
    def test_typed_value_is_refused_in_words(self, figure: LiveTraining) -> None:
        figure.open(step=5)
        before = figure.loss
        figure.enter("Hidden units", 900)
        control = figure.root.locator("setting-slider[data-setting=hidden]")
        expect(control.get_by_role("alert")).to_have_text(refusal_of(hidden=900))
        expect(figure.field("Hidden units")).to_have_attribute("aria-invalid", "true")
        assert (figure.shown_step, figure.loss) == (5, before)

        figure.enter("Hidden units", 50)
        figure.wait_for_step(0)
        expect(control.get_by_role("alert")).to_have_text("")
        assert figure.loss == after(0, network=start(hidden=50)).loss

    def test_figure_goes_on_with_what_it_has(self, figure: LiveTraining) -> None:
        figure.open(step=5)
        figure.enter("Hidden units", 900)
        control = figure.root.locator("setting-slider[data-setting=hidden]")
        expect(control.get_by_role("alert")).not_to_have_text("")
        figure.step.click()
        figure.wait_for_step(6)
        assert figure.loss == after(6).loss
        # What is shown is one and the same network.
        expect(figure.field("Hidden units")).to_have_value("100")
        expect(control.get_by_role("alert")).to_have_text("")

    def test_link_with_a_value_out_of_bounds(self, figure: LiveTraining) -> None:
        figure.go(figure.link(hidden=900))
        control = figure.root.locator("setting-slider[data-setting=hidden]")
        expect(control.get_by_role("alert")).to_have_text(refusal_of(hidden=900))
        expect(figure.step).to_be_disabled()
        figure.enter("Hidden units", 50)
        expect(figure.step).to_be_enabled()
        assert figure.loss == after(0, network=start(hidden=50)).loss

    def test_link_to_such_a_value_in_the_same_tab(self, figure: LiveTraining) -> None:
        figure.open(step=5)
        figure.go(figure.link(hidden=900, step=5))
        control = figure.root.locator("setting-slider[data-setting=hidden]")
        expect(control.get_by_role("alert")).to_have_text(refusal_of(hidden=900))
        assert figure.shown_step == 5
        assert figure.loss == after(5).loss

    def test_refused_setting_without_a_control(self, figure: LiveTraining) -> None:
        figure.go(figure.link(points=100_000))
        expect(figure.notice).to_have_text(refusal_of(points=100_000))

    def test_engine_that_is_absent(self, figure: LiveTraining) -> None:
        absent = [name for name in FRAMEWORKS if name not in installed()]
        if not absent:
            pytest.skip("all frameworks are installed")
        figure.open(step=5)
        engine = figure.root.get_by_label("Engine")
        engine.select_option(absent[0])
        expect(figure.notice).to_contain_text(f"pip install 'unspiral[{absent[0]}]'")
        assert (figure.shown_step, figure.loss) == (5, after(5).loss)
        figure.step.click()
        figure.wait_for_step(6)
        assert figure.loss == after(6).loss
        expect(engine).to_have_value("numpy")
        expect(figure.notice).to_have_count(0)

    def test_after_an_engine_that_is_absent_all_else_goes_on(
        self, figure: LiveTraining
    ) -> None:
        absent = [name for name in FRAMEWORKS if name not in installed()]
        if not absent:
            pytest.skip("all frameworks are installed")
        figure.open()
        figure.root.get_by_label("Engine").select_option(absent[0])
        expect(figure.notice).to_contain_text("pip install")
        figure.enter("Hidden units", 7)
        expect(figure.notice).to_have_count(0)
        assert figure.loss == after(0, network=start(hidden=7)).loss

    def test_a_link_with_an_engine_that_is_absent(self, figure: LiveTraining) -> None:
        absent = [name for name in FRAMEWORKS if name not in installed()]
        if not absent:
            pytest.skip("all frameworks are installed")
        figure.open(step=5, engine=absent[0])
        figure.wait_for_step(5)
        expect(figure.notice).to_contain_text(f"pip install 'unspiral[{absent[0]}]'")
        expect(figure.root.get_by_label("Engine")).to_have_value("numpy")
        assert figure.loss == after(5).loss

    def test_learning_rate_is_refused_while_it_runs(self, figure: LiveTraining) -> None:
        figure.open()
        figure.auto.click()
        figure.wait_beyond(10)
        figure.enter("Learning rate", 5000)
        expect(figure.notice).to_have_text(refusal_of(learning_rate=5000))
        expect(figure.auto).to_be_visible()
        assert figure.loss == after(figure.shown_step).loss


class TestQuiet:
    def test_off_screen_it_asks_for_nothing(
        self, page: Page, figure: LiveTraining
    ) -> None:
        page.set_viewport_size({"width": 1280, "height": 500})
        figure.open()
        figure.auto.click()
        figure.wait_beyond(10)
        page.keyboard.press("End")
        expect(figure.root).not_to_be_in_viewport()
        figure.frames(10)
        asked = Asked(page)
        step = figure.shown_step
        figure.frames(30)
        assert asked.urls == []
        assert figure.shown_step == step

        figure.root.scroll_into_view_if_needed()
        figure.wait_beyond(step + 10)
        assert figure.loss > 0

    def test_a_figure_never_seen_asks_for_nothing(self, page: Page) -> None:
        asked = Asked(page)
        page.set_viewport_size({"width": 360, "height": 200})
        figure = LiveTraining(page)
        page.goto(CHAPTER)
        page.wait_for_load_state("networkidle")
        expect(figure.root).not_to_be_in_viewport()
        figure.frames(20)
        assert asked.urls == []

    def test_reduced_motion_keeps_it_from_starting_by_itself(
        self, new_context: Callable[..., BrowserContext]
    ) -> None:
        page = new_context(reduced_motion="reduce").new_page()
        figure = LiveTraining(page)
        figure.open(auto=1)
        figure.frames(30)
        expect(figure.auto).to_be_visible()
        assert figure.shown_step == 0

        figure.run_beyond(10)  # but Auto is still there for who wants it
        assert figure.loss == after(figure.shown_step).loss


def test_values_are_not_cut_off_on_a_telephone(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    figure = LiveTraining(page)
    figure.open(step=1234, learning_rate=0.0013, reg=0.00018, hidden=3)
    for field in figure.root.get_by_role("textbox").all():
        room, needed = field.evaluate("input => [input.clientWidth, input.scrollWidth]")
        assert needed <= room, field
