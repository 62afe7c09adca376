"""Gradient descent: forward, loss, backward, update, again and again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
from jaxtyping import Float, Int

from unspiral.core.loss import cross_entropy, cross_entropy_backward, l2, log_softmax
from unspiral.core.network import Network


@dataclass(frozen=True)
class Step:
    """One moment of a run: the network after `step` updates, and how it does."""

    step: int
    network: Network
    loss: float
    accuracy: float
    """Fraction of the points whose own class has the highest score, 0 to 1."""


def gradient_descent(
    network: Network,
    X: Float[np.ndarray, "n D"],
    y: Int[np.ndarray, " n"],
    *,
    learning_rate: float = 1.0,
    reg: float = 1e-3,
) -> Iterator[Step]:
    """Train on all points at once, step after step, for as long as it is asked.

    Nothing is computed before it is asked for, and nothing is printed.

    Parameters
    ----------
    network
        Where to start. It is not changed.
    X, y
        The points, (n, D), and their labels, (n,), each from 0 to K - 1.
        X is taken in the network's precision.
    learning_rate
        How far to go against the gradient, > 0.
    reg
        Strength of the L2 regularisation of the weights, >= 0.

    Yields
    ------
    Step
        Step 0 is the network as given. When a loss is not finite, that step is
        the last one.

    Raises
    ------
    ValueError
        At the first step, when the data do not fit the network.
    """
    check_data(network, X, y)
    X = X.astype(network.weights()[0].dtype, copy=False)
    for step in count():
        with np.errstate(over="ignore", invalid="ignore"):  # the loss tells
            hidden, scores = network.forward(X)
            log_probs = log_softmax(scores)
            loss = cross_entropy(log_probs, y) + l2(reg, *network.weights())
            accuracy = float(np.mean(scores.argmax(axis=1) == y))

        yield Step(step, network, loss, accuracy)
        if not np.isfinite(loss):
            return

        with np.errstate(over="ignore", invalid="ignore"):
            dscores = cross_entropy_backward(np.exp(log_probs), y)
            gradients = network.backward(dscores, X, hidden, reg)
            network = network.updated(gradients, learning_rate)


def check_data(
    network: Network, X: Float[np.ndarray, "n D"], y: Int[np.ndarray, " n"]
) -> None:
    """Raise ValueError with a sentence when the network cannot be trained on (X, y)."""
    features = network.weights()[0].shape[0]
    classes = network.weights()[-1].shape[1]
    if len(X) == 0 or len(X) != len(y):
        raise ValueError(f"X has {len(X)} points and y {len(y)} labels")
    if X.shape[1] != features:
        raise ValueError(f"X has {X.shape[1]} features; the network takes {features}")
    if y.min() < 0 or y.max() >= classes:
        raise ValueError(
            f"y has labels from {y.min()} to {y.max()}; "
            f"with {classes} classes they go from 0 to {classes - 1}"
        )
