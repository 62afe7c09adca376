"""JAX, with one compiled step that Python calls again and again."""

from collections.abc import Callable

import jax

from benchmarks.peers import jax_scan


def trainer(dtype: str) -> Callable[[int], float]:
    """Train with a jitted step."""
    start, X, y = jax_scan.on_device(dtype)
    step = jax.jit(jax_scan.step)

    def train(steps: int) -> float:
        parameters = start
        for _ in range(steps + 1):
            parameters, loss = step(parameters, X, y)
        return float(loss)

    return train
