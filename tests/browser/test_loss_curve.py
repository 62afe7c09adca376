"""The figure of chapter 5 that shows what a probability costs."""

import re

import numpy as np
import pytest
from chapter_figure import ChapterFigure, numbers
from playwright.sync_api import Page, expect


@pytest.fixture
def figure(page: Page) -> ChapterFigure:
    return ChapterFigure(page, "5-loss", "loss-curve")


def expect_cost(figure: ChapterFigure, p: float) -> None:
    result = figure.root.locator(".result")
    expect(result).to_have_text(f"−ln {round(p, 4):g} = {abs(np.log(p)):.4f}")


def test_reads_off_the_loss(figure: ChapterFigure) -> None:
    figure.open()
    expect_cost(figure, 0.25)
    figure.slider("p").press("ArrowRight")
    expect_cost(figure, 0.26)
    figure.slider("p").press("Home")
    expect_cost(figure, 0.001)
    figure.enter("p", 0.64)
    expect_cost(figure, 0.64)
    expect(figure.said).to_have_text("p is 0.64. The cost is 0.446.")
    figure.button("Halve p").click()
    expect_cost(figure, 0.32)
    figure.expect_link(p=0.32)
    figure.reopen()
    expect_cost(figure, 0.32)
    figure.button("Reset").click()
    expect_cost(figure, 0.25)
    figure.expect_link()


def test_landmarks(figure: ChapterFigure) -> None:
    figure.open()
    for name, cost in [("1/3", 1.0986), ("0.01", 4.6052), ("1", 0)]:
        expect(figure.row(name)).to_contain_text(f"{cost:.4f}")
        figure.button(name).click()
        expect(figure.root.locator(".result")).to_contain_text(f"= {cost:.4f}")
    expect(figure.button("Double p")).to_be_disabled()


def test_the_handle_follows_the_pointer_along_the_curve(figure: ChapterFigure) -> None:
    figure.open()
    expect_cost(figure, 0.25)
    knob = figure.root.locator("cost-chart .knob")
    box = knob.bounding_box()
    assert box
    mouse = figure.page.mouse
    mouse.move(box["x"] + 9, box["y"] + 9)
    mouse.down()
    mouse.move(box["x"] + 220, box["y"] + 9)  # at once: on the way it shows others
    mouse.up()
    expect(figure.root.locator(".result")).to_have_text(re.compile(r"ln 0\.[45]"))
    p, cost = numbers(figure.root.locator(".result").inner_text().replace("−ln", ""))
    assert cost == pytest.approx(-np.log(p), abs=1e-4)
    read = numbers(figure.root.locator("cost-chart .read").text_content() or "")
    assert read == pytest.approx([p, cost], abs=5e-4)


def test_says_where_the_chart_ends(figure: ChapterFigure) -> None:
    figure.open()
    expect_cost(figure, 0.25)
    figure.enter("p", 2)
    expect(figure.root.get_by_role("alert").filter(visible=True)).to_have_text(
        "p goes from 0.001 to 1 here."
    )
    expect_cost(figure, 0.25)
