"""What the tests of the chapters' claims share."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from unspiral.lesson import chapters, render


@pytest.fixture(scope="module", autouse=True)
def quick(no_shapes_checked: None) -> None:
    """Let the long runs here go at their own speed."""


@pytest.fixture(scope="session")
def says() -> Callable[[int, str], bool]:
    """Whether a chapter has these words, as a reader sees them, values and all."""
    texts: dict[int, str] = {}

    def says(number: int, words: str) -> bool:
        if number not in texts:
            html = render(next(c for c in chapters() if c.number == number))
            texts[number] = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
        return words in texts[number]

    return says
