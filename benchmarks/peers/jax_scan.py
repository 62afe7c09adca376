"""JAX, with all steps in one compiled loop."""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp

from benchmarks.task import LEARNING_RATE, REG, task


def loss_of(
    parameters: tuple[Any, ...], X: Any, y: Any, reg: float | Any = REG
) -> jax.Array:
    """Cross-entropy of the data plus the regularisation loss."""
    W1, b1, W2, b2 = parameters
    scores = jax.nn.relu(X @ W1 + b1) @ W2 + b2
    own = jnp.take_along_axis(jax.nn.log_softmax(scores), y[:, None], axis=1)
    return -own.mean() + 0.5 * reg * (jnp.sum(W1 * W1) + jnp.sum(W2 * W2))


def step(
    parameters: tuple[Any, ...],
    X: Any,
    y: Any,
    rate: Any = LEARNING_RATE,
    reg: Any = REG,
) -> tuple[Any, jax.Array]:
    """Take one step."""
    loss, gradients = jax.value_and_grad(loss_of)(parameters, X, y, reg)
    updated = tuple(p - rate * g for p, g in zip(parameters, gradients, strict=True))
    return updated, loss


@partial(jax.jit, static_argnames="steps")
def scan(parameters: tuple[Any, ...], X: Any, y: Any, *, steps: int) -> tuple[Any, Any]:
    """Take some steps; return where they lead, and all losses."""
    return jax.lax.scan(lambda p, _: step(p, X, y), parameters, length=steps + 1)


def on_device(dtype: str) -> tuple[Any, ...]:
    """Hand the task over to JAX."""
    jax.config.update("jax_enable_x64", dtype == "float64")
    network, X, y = task(dtype)
    parameters = tuple(map(jnp.asarray, network.parameters().values()))
    return parameters, jnp.asarray(X), jnp.asarray(y)


def trainer(dtype: str) -> Callable[[int], float]:
    """Train with lax.scan."""
    given = on_device(dtype)
    return lambda steps: float(scan(*given, steps=steps)[1][-1])
