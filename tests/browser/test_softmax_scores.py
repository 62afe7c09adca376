"""The figure of chapter 5 that turns three scores into a loss."""

import numpy as np
import pytest
from chapter_figure import ChapterFigure, numbers
from playwright.sync_api import Page, expect

from unspiral.core.loss import log_softmax


@pytest.fixture
def figure(page: Page) -> ChapterFigure:
    return ChapterFigure(page, "5-loss", "softmax-scores")


def expect_scores(figure: ChapterFigure, scores: list[float], right: int = 0) -> None:
    log_probs = log_softmax(np.array([scores]))[0]
    p, cost = np.exp(log_probs[right]), -log_probs[right]
    expect(figure.root.locator(".cost.value")).to_have_text(
        f"−ln {p:.4f} = {cost:.4f}", use_inner_text=True
    )
    shifted = np.array(scores) - max(scores)
    for k, marker in enumerate(["circle", "triangle", "square"]):
        row = figure.row(f"{marker} {k}")
        shown = [shifted[k], np.exp(shifted[k]), np.exp(log_probs[k])]
        cells = numbers(" ".join(row.get_by_role("cell").all_inner_texts()))
        np.testing.assert_allclose(cells, shown, atol=6e-4)
    total = figure.row("Sum").get_by_role("cell").nth(1)
    expect(total).to_have_text(f"{np.exp(shifted).sum():.3f}")


def test_drags_scores_to_a_loss_and_reopens(figure: ChapterFigure) -> None:
    figure.open()
    expect_scores(figure, [0.3, -0.6, 0.7])
    second = figure.slider("Score of class 1")
    for _ in range(4):
        second.press("ArrowRight")
    expect_scores(figure, [0.3, -0.2, 0.7])
    figure.slider("Score of class 2").press("End")
    expect_scores(figure, [0.3, -0.2, 3])
    figure.root.get_by_label("Class 2 is the right one").check()
    expect_scores(figure, [0.3, -0.2, 3], right=2)
    expect(figure.said).to_contain_text("The cost, with class 2 right: 0.103.")
    figure.expect_link(scores="0.3%2C-0.2%2C3", right=2)
    figure.reopen()
    expect_scores(figure, [0.3, -0.2, 3], right=2)
    figure.button("Reset").click()
    expect_scores(figure, [0.3, -0.6, 0.7])
    figure.expect_link()


def test_adding_1_to_all_changes_nothing_else(figure: ChapterFigure) -> None:
    figure.open()
    expect_scores(figure, [0.3, -0.6, 0.7])
    steps = figure.root.locator("table:has(tfoot)")
    before = steps.inner_text()
    for _ in range(5):
        figure.button("Add 1 to all").click()
    expect(figure.root).to_contain_text("All scores grew by 5.")
    shown = figure.root.locator("score-sliders .number").all_inner_texts()
    assert shown == ["5.3", "4.4", "5.7"]
    expect(figure.said).to_contain_text(
        "1 was added to all scores: nothing else changed"
    )
    assert steps.inner_text() == before
    expect_scores(figure, [5.3, 4.4, 5.7])


def test_a_score_is_dragged_with_the_pointer(figure: ChapterFigure) -> None:
    figure.open()
    slider = figure.slider("Score of class 0")
    box = slider.bounding_box()
    assert box
    slider.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect_scores(figure, [0, -0.6, 0.7])
