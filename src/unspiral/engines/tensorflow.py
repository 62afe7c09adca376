"""The engine "tensorflow": TensorFlow finds the gradients, in a graph of the step."""

import os
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import numpy as np

from unspiral.core import Network
from unspiral.core.network import Gradients
from unspiral.engines.contract import Run
from unspiral.engines.framework import follow

# Else it talks while it starts, and its sums depend on the processor even more.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
import tensorflow as tf

VERSION = tf.__version__


def prepare(network: Network, notice: Callable[[str], None]) -> None:
    """There is nothing to do: TensorFlow traces a step in less than a second."""


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
    begin = partial(Training, network, X, y, learning_rate, reg)
    return follow(begin, network, X, y, reg=reg, steps=steps)


def gradients(
    network: Network, X: np.ndarray, y: np.ndarray, *, reg: float
) -> Gradients:
    """Return the gradient of the loss on each parameter, found by TensorFlow."""
    found = Training(network, X, y, 1.0, reg).gradients
    return {name: np.array(gradient) for name, gradient in found.items()}


def differentiated(params: Any, X: Any, y: Any, reg: Any) -> tuple[Any, Any]:
    """Return the gradients of the loss, and what a step returns."""
    weights = [params[name] for name in params if name.startswith("W")]
    biases = [params[name] for name in params if name.startswith("b")]
    with tf.GradientTape() as tape:
        tape.watch(params)
        hidden = X
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            hidden = tf.nn.relu(hidden @ W + b)
        scores = hidden @ weights[-1] + biases[-1]
        data_loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(y, scores)
        )
        loss = data_loss + tf.add_n([reg / 2 * tf.reduce_sum(W * W) for W in weights])
    squares = [tf.cast(tf.reduce_sum(W * W), tf.float64) for W in weights]
    right = tf.cast(tf.argmax(scores, axis=1) == y, tf.float64)
    parts = data_loss, tf.add_n(squares), tf.reduce_mean(right)
    return tape.gradient(loss, params), parts


def update(
    params: Any, gradients: Any, learning_rate: Any, X: Any, y: Any, reg: Any
) -> tuple[Any, Any, Any]:
    """Go downhill, and look around there."""
    params = {name: p - learning_rate * gradients[name] for name, p in params.items()}
    return params, *differentiated(params, X, y, reg)


@lru_cache(maxsize=16)  # they take a tenth of a second, and a megabyte or two
def graphs(
    shapes: tuple[tuple[str, tuple[int, ...]], ...], X: tuple[int, ...], dtype: str
) -> tuple[Any, Any]:
    """Trace both functions, for parameters and points of these shapes."""
    params = {name: tf.TensorSpec(shape, dtype) for name, shape in shapes}
    number = tf.TensorSpec((), dtype)
    data = tf.TensorSpec(X, dtype), tf.TensorSpec(X[:1], tf.int64), number
    return (
        tf.function(differentiated).get_concrete_function(params, *data),
        tf.function(update).get_concrete_function(params, params, number, *data),
    )


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
        parameters = network.parameters()
        dtype = network.weights()[0].dtype.name
        self.params = {name: tf.constant(p) for name, p in parameters.items()}
        self.learning_rate = tf.constant(learning_rate, dtype)
        self.data = (
            tf.constant(X, dtype),
            tf.constant(y, tf.int64),
            tf.constant(reg, dtype),
        )
        shapes = tuple((name, p.shape) for name, p in parameters.items())
        differentiated, self.update = graphs(shapes, X.shape, dtype)
        self.gradients, _ = differentiated(self.params, *self.data)

    def step(self) -> tuple[float, float, float]:
        """Take a step; return what came of it."""
        self.params, self.gradients, parts = self.update(
            self.params, self.gradients, self.learning_rate, *self.data
        )
        data_loss, squares, accuracy = (part.numpy().item() for part in parts)
        return data_loss, squares, accuracy

    def network(self) -> Network:
        """Return the network as it is now."""
        return self.kind(**{name: np.array(p) for name, p in self.params.items()})
