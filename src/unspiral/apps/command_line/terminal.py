"""The two streams that the commands write to."""

from rich.console import Console

# Without markup: a file's name may well have brackets in it.
out = Console(markup=False, emoji=False, highlight=False)
"""Results."""

err = Console(stderr=True, markup=False, emoji=False, highlight=False)
"""Progress and warnings."""
