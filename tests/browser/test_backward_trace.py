"""The way back: its numbers, its gate, its shapes, and pointing at its values."""

import re
from itertools import chain

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from traced import POINT, Traced, X, Y, is_not_pointed, is_pointed, network

from unspiral.core.layers import affine_backward_to_input, relu_backward
from unspiral.core.loss import cross_entropy_backward, softmax

REG = 1e-3


@pytest.fixture
def figure(page: Page) -> Traced:
    return Traced(page, "6-backward-pass", "backward-trace")


def backward(X: np.ndarray, y: np.ndarray) -> dict[str, np.ndarray]:
    """Compute all gradients that the figure shows; `dout` is behind the gate."""
    net = network()
    hidden, scores = net.forward(X)
    dscores = cross_entropy_backward(softmax(scores), y)
    dhidden = affine_backward_to_input(dscores, net.W2)
    dout = relu_backward(dhidden.copy(), hidden)
    gradients = net.gradients(X, y, REG)
    arrays = {"dscores": dscores, "dhidden": dhidden, "dout": dout}
    return arrays | {f"d{name}": gradient for name, gradient in gradients.items()}


def check_numbers(figure: Traced, arrays: dict[str, np.ndarray]) -> None:
    for name, array in arrays.items():
        np.testing.assert_allclose(figure.numbers(name), array, rtol=1e-9, atol=1e-15)


def test_one_point_from_the_loss_down(figure: Traced) -> None:
    figure.show("X")
    gradients = backward(POINT, np.array([0]))
    stages = [["dscores"], ["dW2", "db2"], ["dhidden"], ["dout"], ["dW1", "db1"]]
    for i, computed in enumerate(stages):
        check_numbers(figure, {name: gradients[name] for name in computed})
        for later in chain(*stages[i + 1 :]):
            expect(figure.array(later).locator("[data-value]")).to_have_count(0)
        if i < 4:
            figure.button("Next").click()
    check_numbers(figure, gradients)
    loss = network().loss(POINT, np.array([0]), REG)
    expect(figure.root.locator(".cost strong")).to_have_text(f"{loss:.3f}")


def test_the_gate_stops_what_was_off(figure: Traced) -> None:
    figure.show("X", stage=4)
    hidden, _ = network().forward(POINT)
    off = np.flatnonzero(hidden == 0)
    assert figure.noted("dout", ", stopped") == [f"dout[0, {j}]" for j in off]
    assert figure.noted("hidden", ", off") == [f"hidden[0, {j}]" for j in off]
    expect(figure.root.locator(".gates .shut")).to_have_count(len(off))
    expect(figure.root).to_contain_text(f"{len(off)} of 8 gates are shut")
    entry = figure.entry(f"dout[0, {off[0]}]")
    expect(entry).to_have_accessible_name(
        f"dhidden[0, {off[0]}] after the gate is 0, stopped"
    )
    entry.click()
    before = backward(POINT, np.array([0]))["dhidden"][0, off[0]]
    written = f"({before:.3f})" if before < 0 else f"{before:.3f}"
    assert figure.equation == (
        f"dhidden[0, {off[0]}] after the gate = "
        f"{written.replace('-', '−')} · 0 (stopped) = 0"
    )


def test_another_class(figure: Traced) -> None:
    figure.show("X", stage=5)
    figure.root.get_by_role("radio", name="triangle 1").check()
    expect(figure.root.locator(".cost")).to_contain_text("class 1")
    check_numbers(figure, backward(POINT, np.array([1])))
    expect(figure.page).to_have_url(re.compile(r"label=1"))


def test_all_points(figure: Traced) -> None:
    figure.show("W1", stage=5, all=1)
    gradients = backward(X, Y)
    names = ["dW1", "db1", "dW2", "db2"]
    check_numbers(figure, {name: gradients[name] for name in names})
    # Large arrays are pictures: the numbers are at the corners, and where one points.
    picture = figure.array("dscores")
    expect(picture.locator(".head")).to_contain_text("(300, 3)")
    expect(picture.locator(".corners").first).to_contain_text(
        f"{gradients['dscores'][0, 0]:.5f}".replace("-", "−")
    )
    picture.get_by_role("gridcell").focus()
    for key in ["ArrowRight", "PageDown", "ArrowDown"]:
        figure.page.keyboard.press(key)
    entry = picture.get_by_role("gridcell")
    expect(entry).to_be_focused()
    value = f"{gradients['dscores'][11, 1]:.5f}".replace("-", "−")
    expect(entry).to_have_accessible_name(f"dscores[11, 1] is {value}")
    expect(picture.locator(".readout")).to_have_text(f"dscores[11, 1] = {value}")
    probs = softmax(network().forward(X)[1])
    assert figure.equation == f"dscores[11, 1] = {probs[11, 1]:.3f} / 300 = {value}"


