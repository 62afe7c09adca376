"""The fused engine."""

from collections.abc import Callable

from benchmarks.peers import core


def trainer(dtype: str) -> Callable[[int], float]:
    """Train in one compiled loop."""
    return core.trainer(dtype, "fused")
