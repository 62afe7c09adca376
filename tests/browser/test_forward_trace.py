"""One point on its way forward: its numbers, its stages, and pointing at its values."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from traced import POINT, Traced, is_not_pointed, is_pointed, network

from unspiral.core.layers import affine
from unspiral.core.loss import softmax

LINE = "article > .listing .line[data-makes~={}]"


@pytest.fixture
def figure(page: Page) -> Traced:
    return Traced(page, "4-forward-pass", "forward-trace")


def forward(
    point: np.ndarray, step: int = 1000, hidden: int = 8
) -> dict[str, np.ndarray]:
    """Compute all arrays that the figure shows."""
    net = network(step, hidden)
    activations, scores = net.forward(point)
    return net.parameters() | {
        "X": point,
        "out": affine(point, net.W1, net.b1),
        "hidden": activations,
        "scores": scores,
        "probs": softmax(scores),
    }


def check_numbers(figure: Traced, arrays: dict[str, np.ndarray]) -> None:
    for name, array in arrays.items():
        np.testing.assert_allclose(figure.numbers(name), array, rtol=1e-12, atol=1e-15)


def test_every_number_is_that_of_core_stage_by_stage(figure: Traced) -> None:
    figure.show("X")
    arrays = forward(POINT)
    for computed in ["out", "hidden", "scores", None, "probs"]:
        if computed:
            check_numbers(figure, {computed: arrays[computed]})
        if computed != "probs":
            expect(figure.array("probs").locator("[data-value]")).to_have_count(0)
            figure.button("Next").click()
    check_numbers(figure, arrays)
    expect(figure.button("Next")).to_be_disabled()
    off = [f"hidden[0, {j}]" for j in np.flatnonzero(arrays["hidden"] == 0)]
    assert figure.noted("hidden", ", off") == off
    expect(figure.root.locator(".prediction")).to_contain_text(
        f"class {arrays['scores'].argmax()}"
    )
    figure.button("Back").click()
    expect(figure.root).to_contain_text("The prediction")
    expect(figure.array("probs").locator("[data-value]")).to_have_count(0)


def test_any_point_by_clicking_and_by_typing(figure: Traced) -> None:
    figure.show("X", stage=5)
    plane = figure.root.locator("decision-map")
    box = plane.bounding_box()
    assert box
    plane.click(position={"x": box["width"] / 4, "y": box["height"] / 4})
    expect(figure.entry("X[0, 0]")).to_have_text(re.compile(r"−0\.5"))
    X = figure.numbers("X")
    np.testing.assert_allclose(X, [[-0.55, 0.55]], atol=0.015)  # pixels are whole
    check_numbers(figure, forward(X))
    x2 = figure.root.get_by_role("textbox", name="x2, exact value")
    x2.fill("0.123")
    x2.press("Enter")
    expect(figure.entry("X[0, 1]")).to_have_attribute("data-value", "0.123")
    check_numbers(figure, forward(np.array([[X[0, 0], 0.123]])))
    expect(figure.page).to_have_url(re.compile(rf"point={X[0, 0]}(,|%2C)0\.123"))


def test_a_tie_is_said_in_words(figure: Traced) -> None:
    figure.show("X", stage=4, step=0, point="0,0", hidden=3)
    assert not figure.numbers("scores").any()
    expect(figure.root).to_contain_text(
        "A tie: classes 0, 1 and 2 have the same score, the largest."
    )


def test_a_link_reopens_it_and_reset_goes_back(figure: Traced) -> None:
    figure.show("X", point="-0.2,0.4", stage=3, hidden=5, step=20, at="scores[0,2]")
    arrays = forward(np.array([[-0.2, 0.4]]), step=20, hidden=5)
    check_numbers(figure, {name: arrays[name] for name in ["W1", "hidden", "scores"]})
    assert figure.equation.startswith("scores[0, 2] =")
    figure.button("Reset").click()
    expect(figure.entry("X[0, 0]")).to_have_text("0.30")
    expect(figure.page).not_to_have_url(re.compile("forward-trace"))
    check_numbers(figure, {"out": forward(POINT)["out"]})


class TestPointing:
    """A value is marked wherever it is, from wherever it is pointed at."""

    def test_from_an_array(self, figure: Traced) -> None:
        figure.show("X", stage=2)
        figure.entry("hidden[0, 3]").hover()
        is_pointed(figure.root.locator('unit-diagram [data-name="hidden[0, 3]"]'))
        is_not_pointed(figure.root.locator('unit-diagram [data-name="hidden[0, 2]"]'))
        is_pointed(figure.page.locator(LINE.format("hidden")).first)
        is_pointed(figure.root.locator("[slot=stage-2] .formula .pointable").first)
        is_not_pointed(figure.page.locator(LINE.format("scores")).first)
        net, (x1, x2) = network(), POINT[0]
        shown = f"{net.W1[0, 3]:.2f}".replace("-", "−")
        assert figure.equation.startswith("hidden[0, 3] = max(0, 0.30 · ")
        assert shown in figure.equation
        out = x1 * net.W1[0, 3] + x2 * net.W1[1, 3] + net.b1[0, 3]
        assert out < 0
        assert figure.equation.endswith(f"= max(0, −{-out:.2f}) = 0")
        figure.page.mouse.move(0, 0)
        is_not_pointed(figure.page.locator(LINE.format("hidden")).first)

    def test_from_the_diagram(self, figure: Traced) -> None:
        figure.show("X", stage=3)
        figure.root.locator('unit-diagram [data-name="scores[0, 1]"]').hover()
        is_pointed(figure.entry("scores[0, 1]"))
        is_pointed(figure.page.locator(LINE.format("scores")).first)
        made = figure.array("W2").locator("td.made")
        expect(made).to_have_count(8)
        expect(made.first).to_have_attribute("data-name", "W2[0, 1]")

    def test_from_a_line_of_code(self, figure: Traced) -> None:
        figure.show("X", stage=3)
        figure.page.locator(LINE.format("scores")).first.focus()
        is_pointed(figure.array("scores").locator(".head"))
        is_pointed(figure.root.locator("unit-diagram text[data-name=scores]"))
        figure.page.keyboard.press("ArrowUp")
        is_pointed(figure.array("hidden").locator(".head"))
        is_not_pointed(figure.array("scores").locator(".head"))

    def test_from_a_formula_and_from_the_text(self, figure: Traced) -> None:
        figure.show("X", stage=3)
        formula = figure.root.locator("[slot=stage-3] .formula")
        formula.locator("msub").first.hover()  # W_2
        is_pointed(figure.array("W2").locator(".head"))
        formula.focus()
        figure.page.keyboard.press("ArrowRight")
        is_pointed(figure.array("hidden").locator(".head"))
        figure.page.locator("p code", has_text=re.compile("^out$")).first.click()
        is_pointed(figure.array("out").locator(".head"))
        figure.page.keyboard.press("Escape")
        figure.page.mouse.move(0, 0)
        is_not_pointed(figure.array("out").locator(".head"))

    def test_from_the_arithmetic_and_on_to_what_it_came_from(
        self, figure: Traced
    ) -> None:
        figure.show("X", stage=3, at="scores[0,0]")
        term = figure.root.locator('value-arithmetic [data-name="W2[7, 0]"]')
        term.hover()
        is_pointed(figure.entry("W2[7, 0]"))
        is_pointed(figure.root.locator('unit-diagram [data-name="W2[7, 0]"]'))
        assert figure.equation.startswith("scores[0, 0]")
        figure.root.locator('value-arithmetic [data-name="hidden[0, 7]"]').click()
        expect(figure.root.locator("value-arithmetic .subject")).to_have_text(
            "hidden[0, 7]"
        )

    def test_by_keyboard(self, figure: Traced) -> None:
        figure.show("X", stage=2)
        cells = figure.array("W1").locator("td[tabindex='0']")
        expect(cells).to_have_count(1)  # one stop for each array
        cells.focus()
        for key in ["ArrowRight", "ArrowRight", "ArrowDown"]:
            figure.page.keyboard.press(key)
        expect(figure.entry("W1[1, 2]")).to_be_focused()
        is_pointed(figure.root.locator('unit-diagram [data-name="W1[1, 2]"]'))
        figure.page.keyboard.press("End")
        expect(figure.entry("W1[1, 7]")).to_be_focused()
        expect(figure.page).to_have_url(re.compile(r"at=W1"))
