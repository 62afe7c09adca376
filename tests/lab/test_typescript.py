"""The page's types are those of the lab."""

from pathlib import Path

from unspiral.lab.typescript import typescript

MESSAGES = Path(__file__).parents[2] / "web/src/lab/messages.ts"


def test_the_page_has_todays_messages() -> None:
    assert MESSAGES.read_text(encoding="utf-8") == typescript(), "run: make types"
