"""How the cost of a step grows with the points, the hidden units and the classes."""

from collections.abc import Callable

from benchmarks.measure import Timing, in_turn
from benchmarks.task import SETTINGS, task
from unspiral.engines import engine

SIZES: dict[str, list[dict[str, int]]] = {
    "n": [{"points": p, "classes": 4} for p in (16, 64, 256, 1024)],
    "h": [{"hidden": h} for h in (8, 32, 128, 512)],
    "K": [{"classes": k, "points": 320 // k} for k in (2, 4, 8, 16)],
}
STEPS = 20


def call(name: str, dtype: str, size: dict[str, int]) -> Callable[[], object]:
    """Return a call that takes some steps with an engine."""
    network, X, y = task(dtype, **size)
    train = engine(name).train
    return lambda: train(network, X, y, steps=STEPS, **SETTINGS)


def measure(rounds: int) -> dict[tuple[str, str, int], Timing]:
    """Time each engine at each size; the end of a key is the size's index."""
    things = {
        (name, along, i): call(name, "float64", size)
        for along, sizes in SIZES.items()
        for i, size in enumerate(sizes)
        for name in ("numpy", "fused")
    }
    return in_turn(things, rounds)
