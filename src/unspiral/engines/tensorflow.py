"""The engine "tensorflow": Keras has the network, TensorFlow finds the gradients."""

import os
from collections.abc import Callable
from functools import lru_cache, partial
from threading import Lock
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


def prepare(
    network: Network,
    X: np.ndarray,
    y: np.ndarray,
    notice: Callable[[str], None],  # noqa: ARG001
) -> None:
    """Take a step, which goes nowhere: TensorFlow traces it, in less than a second."""
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
    training = training_of(network, X)
    with training.lock:
        begin = partial(training.begin, network, X, y, learning_rate, reg)
        return follow(begin, network, X, y, reg=reg, steps=steps)


def gradients(
    network: Network, X: np.ndarray, y: np.ndarray, *, reg: float
) -> Gradients:
    """Return the gradient of the loss on each parameter, found by TensorFlow."""
    training = training_of(network, X)
    with training.lock:
        training.begin(network, X, y, 1.0, reg)
        return named(network, [gradient.numpy() for gradient in training.gradients])


def training_of(network: Network, X: np.ndarray) -> "Training":
    """Return the one for networks and points of these shapes."""
    widths = tuple(weight.shape[1] for weight in network.weights())
    return kept(X.shape, widths, network.weights()[0].dtype.name)


class Training:
    """A network in training: whoever holds the lock may use it for a run of theirs.

    What TensorFlow traces takes longer than many steps, so it is kept for the next run.
    """

    def __init__(
        self, data: tuple[int, int], widths: tuple[int, ...], dtype: str
    ) -> None:
        self.lock = Lock()
        self.X = tf.Variable(tf.zeros(data, dtype))
        self.y = tf.Variable(tf.zeros(data[:1], tf.int64))
        self.learning_rate = tf.Variable(tf.zeros((), dtype))
        self.reg = tf.Variable(tf.zeros((), dtype))

        # keras.regularizers.L2(reg / 2) would round reg to float32.
        def l2(W: Any) -> Any:
            return self.reg / 2 * tf.reduce_sum(W * W)

        # Without a type, layers, losses and optimizers compute in float32.
        dense = partial(
            tf.keras.layers.Dense,
            kernel_initializer="zeros",  # ours take their place
            kernel_regularizer=l2,
            dtype=dtype,
        )
        *hidden, last = widths
        self.model = tf.keras.Sequential(
            [
                tf.keras.Input(data[1:], dtype=dtype),
                *(dense(width, activation="relu") for width in hidden),
                dense(last),
            ]
        )
        self.loss_function = tf.keras.losses.SparseCategoricalCrossentropy(
            from_logits=True, dtype=dtype
        )
        self.optimizer = tf.keras.optimizers.SGD()
        self.optimizer.build(self.model.trainable_variables)
        gradients = [
            tf.TensorSpec(variable.shape, dtype)
            for variable in self.model.trainable_variables
        ]
        self.differentiated = tf.function(self.differentiate).get_concrete_function()
        self.updated = tf.function(self.update).get_concrete_function(gradients)

    def begin(
        self,
        network: Network,
        X: np.ndarray,
        y: np.ndarray,
        learning_rate: float,
        reg: float,
    ) -> "Training":
        """Take over a network, and look around where it is."""
        self.start = network
        self.X.assign(X)
        self.y.assign(y)
        self.learning_rate.assign(learning_rate)
        self.reg.assign(reg)
        self.model.set_weights(  # biases as (h,), not as (1, h)
            [
                p[0] if name.startswith("b") else p
                for name, p in network.parameters().items()
            ]
        )
        self.gradients, _ = self.differentiated()
        return self

    def differentiate(self) -> tuple[list[Any], tuple[Any, Any, Any]]:
        """Return the gradients, and what a step returns."""
        with tf.GradientTape() as tape:
            scores = self.model(self.X)
            data_loss = self.loss_function(self.y, scores)
            loss = data_loss + tf.add_n(self.model.losses)  # those of l2
        gradients = tape.gradient(loss, self.model.trainable_variables)
        squares = [
            tf.cast(tf.reduce_sum(layer.kernel**2), tf.float64)
            for layer in self.model.layers
        ]
        right = tf.cast(tf.argmax(scores, axis=1) == self.y, tf.float64)
        return gradients, (data_loss, tf.add_n(squares), tf.reduce_mean(right))

    def update(self, gradients: list[Any]) -> tuple[list[Any], tuple[Any, Any, Any]]:
        """Go downhill, and look around there."""
        variables = self.model.trainable_variables
        # Not apply_gradients: TensorFlow would never forget the graph, and the
        # optimizer's own learning rate is rounded to float32.
        for gradient, variable in zip(gradients, variables, strict=True):
            self.optimizer.update_step(gradient, variable, self.learning_rate)
        return self.differentiate()

    def step(self) -> tuple[float, float, float]:
        """Take a step; return what came of it."""
        self.gradients, parts = self.updated(self.gradients)
        data_loss, squares, accuracy = (part.numpy().item() for part in parts)
        return data_loss, squares, accuracy

    def network(self) -> Network:
        """Return the network as it is now."""
        return type(self.start)(**named(self.start, self.model.get_weights()))


kept = lru_cache(maxsize=16)(Training)


def named(network: Network, arrays: list[np.ndarray]) -> Gradients:
    """Give arrays of Keras the names and shapes that the network's parameters have."""
    return {
        name: array.reshape(p.shape)
        for (name, p), array in zip(network.parameters().items(), arrays, strict=True)
    }
