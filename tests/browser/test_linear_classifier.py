"""The figure of chapter 2: the linear classifier it shows is the one in Python."""

from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest
from chapter_figure import ChapterFigure, numbers
from live_training import Maps
from playwright.sync_api import BrowserContext, Page, expect

from unspiral.core import LinearClassifier, Step, gradient_descent, spiral

CHAPTER, TAG = "2-a-linear-classifier-fails", "linear-classifier"


@pytest.fixture
def figure(page: Page) -> ChapterFigure:
    return ChapterFigure(page, CHAPTER, TAG)


def after(steps: int) -> Step:
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    run = gradient_descent(LinearClassifier.random(rng), X, y)
    return next(islice(run, steps, None))


def value(figure: ChapterFigure, name: str) -> float:
    number = figure.root.locator(f"dt:text-is('{name}') + dd data")
    return float(number.get_attribute("value") or "nan")


def expect_step(figure: ChapterFigure, step: int) -> None:
    number = figure.root.locator("dt:text-is('Step') + dd data")
    expect(number).to_have_attribute("value", str(step), timeout=15_000)
    expected = after(step)
    assert value(figure, "Loss") == expected.loss
    assert value(figure, "Accuracy") == expected.accuracy
    W, b = expected.network.parameters().values()
    shown = numbers(figure.root.locator("linear-weights tbody").inner_text())
    shapes = [2, 3], [1, 3]
    assert shown[:2] == shapes[0]
    assert shown[8:10] == shapes[1]
    np.testing.assert_allclose(
        [*shown[2:8], *shown[10:]], [*W.flat, *b.flat], atol=6e-4
    )


def test_train_takes_200_steps_and_then_starts_over(figure: ChapterFigure) -> None:
    figure.open()
    figure.button("Train").click()
    expect_step(figure, 200)
    expect(figure.said).to_contain_text("Step 200. Loss 0.747. 53.3% of the points")
    figure.expect_link(step=200)
    figure.button("Train").click()
    expect(figure.button("Pause")).to_be_visible()
    assert value(figure, "Step") < 200
    figure.button("Pause").click()
    figure.button("Reset").click()
    expect_step(figure, 0)


def test_its_boundaries_are_rays_from_one_point(figure: ChapterFigure) -> None:
    figure.open(step=200)
    expect_step(figure, 200)
    W, b = after(200).network.parameters().values()
    # Where all scores are the same number, here called s: three equations.
    x1, x2, _ = np.linalg.solve(np.column_stack([W.T, -np.ones(3)]), -b[0])
    apex = figure.root.locator("ray-overlay .apex")
    assert float(apex.get_attribute("cx") or 9) == pytest.approx(x1)
    assert float(apex.get_attribute("cy") or 9) == pytest.approx(-x2)
    expect(figure.root.locator("ray-overlay .marker")).to_have_count(3)

    lines = figure.root.locator("ray-overlay .prolonged")
    expect(lines).to_have_count(0)
    figure.root.get_by_label("Prolong the boundaries to whole lines").check()
    expect(lines).to_have_count(3)
    figure.expect_link(step=200, lines=1)
    for line in lines.all():
        ends = [float(line.get_attribute(name) or 9) for name in ("x2", "y2")]
        scores = np.sort(([ends[0], -ends[1]] @ W + b)[0])
        assert scores[0] == pytest.approx(scores[1])  # two are alike, the third is more
        assert scores[2] > scores[1]


def test_steps_and_goes_back_in_time(figure: ChapterFigure) -> None:
    figure.open(step=40)
    expect_step(figure, 40)
    figure.button("Step").click()
    expect_step(figure, 41)
    figure.enter("Time, in steps", 7)
    expect_step(figure, 7)


def test_does_not_move_where_motion_is_unwanted(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    maps = Maps(page)
    figure = ChapterFigure(page, CHAPTER, TAG)
    figure.open()
    expect_step(figure, 0)
    figure.button("Train").click()
    expect_step(figure, 200)
    assert (
        2 <= len(maps.asked) <= 3
    )  # the first, the one before the steps, and the last
