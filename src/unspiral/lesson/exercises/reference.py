"""What is right: the package's own network, called as the learner's functions are."""

from collections.abc import Callable
from typing import Any

import numpy as np

from unspiral.core import TwoLayerNet, layers, network
from unspiral.core import loss as core_loss
from unspiral.core import spiral as core_spiral

Array = np.ndarray


def spiral(
    rng: np.random.Generator, points: int, classes: int, noise: float
) -> tuple[Array, Array]:
    """Draw the spiral."""
    return core_spiral(rng, points=points, classes=classes, noise=noise)


def affine(X: Array, W: Array, b: Array) -> Array:
    """Scores of a linear classifier."""
    return layers.affine(X, W, b)


def initial_parameters(
    rng: np.random.Generator, features: int, hidden: int, classes: int
) -> tuple[Array, ...]:
    """Draw the parameters to start from."""
    net = TwoLayerNet.random(rng, features=features, hidden=hidden, classes=classes)
    return tuple(net.parameters().values())


def forward(
    X: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array]:
    """Go forward through the network."""
    return TwoLayerNet(W1, b1, W2, b2).forward(X)


def softmax(scores: Array) -> Array:
    """Turn scores into probabilities."""
    return core_loss.softmax(scores)


def loss(
    probs: Array,
    y: Array,
    W1: Array,
    b1: Array,  # noqa: ARG001 (biases are not regularised)
    W2: Array,
    b2: Array,  # noqa: ARG001
    reg: float,
) -> float:
    """Add the regularisation loss to the data loss."""
    return core_loss.cross_entropy(np.log(probs), y) + core_loss.l2(reg, W1, W2)


def cross_entropy_backward(probs: Array, y: Array) -> Array:
    """Gradient on the scores."""
    return core_loss.cross_entropy_backward(probs, y)


def backward(
    dscores: Array,
    X: Array,
    hidden: Array,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    reg: float,
) -> tuple[Array, ...]:
    """Go back through both layers."""
    net: network.Network = TwoLayerNet(W1, b1, W2, b2)
    gradients = net.backward(dscores, X, hidden, reg)
    return tuple(gradients[name] for name in ("W1", "b1", "W2", "b2"))


def update(
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    dW1: Array,
    db1: Array,
    dW2: Array,
    db2: Array,
    learning_rate: float,
) -> tuple[Array, ...]:
    """Take one step."""
    gradients = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    net = TwoLayerNet(W1, b1, W2, b2).updated(gradients, learning_rate)
    return tuple(net.parameters().values())


REFERENCE: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        spiral,
        affine,
        initial_parameters,
        forward,
        softmax,
        loss,
        cross_entropy_backward,
        backward,
        update,
    )
}
"""The functions by their names."""