def test_shapes_say_why_there_is_a_transpose(figure: Traced) -> None:
    figure.show("X", stage=2)
    shapes = figure.root.locator(".shapes")
    expect(shapes).to_contain_text("hiddenᵀ (8, 1) · dscores (1, 3) → (8, 3)")
    figure.root.get_by_role("radio", name="all 300 points").check()
    expect(shapes).to_contain_text("hiddenᵀ (8, 300) · dscores (300, 3) → (8, 3)")
    figure.button("Next").click()
    expect(shapes).to_contain_text("dscores (300, 3) · W2ᵀ (3, 8) → (300, 8)")


class TestPointing:
    def test_from_an_array(self, figure: Traced) -> None:
        figure.show("X", stage=2)
        unit = int(network().forward(POINT)[0].argmax())
        figure.entry(f"dW2[{unit}, 1]").hover()
        lines = figure.page.locator("article > .listing .line[data-makes~=dW2]")
        expect(lines).to_have_count(2)
        for line in lines.all():
            is_pointed(line)
        formulas = figure.page.locator("article > .formula mtext", has_text="dW2")
        for part in formulas.all():
            is_pointed(part)
        made = figure.root.locator("td.made")
        assert {str(cell.get_attribute("data-name")) for cell in made.all()} == {
            f"hidden[0, {unit}]",
            "dscores[0, 1]",
            f"W2[{unit}, 1]",
        }
        gradients = backward(POINT, np.array([0]))
        assert figure.equation.startswith(f"dW2[{unit}, 1] = ")
        assert f"{gradients['dscores'][0, 1]:.3f}" in figure.equation
        shown = figure.entry(f"dW2[{unit}, 1]").inner_text()
        assert figure.equation.endswith(f"= {shown}")
        # The gradient check below is about the same network.
        check = figure.page.locator("gradient-check")
        check.scroll_into_view_if_needed()
        check.locator(f'td[data-name="dW2[{unit}, 1]"]').hover()
        is_pointed(figure.entry(f"dW2[{unit}, 1]"))

    def test_the_gradient_before_the_gate_and_the_one_after(
        self, figure: Traced
    ) -> None:
        figure.show("X", stage=4)
        before, after = figure.array("dhidden"), figure.array("dout")
        gate = figure.page.locator("article > .listing .line", has_text="relu_backward")
        gate.hover(position={"x": 5, "y": 8})
        is_pointed(after.locator(".head"))
        is_not_pointed(before.locator(".head"))
        figure.page.locator(
            "article > .listing .line", has_text="dscores, self.W2"
        ).hover()
        is_pointed(before.locator(".head"))
        is_not_pointed(after.locator(".head"))
        figure.entry("dout[0, 1]").hover()
        is_pointed(gate)
        expect(figure.entry("dhidden[0, 1]")).to_contain_class("made")

    def test_from_a_formula(self, figure: Traced) -> None:
        figure.show("X", stage=5)
        part = figure.page.locator("article > .formula mtext", has_text="dscores").first
        part.click()
        is_pointed(figure.array("dscores").locator(".head"))
        figure.page.keyboard.press("Escape")
        figure.page.mouse.move(0, 0)
        is_not_pointed(figure.array("dscores").locator(".head"))

    def test_a_point_of_the_batch_is_shown_in_the_plane(self, figure: Traced) -> None:
        figure.show("W1", stage=5, all=1)
        knob = figure.root.locator("circle.knob")
        expect(knob).to_be_hidden()
        figure.array("hidden").get_by_role("gridcell").focus()
        figure.page.keyboard.press("PageDown")
        expect(knob).to_be_visible()
        x, y = (float(str(knob.get_attribute(name))) for name in ["cx", "cy"])
        shown = [(x / 100 - 1) * 1.1, (1 - y / 100) * 1.1]
        np.testing.assert_allclose(shown, X[10], atol=1e-9)


def test_a_link_reopens_it_and_reset_goes_back(figure: Traced) -> None:
    figure.show("X", point="-0.2,0.4", label=2, stage=5, at="dW1[1,4]")
    check_numbers(figure, backward(np.array([[-0.2, 0.4]]), np.array([2])))
    assert figure.equation.startswith("dW1[1, 4] =")
    figure.button("Reset").click()
    expect(figure.entry("X[0, 0]")).to_have_text("0.30")
    expect(figure.page).not_to_have_url(re.compile("backward-trace"))
    check_numbers(figure, {"dscores": backward(POINT, np.array([0]))["dscores"]})
