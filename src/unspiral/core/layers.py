"""Affine and ReLU layers, each forward beside its backward.

A backward takes the gradient of the loss on what its forward returned, and
returns the gradient on what its forward was given: the chain rule, one link.
"""

import numpy as np
from jaxtyping import Float


def affine(
    X: Float[np.ndarray, "n D"],
    W: Float[np.ndarray, "D h"],
    b: Float[np.ndarray, "1 h"],
) -> Float[np.ndarray, "n h"]:
    """Weighted sums of the inputs: ``out = X W + b``."""
    out = X @ W
    out += b  # in place: no second (n, h) array
    return out


def affine_backward(
    dout: Float[np.ndarray, "n h"], X: Float[np.ndarray, "n D"]
) -> tuple[Float[np.ndarray, "D h"], Float[np.ndarray, "1 h"]]:
    """Gradients on the weights and biases: ``dW = X^T dout``, ``db = sum of dout``.

    Every point uses the same W and b, so both add up over the points.
    """
    return X.T @ dout, dout.sum(axis=0, keepdims=True)


def affine_backward_to_input(
    dout: Float[np.ndarray, "n h"], W: Float[np.ndarray, "D h"]
) -> Float[np.ndarray, "n D"]:
    """Gradient on the inputs: ``dX = dout W^T``.

    Apart from `affine_backward`, because the first layer's input is the data,
    and nobody changes the data.
    """
    return dout @ W.T


def relu(out: Float[np.ndarray, "n h"]) -> Float[np.ndarray, "n h"]:
    """Keep what is positive, put 0 in place of the rest."""
    return np.maximum(0, out)


def relu_backward(
    dhidden: Float[np.ndarray, "n h"], hidden: Float[np.ndarray, "n h"]
) -> Float[np.ndarray, "n h"]:
    """Let the gradient through where the unit was on, stop it where it was off.

    `dhidden` is changed in place: nothing needs what it was before.
    """
    dhidden *= hidden > 0
    return dhidden
