"""The plane of the scores in chapter 8: curved boundaries here are straight there."""

import re
from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from unspiral import core
from unspiral.lab.messages import ScoreSpaceReply, ScoreSpaceRequest, params_of
from unspiral.lab.score_space import score_space

CHAPTER = "/chapters/8-what-the-hidden-layer-learned"
EXTENT = 1.1
X, Y = core.spiral(np.random.default_rng(0))


def after(steps: int) -> tuple[core.Step, ScoreSpaceReply]:
    """Train in Python, and take the points to the plane of the scores."""
    rng = np.random.default_rng(0)
    core.spiral(rng)
    start = core.TwoLayerNet.random(rng, hidden=20, init="he")
    step = next(islice(core.gradient_descent(start, X, Y), steps, None))
    request = ScoreSpaceRequest(params=params_of(step.network), X=X)
    return step, score_space(request)


class ScoreSpace:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("score-space")
        self.plane = self.root.locator("score-plane:not([overlay])")
        self.morph = self.root.get_by_role("slider", name="From the input plane")

    def open(self, step: int = 1000, **fields: object) -> None:
        parts = [f"score-space.{name}={value}" for name, value in fields.items()]
        if step != 1000:
            parts.append(f"score-space.step={step}")
        self.page.goto(f"{CHAPTER}#{'&'.join(parts)}")
        self.root.scroll_into_view_if_needed()
        self.wait_for_step(step)
        self.plane.scroll_into_view_if_needed()

    def wait_for_step(self, step: int) -> None:
        number = self.root.locator("dt:text-is('Step') + dd data")
        expect(number).to_have_attribute("value", str(step), timeout=20_000)

    def number(self, name: str) -> float:
        value = self.root.locator(f"dt:text-is('{name}') + dd data")
        return float(value.get_attribute("value") or "nan")

    def point_at(self, place: np.ndarray) -> None:
        """Move the pointer to a place of the picture, in parts of its half side."""
        box = self.plane.bounding_box()
        assert box
        half = box["width"] / 2
        x, y = place * half
        self.page.mouse.move(box["x"] + half + x, box["y"] + half - y)

    def colours(self, places: np.ndarray) -> np.ndarray:
        """Look at places of the picture: red, green and blue of each."""
        colours: list[list[int]] = self.plane.locator("canvas").evaluate(
            """(canvas, places) => {
                const copy = new OffscreenCanvas(canvas.width, canvas.height)
                    .getContext("2d", { willReadFrequently: true });
                copy.drawImage(canvas, 0, 0);
                const half = canvas.width / 2;
                return places.map(([x, y]) => [...copy.getImageData(
                    Math.floor(half * (1 + x)), Math.floor(half * (1 - y)), 1, 1,
                ).data].slice(0, 3));
            }""",
            places.tolist(),
        )
        return np.array(colours)


def classes(colours: np.ndarray) -> np.ndarray:
    """Tell blue, orange and green apart: classes 0, 1 and 2."""
    return np.array([1, 2, 0])[colours.argmax(axis=1)]


@pytest.fixture
def figure(page: Page) -> ScoreSpace:
    return ScoreSpace(page)


def lonely(places: np.ndarray) -> int:
    """Find the point that is farthest from all others, and in the picture."""
    apart = np.linalg.norm(places[:, None] - places, axis=2)
    np.fill_diagonal(apart, np.inf)
    return int(apart.min(axis=1).argmax())


@pytest.mark.parametrize("morph", [0, 0.5, 1])
def test_points_are_where_python_says_all_the_way(
    morph: float, figure: ScoreSpace
) -> None:
    figure.open(morph=morph)
    _, space = after(1000)
    in_scores = space.points / (1.12 * space.radius)
    places = (1 - morph) * X / EXTENT + morph * in_scores
    i = lonely(places)
    assert space.prediction[i] == Y[i]
    figure.point_at(places[i])
    expect(figure.root.locator(".marked")).to_have_text(
        f"Point {i} is of class {Y[i]} and lies in that class’s region, on both sides."
    )


