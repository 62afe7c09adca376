"""From scores to one number that says how wrong they are, and its gradient."""

import numpy as np
from jaxtyping import Float, Int


def log_softmax(scores: Float[np.ndarray, "n K"]) -> Float[np.ndarray, "n K"]:
    """Logarithms of the class probabilities.

    The largest score of each point is subtracted first. That changes no
    probability, and no exponential can overflow then.
    """
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax(scores: Float[np.ndarray, "n K"]) -> Float[np.ndarray, "n K"]:
    """Class probabilities: each between 0 and 1, each row adding up to 1."""
    return np.exp(log_softmax(scores))


def cross_entropy(
    log_probs: Float[np.ndarray, "n K"], y: Int[np.ndarray, " n"]
) -> float:
    """Mean of -log p, where p is the probability given to a point's own class.

    It takes logarithms so that a probability too small for a float still costs
    what it should, and not infinity.
    """
    return -float(log_probs[np.arange(len(y)), y].mean())


def cross_entropy_backward(
    probs: Float[np.ndarray, "n K"], y: Int[np.ndarray, " n"]
) -> Float[np.ndarray, "n K"]:
    """Gradient of `cross_entropy` on the scores: ``(probs - one_hot(y)) / n``."""
    dscores = probs.copy()
    dscores[np.arange(len(y)), y] -= 1
    dscores /= len(y)
    return dscores


def l2(reg: float, *weights: Float[np.ndarray, "_ _"]) -> float:
    """Regularisation loss: ``reg / 2`` times the sum of all squared weights.

    Its gradient on a weight matrix W is ``reg * W``; the half is there for that.
    """
    return 0.5 * reg * sum(float(np.sum(W * W)) for W in weights)
