"""The figure of chapter 0: a line between the classes, and how it divides them."""

from collections.abc import Callable

import numpy as np
import pytest
from chapter_figure import ChapterFigure, numbers
from playwright.sync_api import BrowserContext, Page, expect

from unspiral.core import spiral


@pytest.fixture
def figure(page: Page) -> ChapterFigure:
    return ChapterFigure(page, "0-why-build-one", "spiral-data")


def divided(first: float, second: float) -> list[list[int]]:
    """Count the points of each class on the sides A and B; angles are in degrees."""
    X, y = spiral(np.random.default_rng(0))
    ends = np.radians([first, second])
    a, b = 1.1 * np.column_stack([np.sin(ends), np.cos(ends)])
    (along1, along2), away = b - a, X - a
    left = along1 * away[:, 1] - along2 * away[:, 0] > 0
    return [[int(sum(left & (y == k))), int(sum(~left & (y == k)))] for k in range(3)]


def expect_counts(figure: ChapterFigure, first: float, second: float) -> None:
    markers = ["circle", "triangle", "square"]
    for k, (a, b) in enumerate(divided(first, second)):
        row = figure.row(f"{markers[k]} class {k}")
        expect(row.locator(".a")).to_have_text(str(a))
        expect(row.locator(".b")).to_have_text(str(b))


def test_counts_the_points_on_each_side(figure: ChapterFigure) -> None:
    figure.open(line="90,270")
    expect_counts(figure, 90, 270)
    expect(figure.root).to_contain_text("points of every class on both sides")


def test_moves_by_keyboard_says_so_and_goes_back(figure: ChapterFigure) -> None:
    figure.open(line="5,95")
    only = divided(5, 95)[1][0]
    expect(figure.root).to_contain_text(
        f"there is only class 1, but no more than {only}"
    )
    end = figure.slider("First end of the line")
    end.focus()
    for key in ["ArrowRight", "ArrowUp", "ArrowUp", "ArrowLeft", "PageDown"]:
        end.press(key)
    expect(end).to_have_attribute("aria-valuenow", "349")  # 5 + 4 - 20
    expect_counts(figure, 349, 95)
    a, b = divided(349, 95)[2]
    expect(figure.said).to_contain_text(f"Class 2: {a} on side A, {b} on side B.")
    figure.expect_link(line="349%2C95")
    figure.reopen()
    expect(end).to_have_attribute("aria-valuenow", "349")
    figure.button("Reset").click()
    expect_counts(figure, 20, 190)
    figure.expect_link()


def test_an_end_follows_the_pointer_around(figure: ChapterFigure) -> None:
    figure.open()
    end = figure.slider("Second end of the line")
    end.hover()
    mouse = figure.page.mouse
    mouse.down()
    plane = figure.root.locator("dividing-line").bounding_box()
    assert plane
    x, y = plane["x"] + plane["width"] / 2, plane["y"] + plane["height"] / 2
    mouse.move(x - 50, y + 60, steps=4)
    mouse.move(x - 80, y)  # to the left of the middle
    mouse.up()
    expect(end).to_have_attribute("aria-valuenow", "270")
    expect_counts(figure, *numbers("20, 270"))


def test_a_finger_drags_an_end_and_the_page_stays(
    new_context: Callable[..., BrowserContext],
) -> None:
    context = new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    figure = ChapterFigure(page, "0-why-build-one", "spiral-data")
    figure.open()
    end = figure.slider("First end of the line")
    end.evaluate("end => end.scrollIntoView({ block: 'center' })")
    box = end.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.evaluate("scrollY")
    devtools = context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        event = {"type": kind, "touchPoints": list(points)}
        devtools.send("Input.dispatchTouchEvent", event)

    touch("touchStart", {"x": x, "y": y})
    for i in range(1, 11):
        touch("touchMove", {"x": x + 5 * i, "y": y + 10 * i})
    touch("touchEnd")
    expect(end).not_to_have_attribute("aria-valuenow", "20")
    assert int(end.get_attribute("aria-valuenow") or 0) > 45
    assert page.evaluate("scrollY") == before
