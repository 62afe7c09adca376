"""The engine "tensorflow": Keras has the network, TensorFlow finds the gradients."""

import os
from collections.abc import Callable
from functools import partial
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
    """There is nothing to do: each training traces its step anew, in about a second."""


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
    training = Training(network, X, y, 1.0, reg)
    found = [gradient.numpy() for gradient in training.gradients]
    return named(training.names, found)


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
        self.names = list(parameters)
        dtype = network.weights()[0].dtype.name
        self.X, self.y = tf.constant(X, dtype), tf.constant(y, tf.int64)

        # keras.regularizers.L2(reg / 2) would round reg to float32.
        def l2(W: Any) -> Any:
            return reg / 2 * tf.reduce_sum(W * W)

        # Without a type, layers, losses and optimizers compute in float32.
        dense = partial(
            tf.keras.layers.Dense,
            kernel_initializer="zeros",  # ours take their place
            kernel_regularizer=l2,
            dtype=dtype,
        )
        *hidden, last = [weight.shape[1] for weight in network.weights()]
        self.model = tf.keras.Sequential(
            [
                tf.keras.Input((self.X.shape[1],), dtype=dtype),
                *(dense(width, activation="relu") for width in hidden),
                dense(last),
            ]
        )
        self.model.set_weights(  # biases as (h,), not as (1, h)
            [p[0] if name.startswith("b") else p for name, p in parameters.items()]
        )
        self.loss_function = tf.keras.losses.SparseCategoricalCrossentropy(
            from_logits=True, dtype=dtype
        )
        # A function that returns a tensor: a number would be rounded to float32.
        rate = tf.constant(learning_rate, dtype)
        self.optimizer = tf.keras.optimizers.SGD(lambda: rate)
        self.optimizer.build(self.model.trainable_variables)
        self.traced = tf.function(self.update)
        self.gradients, _ = self.differentiated()

    def differentiated(self) -> tuple[list[Any], tuple[Any, Any, Any]]:
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
        self.optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return self.differentiated()

    def step(self) -> tuple[float, float, float]:
        """Take a step; return what came of it."""
        self.gradients, parts = self.traced(self.gradients)
        data_loss, squares, accuracy = (part.numpy().item() for part in parts)
        return data_loss, squares, accuracy

    def network(self) -> Network:
        """Return the network as it is now."""
        return self.kind(**named(self.names, self.model.get_weights()))


def named(names: list[str], arrays: list[np.ndarray]) -> Gradients:
    """Give arrays of Keras our names and shapes."""
    return {
        name: array.reshape(-1, array.shape[-1])
        for name, array in zip(names, arrays, strict=True)
    }
