"""The live gradient check: its numbers are core's, and it catches what is left out."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from traced import Traced, X, Y, is_pointed, network

from unspiral.core import check_gradients

NAMES = ["dW1", "db1", "dW2", "db2"]


@pytest.fixture
def figure(page: Page) -> Traced:
    return Traced(page, "6-backward-pass", "gradient-check")


def caught(figure: Traced) -> list[str]:
    """Name the arrays that are marked as caught."""
    return [
        name
        for name in NAMES
        if figure.array(name).locator(".status.caught").count() == 1
    ]


def test_any_parameter_both_ways(figure: Traced) -> None:
    figure.show("dW1")
    check = check_gradients(network(), X, Y)
    for name in NAMES:
        np.testing.assert_allclose(
            figure.numbers(name), check.analytic[name[1:]], rtol=1e-9, atol=1e-15
        )
    expect(figure.root.locator(".verdict")).to_contain_text(
        "agrees with the measured slopes: dW1, db1, dW2 and db2."
    )
    figure.entry("dW2[0, 2]").click()
    expect(figure.root.locator("h3")).to_have_text("dW2[0, 2]")
    expected = {
        "analytic": check.analytic,
        "numerical": check.numerical,
        "above": check.above,
        "below": check.below,
    }
    for kind, arrays in expected.items():
        value = figure.root.locator(f"data.{kind}").get_attribute("value")
        # Losses differ in the last digit between machines; that moves a slope by 1e-11.
        assert float(str(value)) == pytest.approx(arrays["W2"][0, 2], abs=1e-9)
    expect(figure.root.locator(".result")).to_contain_text("They agree")
    figure.page.keyboard.press("ArrowDown")
    expect(figure.root.locator("h3")).to_have_text("dW2[1, 2]")
    expect(figure.page).to_have_url(re.compile("at=dW2"))


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ("the gate", ["dW1", "db1"]),
        ("the 1/n", ["dW1", "db1", "dW2", "db2"]),
        ("the regularisation", ["dW1", "dW2"]),
    ],
)
def test_what_is_left_out_is_caught(
    figure: Traced, left_out: str, expected: list[str]
) -> None:
    figure.show("dW1")
    assert caught(figure) == []
    figure.root.get_by_role("radio", name=left_out).check()
    expect(figure.root.locator(".verdict")).to_contain_text(f"Without {left_out}")
    assert caught(figure) == expected
    for name in NAMES:
        wrong = figure.noted(name, "does not agree")
        assert bool(wrong) == (name in expected)
    subject = figure.root.locator("h3").inner_text()
    assert subject.partition("[")[0] in expected
    expect(figure.root.locator(".result")).to_contain_text("They do not agree")


def test_entries_at_a_kink_are_named_and_not_compared(figure: Traced) -> None:
    """The first point of each arm is the origin, and the biases start at 0."""
    figure.show("dW1", step=0)
    kinks = check_gradients(network(step=0), X, Y).at_kink
    assert [name for name in kinks if kinks[name].any()] == ["b1"]
    expect(figure.root.locator(".verdict")).to_contain_text(
        "8 entries are at a kink of a ReLU and not compared."
    )
    assert len(figure.noted("db1", "at a kink, not compared")) == 8
    expect(figure.array("db1").locator(".status")).to_have_text("not compared")
    figure.entry("db1[0, 2]").click()
    expect(figure.root.locator(".result")).to_contain_text("At a kink")
    expect(figure.root.locator("data.error")).to_have_text("–")


def test_a_link_reopens_it_and_reset_goes_back(figure: Traced) -> None:
    figure.show("dW1", broken="reg", hidden=3, at="dW1[1,2]")
    expect(figure.array("dW1").locator(".shape")).to_have_text("(2, 3)")
    expect(figure.root.locator("h3")).to_have_text("dW1[1, 2]")
    assert caught(figure) == ["dW1", "dW2"]
    struck = figure.root.locator(".choice.struck")
    expect(struck).to_contain_text("the regularisation")
    figure.button("Reset").click()
    expect(figure.array("dW1").locator(".shape")).to_have_text("(2, 8)")
    expect(figure.page).not_to_have_url(re.compile("gradient-check"))
    assert caught(figure) == []


def test_pointing_marks_the_line_of_code(figure: Traced) -> None:
    figure.show("dW1")
    figure.entry("db1[0, 0]").hover()
    is_pointed(
        figure.page.locator("article > .listing .line[data-makes~=db1]").first,
    )
