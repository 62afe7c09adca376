"""The figure of chapter 1: its points, and r and t of one of them."""

import numpy as np
import pytest
from chapter_figure import ChapterFigure, numbers
from playwright.sync_api import Page, expect

from unspiral import core
from unspiral.core.spiral import arm


@pytest.fixture
def figure(page: Page) -> ChapterFigure:
    return ChapterFigure(page, "1-the-spiral", "spiral-generator")


def row(figure: ChapterFigure, i: int) -> list[float]:
    """Read row i of X, and of y."""
    shown = figure.row(str(i))
    expect(shown).to_be_visible()
    return numbers(shown.inner_text().partition("\t")[2])


def expected(
    i: int, *, points: int = 100, classes: int = 3, noise: float = 0.2, seed: int = 0
) -> list[float]:
    X, y = core.spiral(
        np.random.default_rng(seed), points=points, classes=classes, noise=noise
    )
    return [*(round(x, 3) + 0 for x in X[i]), y[i]]


def test_shows_a_point_its_radius_and_its_angle(figure: ChapterFigure) -> None:
    figure.open()
    figure.enter("Point i", 257)
    assert row(figure, 257) == pytest.approx(expected(257))
    rng = np.random.default_rng(0)
    *_, (r, t) = [arm(rng, j, points=100, noise=0.2) for j in range(3)]
    where = figure.root.locator(".where")
    expect(where).to_contain_text(f"{r[57]:.3f}, the distance from the origin")
    expect(where).to_contain_text(f"{t[57]:.3f} radians")
    expect(where).to_contain_text(f"= {r[57]:.3f} · sin {t[57]:.3f} = −0.4")
    drawn = figure.root.locator("polar-overlay circle.point")
    assert float(drawn.get_attribute("cx") or 0) == pytest.approx(
        r[57] * np.sin(t[57]), abs=1e-6
    )
    expect(figure.said).to_contain_text("Point 257, of class 2: radius 0.576")


def test_makes_other_spirals_and_comes_back(figure: ChapterFigure) -> None:
    figure.open()
    figure.slider("Noise").press("Home")
    figure.enter("Points per class", 20)
    figure.enter("Classes", 4)
    figure.button("New sample").click()
    expect(figure.root).to_contain_text("X (80, 2)")
    expect(figure.said).to_contain_text("80 points: 4 arms of 20, with noise 0.")
    figure.slider("Point i").press("End")
    settings = {"points": 20, "classes": 4, "noise": 0.0, "seed": 1}
    assert row(figure, 79) == pytest.approx(expected(79, **settings))  # type: ignore[arg-type]
    fields = {"points": 20, "classes": 4, "noise": 0, "seed": 1, "i": 79}
    figure.expect_link(**fields)
    figure.reopen()
    assert row(figure, 79) == pytest.approx(expected(79, **settings))  # type: ignore[arg-type]
    figure.button("Reset").click()
    assert row(figure, 50) == pytest.approx(expected(50))
    figure.expect_link()


def test_shows_the_point_under_the_pointer(figure: ChapterFigure) -> None:
    figure.open()
    expect(figure.row("50")).to_be_visible()
    X, _ = core.spiral(np.random.default_rng(0))
    plane = figure.root.locator("decision-map .plane")
    box = plane.bounding_box()
    assert box
    x1, x2 = X[170]
    plane.hover(
        position={
            "x": (x1 + 1.1) / 2.2 * box["width"],
            "y": (1.1 - x2) / 2.2 * box["height"],
        }
    )
    expect(figure.root.locator("tr.chosen th")).to_have_text("170")
    assert row(figure, 170) == pytest.approx(expected(170))


def test_says_what_is_out_of_bounds(figure: ChapterFigure, problems: list[str]) -> None:
    figure.open()
    expect(figure.row("50")).to_be_visible()
    figure.enter("Noise", 7)
    expect(figure.root.get_by_role("alert").filter(visible=True)).to_have_text(
        "settings.noise is 7; allowed is a number from 0 to 2."
    )
    assert row(figure, 50) == pytest.approx(expected(50))
    problems.clear()  # the browser reports the 422
