"""Many networks at once: train_many, torch.func.vmap and jax.vmap, on all cores.

Each network has its own start, learning rate and regularisation.
"""

import os
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from benchmarks.measure import Timing, in_turn
from benchmarks.task import task
from unspiral.core import TwoLayerNet

NETWORKS, STEPS = 64, 100
RATES = np.geomspace(0.1, 1.0, NETWORKS)
REGS = np.geomspace(1e-4, 1e-2, NETWORKS)


def starts(dtype: str) -> list[TwoLayerNet]:
    """Draw as many networks."""
    rng = np.random.default_rng(1)
    drawn = [TwoLayerNet.random(rng).astype(np.dtype(dtype).type) for _ in RATES]
    return [network for network in drawn if isinstance(network, TwoLayerNet)]


def stacked(dtype: str) -> list[np.ndarray]:
    """Return each parameter of all networks as one array."""
    each = [list(network.parameters().values()) for network in starts(dtype)]
    return [np.stack(parameters) for parameters in zip(*each, strict=True)]


def fused(dtype: str, threads: int) -> Callable[[], np.ndarray]:
    """Train with the fused engine."""
    from unspiral.engines.fused import train_many

    networks, (_, X, y) = starts(dtype), task(dtype)

    def train() -> np.ndarray:
        runs = train_many(
            networks,
            X,
            y,
            learning_rates=RATES.tolist(),
            regs=REGS.tolist(),
            steps=STEPS,
            threads=threads,
        )
        return np.array([run.last.loss for run in runs])

    return train


def torch_vmap(dtype: str) -> Callable[[], np.ndarray]:
    """Train with torch.func."""
    import torch
    from torch.func import grad_and_value, vmap
    from torch.nn import functional

    torch.set_num_threads(os.cpu_count() or 1)
    _, *data = task(dtype)
    X, y = map(torch.from_numpy, data)
    rates, regs = (torch.from_numpy(a.astype(dtype)) for a in (RATES, REGS))
    given = [torch.from_numpy(p) for p in stacked(dtype)]

    def loss_of(parameters: list[torch.Tensor], reg: torch.Tensor) -> torch.Tensor:
        W1, b1, W2, b2 = parameters
        scores = torch.relu(X @ W1 + b1) @ W2 + b2
        squares = (W1 * W1).sum() + (W2 * W2).sum()
        return functional.cross_entropy(scores, y) + 0.5 * reg * squares

    step = vmap(grad_and_value(loss_of))

    def train() -> np.ndarray:
        parameters = given
        for _ in range(STEPS + 1):
            gradients, loss = step(parameters, regs)
            parameters = [
                p - rates[:, None, None] * g
                for p, g in zip(parameters, gradients, strict=True)
            ]
        return np.asarray(loss)

    return train


def jax_vmap(dtype: str) -> Callable[[], np.ndarray]:
    """Train with jax.vmap inside of lax.scan."""
    import jax
    import jax.numpy as jnp

    from benchmarks.peers.jax_scan import on_device, step

    _, X, y = on_device(dtype)
    rates, regs = (jnp.asarray(a.astype(dtype)) for a in (RATES, REGS))
    given = tuple(map(jnp.asarray, stacked(dtype)))
    each = jax.vmap(step, in_axes=(0, None, None, 0, 0))

    @jax.jit
    def scan(parameters: tuple[jax.Array, ...]) -> jax.Array:
        def body(
            p: tuple[jax.Array, ...], _: None
        ) -> tuple[tuple[jax.Array, ...], jax.Array]:
            return each(p, X, y, rates, regs)

        return jax.lax.scan(body, parameters, length=STEPS + 1)[1][-1]

    return lambda: np.asarray(scan(given))


def measure(dtype: str, rounds: int) -> dict[str, Timing]:
    """Time them, and check that all come to the same losses."""
    cores = os.cpu_count() or 1
    things = {f"train_many, cores: {n}": fused(dtype, n) for n in range(1, cores + 1)}
    if find_spec("torch"):
        things["torch.func.vmap"] = torch_vmap(dtype)
    if find_spec("jax"):
        things["jax.vmap, lax.scan"] = jax_vmap(dtype)
    first, *others = (call() for call in things.values())
    for losses in others:
        np.testing.assert_allclose(losses, first, rtol=1e-2)
    return in_turn(things, rounds)
