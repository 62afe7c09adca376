"""The figures that show every number of a small network, as a test has them in hand."""

from functools import cache
from itertools import islice

import numpy as np
from chapter_figure import ChapterFigure
from playwright.sync_api import Locator, expect

from unspiral.core import TwoLayerNet, gradient_descent, spiral

X, Y = spiral(np.random.default_rng(0))
POINT = np.array([[0.3, -0.5]])


@cache
def network(step: int = 1000, hidden: int = 8) -> TwoLayerNet:
    """Train the network of the figures."""
    rng = np.random.default_rng(0)
    spiral(rng)  # goes first
    start = TwoLayerNet.random(rng, hidden=hidden, init="he")
    last = list(islice(gradient_descent(start, X, Y), step + 1))[-1].network
    assert isinstance(last, TwoLayerNet)
    return last


class Traced(ChapterFigure):
    """One such figure on one page."""

    def show(self, array: str, **fields: object) -> None:
        """Open the chapter by a link to the figure, and wait for an array's numbers."""
        self.open(**fields)
        expect(self.array(array).get_by_role("gridcell").first).to_be_visible()

    def array(self, name: str) -> Locator:
        """Find an array."""
        return self.root.locator(f'matrix-view[name="{name}"]')

    def entry(self, name: str) -> Locator:
        """Find an entry, such as ``hidden[0, 7]``."""
        array = self.array(name.partition("[")[0])
        return array.locator(f'[role="gridcell"][data-name="{name}"]')

    def numbers(self, name: str) -> np.ndarray:
        """Read an array with all its digits."""
        read = "rows => rows.map(row => [...row.cells].map(c => c.dataset.value))"
        return np.array(self.array(name).locator("tr").evaluate_all(read), dtype=float)

    def noted(self, name: str, words: str) -> list[str]:
        """Name the entries of an array of which these words are said."""
        entries = self.array(name).locator(f'[role="gridcell"][aria-label$="{words}"]')
        return [str(entry.get_attribute("data-name")) for entry in entries.all()]

    @property
    def equation(self) -> str:
        """The arithmetic that is shown."""
        text = self.root.locator("value-arithmetic .equation").inner_text()
        return " ".join(text.split())


def is_pointed(locator: Locator) -> None:
    """Fail unless it is marked as what is pointed at."""
    expect(locator).to_contain_class("pointed")


def is_not_pointed(locator: Locator) -> None:
    """Fail if it is marked as what is pointed at."""
    expect(locator).not_to_contain_class("pointed")
