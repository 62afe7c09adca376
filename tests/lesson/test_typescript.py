"""The page's types are those of the exercises."""

from pathlib import Path

from unspiral.lesson.typescript import typescript

MESSAGES = Path(__file__).parents[2] / "web/src/exercises/messages.ts"


def test_the_page_has_todays_messages() -> None:
    assert MESSAGES.read_text(encoding="utf-8") == typescript(), "run: make types"
