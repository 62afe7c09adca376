"""JAX, with the scan over all steps batched over many networks."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp

from benchmarks.peers import jax_scan
from benchmarks.task import many


def trainer(dtype: str) -> Callable[[int], float]:
    """Train many networks with jax.vmap; the loss is that of the first."""
    _, X, y = jax_scan.on_device(dtype)
    each = [tuple(network.parameters().values()) for network in many(dtype)]
    stacked = tuple(map(jnp.stack, zip(*each, strict=True)))
    step = jax.vmap(jax_scan.step, in_axes=(0, None, None))

    @partial(jax.jit, static_argnames="steps")
    def scan(parameters: tuple[jax.Array, ...], steps: int) -> jax.Array:
        return jax.lax.scan(lambda p, _: step(p, X, y), parameters, length=steps + 1)[1]

    return lambda steps: float(scan(stacked, steps)[-1, 0])
