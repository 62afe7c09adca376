"""What the learner's code prints: kept, up to a point."""

import io
from collections.abc import Callable

KEPT = 10_000
"""Characters of one call that are kept."""
FLOOD = 200_000
"""Characters at which printing is no longer a mistake but a flood."""


class Output(io.TextIOBase):
    """Stands in for the standard output and error.

    Parameters
    ----------
    on_flood
        Called when much too much was printed.
    """

    def __init__(self, on_flood: Callable[[], None]) -> None:
        self.on_flood = on_flood
        self.printed = 0
        self.begin()

    def begin(self) -> None:
        """Forget what was kept."""
        self.kept: list[str] = []
        self.room = KEPT
        self.cut = 0

    def write(self, text: str) -> int:
        """Keep text, if there is room."""
        if not isinstance(text, str):
            raise TypeError(f"write() takes text, not {type(text).__name__}")
        if self.room:
            self.kept.append(text[: self.room])
        self.cut += max(0, len(text) - self.room)
        self.room = max(0, self.room - len(text))
        self.printed += len(text)
        if self.printed > FLOOD:
            self.on_flood()
        return len(text)

    def take(self) -> str:
        """Return what was kept, and begin anew."""
        text = "".join(self.kept)
        if self.cut:
            text += f"\n… and {self.cut:,} characters more"
        self.begin()
        return text[: 2 * KEPT]