def test_wedges_are_straight_in_the_plane_of_the_scores(figure: ScoreSpace) -> None:
    figure.open(morph=1)
    _, space = after(1000)
    expect(figure.root).to_contain_text(f"to ±{1.12 * space.radius:.2f}")
    angles = np.radians(np.arange(0, 360, 5)[1::2])
    rim = 0.97 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    expected = (rim @ space.class_directions.T).argmax(axis=1)
    seen = classes(figure.colours(rim))
    assert np.mean(seen == expected) > 0.95  # a point or a line may be in the way
    for ray in space.borders:  # dark all along, and the same colour on neither side
        along = np.linspace(0.1, 0.2, 20)[:, None] * ray
        beside = along + 0.03 * np.array([-ray[1], ray[0]])
        dark, light = (
            figure.colours(along).sum(axis=1),
            figure.colours(beside).sum(axis=1),
        )
        assert np.median(dark) < 200
        assert np.median(light) > 300


def test_regions_are_curved_in_the_input_plane(figure: ScoreSpace) -> None:
    figure.open(morph=0)
    step, _ = after(1000)
    places = np.random.default_rng(1).uniform(-0.98, 0.98, (400, 2))
    scores = step.network.forward(EXTENT * places)[1]
    seen = classes(figure.colours(places))
    assert np.mean(seen == scores.argmax(axis=1)) > 0.95


def test_play_goes_there_and_back(figure: ScoreSpace) -> None:
    figure.open()
    expect(figure.morph).to_have_value("0")
    figure.root.get_by_role("button", name="Play").click()
    expect(figure.root.get_by_role("heading", name="On the way")).to_be_visible()
    expect(figure.root.get_by_role("button", name="Pause")).to_be_visible()
    back = figure.root.get_by_role("button", name="Play back")
    expect(back).to_be_visible(timeout=15_000)
    expect(figure.morph).to_have_value("100")
    expect(figure.page).to_have_url(re.compile(r"#score-space\.morph=1$"))
    back.click()
    expect(figure.root.get_by_role("heading", name="On the way")).to_be_visible()


def test_play_jumps_where_little_motion_is_wanted(
    new_context: Callable[..., BrowserContext],
) -> None:
    figure = ScoreSpace(new_context(reduced_motion="reduce").new_page())
    figure.open()
    figure.root.get_by_role("button", name="Play").click()
    expect(figure.morph).to_have_value("100", timeout=1000)


def test_a_journey_can_be_paused_and_taken_over(figure: ScoreSpace) -> None:
    figure.open()
    figure.root.get_by_role("button", name="Play").click()
    figure.root.get_by_role("button", name="Pause").click()
    paused = figure.morph.input_value()
    figure.morph.press("ArrowRight")
    assert int(figure.morph.input_value()) == int(paused) + 1
    figure.morph.press("End")
    expect(
        figure.root.get_by_role("heading", name="Plane of the scores")
    ).to_be_visible()


def test_training_unwinds_the_spirals(figure: ScoreSpace) -> None:
    figure.open(morph=1, speed=50)
    figure.root.get_by_role("button", name="Reset").click()
    figure.wait_for_step(0)
    start, space = after(0)
    assert figure.number("Loss") == start.loss
    wrong = int((space.prediction != Y).sum())
    expect(figure.root).to_contain_text(f"{wrong} of 300 points are in another class’s")
    figure.root.get_by_role("button", name="Step").click()
    figure.wait_for_step(1)
    assert figure.number("Loss") == after(1)[0].loss
    figure.root.get_by_role("button", name="Train").click()
    expect(figure.root.locator("dt:text-is('Step') + dd data")).not_to_have_text("1")
    figure.root.get_by_role("button", name="Pause").click()
    shown = int(figure.number("Step"))
    assert figure.number("Loss") == after(shown)[0].loss


def test_a_link_brings_the_same_state(figure: ScoreSpace) -> None:
    step, space = after(30)
    wrong = int((space.prediction != Y).argmax())
    figure.open(step=30, morph=0.5, point=wrong)
    expect(figure.morph).to_have_value("50")
    assert figure.number("Loss") == step.loss
    words = f"but lies in the region of class {space.prediction[wrong]}"
    expect(figure.root.locator(".marked")).to_contain_text(words)
    marked = figure.root.get_by_role("slider", name="Marked point")
    marked.press("Home")
    expect(figure.root.locator(".marked")).to_contain_text("Click a point")
    expect(figure.page).to_have_url(re.compile(r"step=30&score-space\.morph=0\.5$"))
    figure.root.get_by_role("button", name="Reset").click()
    expect(figure.page).to_have_url(re.compile(r"step=0&score-space\.morph=0\.5$"))
