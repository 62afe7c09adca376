"""The figure of chapter 3: parameters counted, and two layers without ReLU as one."""

import numpy as np
import pytest
from chapter_figure import ChapterFigure, numbers
from playwright.sync_api import Page, expect

from unspiral.lab import collapse, initialize, train
from unspiral.lab.messages import (
    CollapseReply,
    CollapseRequest,
    InitializeRequest,
    Settings,
    TrainReply,
    TrainRequest,
    TwoLayerParams,
)

STEPS = 500


@pytest.fixture
def figure(page: Page) -> ChapterFigure:
    return ChapterFigure(page, "3-a-hidden-layer", "network-diagram")


def trained(hidden: int) -> TrainReply:
    settings = Settings(hidden=hidden, init="he")
    params = initialize(InitializeRequest(settings=settings)).params
    return train(TrainRequest(settings=settings, params=params, step=0, steps=STEPS))


def collapsed(hidden: int) -> CollapseReply:
    return collapse(CollapseRequest(settings=Settings(hidden=hidden), steps=STEPS))


def about(figure: ChapterFigure, title: str, accuracy: float) -> None:
    """Expect a network with this title, and so many points right."""
    words = figure.root.locator(".words").filter(has_text=title)
    expect(words).to_contain_text(f"{100 * accuracy:.1f}% right", timeout=15_000)


@pytest.mark.parametrize(("hidden", "all_"), [(8, 51), (100, 603), (1, 9), (200, 1203)])
def test_counts_the_parameters(figure: ChapterFigure, hidden: int, all_: int) -> None:
    figure.open()
    figure.enter("Hidden units, h", hidden)
    for name, count in [("W1", 2 * hidden), ("b1", hidden), ("W2", 3 * hidden)]:
        cell = figure.row(name).get_by_role("cell").last
        expect(cell).to_have_text(f"{count:,}")
    expect(figure.row("All").get_by_role("cell").last).to_have_text(f"{all_:,}")
    circles = figure.root.locator("network-drawing svg > g:not(.picked) > circle.unit")
    expect(circles).to_have_count(hidden)


def test_without_relu_two_layers_are_one(figure: ChapterFigure) -> None:
    figure.open()
    about(figure, "Two layers, ReLU on", trained(8).accuracies[-1])
    expected = collapsed(8)
    about(figure, "One layer", expected.linear_accuracy)
    figure.root.get_by_label("off", exact=True).check()
    about(figure, "Two layers, ReLU off", expected.accuracy)
    assert isinstance(expected.params, TwoLayerParams)
    W1, b1, W2, b2 = (
        getattr(expected.params, name) for name in ["W1", "b1", "W2", "b2"]
    )
    product = [*(W1 @ W2).flat, *(b1 @ W2 + b2).flat]
    shown = numbers(" ".join(figure.root.locator(".weights-two td").all_inner_texts()))
    np.testing.assert_allclose(shown, product, atol=0.0051)
    linear = [*expected.linear.W.flat, *expected.linear.b.flat]
    shown = numbers(" ".join(figure.root.locator(".weights-one td").all_inner_texts()))
    np.testing.assert_allclose(shown, linear, atol=0.0051)
    expect(figure.said).to_contain_text("without ReLU, after 500 steps: 54.0% right")


def test_with_relu_more_units_do_better_than_one_layer_can(
    figure: ChapterFigure,
) -> None:
    figure.open(hidden=20)
    reply = trained(20)
    about(figure, "Two layers, ReLU on", reply.accuracies[-1])
    assert reply.accuracies[-1] > 0.9 > 0.6 > collapsed(20).linear_accuracy


def test_picks_out_a_unit_and_reopens(figure: ChapterFigure) -> None:
    figure.open(hidden=12)
    params = trained(12).params
    assert isinstance(params, TwoLayerParams)
    figure.slider("Unit").press("End")
    first, last = figure.root.locator(".formula").all()
    weights = [*params.W1[:, 11], params.b1[0, 11]]
    expect(first).to_contain_text(f"max(0, {weights[0]:.2f}".replace("-", "−"))
    shown = numbers(first.inner_text().replace("− ", "−"))
    # max(0, …), and the indices of x1 and x2
    np.testing.assert_allclose(
        [shown[1], shown[3], shown[5]], [round(w, 2) for w in weights], atol=1e-9
    )
    expect(last).to_contain_text(f"{params.W2[11, 2]:.2f}".replace("-", "−"))
    figure.root.get_by_label("off", exact=True).check()
    figure.expect_link(hidden=12, unit=11, relu="off")
    figure.reopen()
    expect(figure.slider("Unit")).to_have_attribute("aria-valuetext", "11")
    about(figure, "Two layers, ReLU off", collapsed(12).accuracy)
    figure.button("Reset").click()
    about(figure, "Two layers, ReLU on", trained(8).accuracies[-1])
    figure.expect_link()


def test_the_pointer_picks_out_a_unit(figure: ChapterFigure) -> None:
    figure.open(hidden=100)
    picture = figure.root.get_by_role("img", name="A network of 2 coordinates, 100")
    box = picture.locator("circle.unit").nth(42).bounding_box()
    assert box
    figure.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(figure.slider("Unit")).to_have_attribute("aria-valuetext", "42")
