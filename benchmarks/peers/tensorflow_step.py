"""TensorFlow, with one compiled step that Python calls again and again."""

from collections.abc import Callable

import tensorflow as tf

from benchmarks.task import LEARNING_RATE, REG, task


def trainer(dtype: str) -> Callable[[int], float]:
    """Train with tf.function, a gradient tape and Keras's SGD."""
    network, *data = task(dtype)
    X, y = map(tf.constant, data)
    start = list(network.parameters().values())
    parameters = [tf.Variable(p) for p in start]
    W1, b1, W2, b2 = parameters
    optimiser = tf.keras.optimizers.SGD(LEARNING_RATE)
    optimiser.build(parameters)

    @tf.function
    def loss_of() -> tf.Tensor:
        scores = tf.nn.relu(X @ W1 + b1) @ W2 + b2
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, scores)
        squares = tf.reduce_sum(W1 * W1) + tf.reduce_sum(W2 * W2)
        return tf.reduce_mean(losses) + 0.5 * REG * squares

    @tf.function
    def step() -> None:
        with tf.GradientTape() as tape:
            loss = loss_of()
        optimiser.apply_gradients(
            zip(tape.gradient(loss, parameters), parameters, strict=True)
        )

    def train(steps: int) -> float:
        for parameter, value in zip(parameters, start, strict=True):
            parameter.assign(value)
        for _ in range(steps):
            step()
        return float(loss_of())

    return train
