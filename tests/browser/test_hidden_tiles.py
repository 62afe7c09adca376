"""The tiles of chapter 8: what each hidden unit sees, in the browser as in Python."""

import re
from itertools import islice

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from unspiral import core

CHAPTER = "/chapters/8-what-the-hidden-layer-learned"
HIDDEN = 20  # the chapter's


def after(steps: int) -> tuple[core.TwoLayerNet, np.ndarray]:
    """Train in Python; return the network, and which points turn which units on."""
    rng = np.random.default_rng(0)
    X, y = core.spiral(rng)
    start = core.TwoLayerNet.random(rng, hidden=HIDDEN, init="he")
    run = core.gradient_descent(start, X, y)
    network = next(islice(run, steps, None)).network
    assert isinstance(network, core.TwoLayerNet)
    return network, network.forward(X)[0] > 0


class Tiles:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("hidden-tiles")
        self.tiles = self.root.get_by_role("gridcell")
        self.picked = self.root.get_by_role("gridcell", selected=True)

    def open(self, **fields: object) -> None:
        parts = [f"hidden-tiles.{name}={value}" for name, value in fields.items()]
        self.page.goto(f"{CHAPTER}#{'&'.join(parts)}")
        self.root.scroll_into_view_if_needed()
        self.wait_for_step(int(str(fields.get("step", 0))))

    def wait_for_step(self, step: int) -> None:
        number = self.root.locator("dt:text-is('Step') + dd data")
        expect(number).to_have_attribute("value", str(step), timeout=20_000)

    def brightness(self, unit: int, x: np.ndarray) -> float:
        """Look at the canvas where a place of the plane is in a unit's tile."""
        red_green_blue: list[int] = self.root.locator("unit-tiles").evaluate(
            """(tiles, [unit, x1, x2]) => {
                const root = tiles.shadowRoot;
                const canvas = root.querySelector("canvas");
                const frame = canvas.getBoundingClientRect();
                const tile = root.querySelectorAll("[role=gridcell]")[unit]
                    .getBoundingClientRect();
                const place = (x) => ((x + 1.1) / 2.2) * tile.width;
                const copy = new OffscreenCanvas(canvas.width, canvas.height)
                    .getContext("2d", { willReadFrequently: true });
                copy.drawImage(canvas, 0, 0);
                return [...copy.getImageData(
                    (tile.x - frame.x + place(x1)) * devicePixelRatio,
                    (tile.y - frame.y + place(-x2)) * devicePixelRatio,
                    1, 1).data].slice(0, 3);
            }""",
            [unit, *x.tolist()],
        )
        return sum(red_green_blue) / 3


@pytest.fixture
def figure(page: Page) -> Tiles:
    return Tiles(page)


def test_train_and_show_takes_a_thousand_steps_and_stops(figure: Tiles) -> None:
    figure.open(speed=250)
    figure.root.get_by_role("button", name="Train & Show").click()
    figure.wait_for_step(1000)
    expect(figure.root.get_by_role("button", name="Train & Show")).to_be_visible()
    _, on = after(1000)
    expect(figure.tiles).to_have_count(HIDDEN)
    for unit, count in enumerate(on.sum(axis=0)):
        words = f"on for {count} of 300 points" if count else "dead"
        expect(figure.tiles.nth(unit)).to_have_accessible_name(f"Unit {unit}: {words}")
    patterns = len(np.unique(on, axis=0))
    expect(figure.root).to_contain_text(
        "20 lines cut the plane into at most 211 regions. "
        f"The 300 points lie in {patterns} of them"
    )
    dead = int((~on.any(axis=0)).sum())
    assert dead > 0
    expect(figure.root).to_contain_text(f"{dead} of 20 hidden units")


def test_tiles_are_bright_where_their_units_are_on(figure: Tiles) -> None:
    figure.open(step=500)
    network, on = after(500)
    for unit in np.flatnonzero(on.any(axis=0)).tolist():
        corners = np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]]) * 0.95
        out = (corners @ network.W1 + network.b1)[:, unit]
        assert out.min() < 0 < out.max()
        dark = figure.brightness(unit, corners[out.argmin()])
        bright = figure.brightness(unit, corners[out.argmax()])
        assert bright > dark + 50, unit


def test_a_picked_unit_is_shown_in_numbers(figure: Tiles) -> None:
    figure.open(step=500)
    network, on = after(500)
    for unit in (3, 8):
        figure.tiles.nth(unit).click()
        expect(figure.picked).to_have_accessible_name(re.compile(f"^Unit {unit}:"))
        expect(figure.root.get_by_role("heading", name=f"Unit {unit}")).to_be_visible()
        w1, w2 = network.W1[:, unit]
        for number in (w1, w2, network.b1[0, unit]):
            expect(figure.root.locator(".formula")).to_contain_text(
                f"{abs(number):.3f}"
            )
        count = on[:, unit].sum()
        words = (
            f"On for {count} of 300 points." if count else "Dead: off for every point"
        )
        expect(figure.root).to_contain_text(words)
        for k, weight in enumerate(network.W2[unit]):
            row = figure.root.get_by_role("row", name=f"W2[{unit}, {k}]")
            expect(row).to_contain_text(f"{weight:.3f}".replace("-", "−"))


def test_tiles_by_keyboard_and_by_link(figure: Tiles) -> None:
    figure.open(unit=7)
    expect(figure.picked).to_have_accessible_name(re.compile("^Unit 7:"))
    figure.picked.focus()
    columns = 5
    moves = {"ArrowRight": 8, "ArrowDown": 8 + columns, "ArrowLeft": 7 + columns}
    moves |= {"ArrowUp": 7, "End": 19, "Home": 0}
    for key, unit in moves.items():
        figure.page.keyboard.press(key)
        expect(figure.tiles.nth(unit)).to_be_focused()
        expect(figure.tiles.nth(unit)).to_have_attribute("aria-selected", "true")
        expect(figure.picked).to_have_count(1)
    figure.page.keyboard.press("ArrowUp")  # there is none above
    expect(figure.tiles.nth(0)).to_be_focused()
    figure.page.keyboard.press("End")
    expect(figure.page).to_have_url(re.compile(r"#hidden-tiles\.unit=19$"))


def test_many_units_have_room_on_a_telephone(figure: Tiles) -> None:
    figure.page.set_viewport_size({"width": 360, "height": 740})
    figure.open(hidden=200)
    expect(figure.tiles).to_have_count(200)
    sizes = [figure.tiles.nth(unit).bounding_box() for unit in (0, 199)]
    for box in sizes:
        assert box
        assert min(box["width"], box["height"]) >= 20
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
