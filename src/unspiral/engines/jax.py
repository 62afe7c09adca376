"""The engine "jax": JAX finds the gradients, and compiles the step."""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from unspiral.core import Network
from unspiral.core.network import Gradients
from unspiral.engines.contract import Run
from unspiral.engines.framework import follow

VERSION = jax.__version__


def prepare(
    network: Network,
    X: np.ndarray,
    y: np.ndarray,
    notice: Callable[[str], None],  # noqa: ARG001
) -> None:
    """Take a step, which goes nowhere: JAX compiles it, in less than a second."""
    train(network, X, y, learning_rate=0.0, reg=0.0, steps=1)


def train(
    network: Network,
    X: np.ndarray,
    y: np.ndarray,
    *,
    learning_rate: float,
    reg: float,
    steps: int,
) -> Run:
    """Take some steps of gradient descent, up to divergence."""
    with jax.enable_x64(True):  # without it, all is rounded to float32
        begin = partial(Training, network, X, y, learning_rate, reg)
        return follow(begin, network, X, y, reg=reg, steps=steps)


def gradients(
    network: Network, X: np.ndarray, y: np.ndarray, *, reg: float
) -> Gradients:
    """Return the gradient of the loss on each parameter, found by JAX."""
    with jax.enable_x64(True):
        found = Training(network, X, y, 1.0, reg).gradients
        return {name: np.array(gradient) for name, gradient in found.items()}


def loss(params: Any, X: Any, y: Any, reg: Any) -> Any:
    """Return the loss, and its parts beside it, as JAX wants them."""
    *first, last = [(params[name], params[bias]) for name, bias in layers(params)]
    hidden = X
    for W, b in first:
        hidden = jax.nn.relu(hidden @ W + b)  # jnp.maximum has the slope 1/2 at 0
    W, b = last
    scores = hidden @ W + b
    log_probs = jax.nn.log_softmax(scores)
    data_loss = -log_probs[jnp.arange(len(y)), y].mean()
    squares = [jnp.sum(params[name] ** 2) for name, _ in layers(params)]
    right = jnp.sum(scores.argmax(axis=1) == y)
    total = data_loss + reg / 2 * sum(squares)
    return total, (data_loss, sum(s.astype(jnp.float64) for s in squares), right)


def layers(params: Any) -> list[tuple[str, str]]:
    """Return the names of each layer's weights and biases."""
    return [(name, name.replace("W", "b")) for name in params if name.startswith("W")]


differentiated = jax.jit(jax.grad(loss, has_aux=True))


@jax.jit  # type: ignore[untyped-decorator]
def update(params: Any, gradients: Any, learning_rate: Any) -> Any:
    """Go downhill."""
    return jax.tree.map(lambda p, dp: p - learning_rate * dp, params, gradients)


MOST_COMPILED = 16
"""So many shapes of network and points are kept compiled, with some 9 MB each."""

compiled: set[Any] = set()
"""These shapes."""


def make_room(shapes: Any) -> None:
    """Before anything is compiled for such shapes, forget the others if need be.

    JAX would keep them all, and has no way to forget some of them.
    """
    if shapes in compiled:
        return
    if len(compiled) >= MOST_COMPILED:
        compiled.clear()
        jax.clear_caches()
    compiled.add(shapes)


class Training:
    """A network in training."""

    def __init__(
        self,
        network: Network,
        X: np.ndarray,
        y: np.ndarray,
        learning_rate: float,
        reg: float,
    ) -> None:
        self.kind = type(network)
        self.params = jax.tree.map(jnp.asarray, network.parameters())
        dtype = network.weights()[0].dtype
        self.data = jnp.asarray(X, dtype), jnp.asarray(y), reg
        self.learning_rate = learning_rate
        make_room((tuple(map(np.shape, self.params.values())), X.shape, dtype))
        self.gradients, _ = differentiated(self.params, *self.data)

    def step(self) -> tuple[float, float, float]:
        """Take a step; return what came of it."""
        self.params = update(self.params, self.gradients, self.learning_rate)
        self.gradients, parts = differentiated(self.params, *self.data)
        data_loss, squares, right = (part.item() for part in parts)
        # Divided here: XLA would multiply with 1 / n, and round twice.
        return data_loss, squares, right / self.data[1].size

    def network(self) -> Network:
        """Return the network as it is now."""
        return self.kind(**{name: np.array(p) for name, p in self.params.items()})
