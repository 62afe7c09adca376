"""Every array of one pass over a batch: forward and, given labels, backward."""

import numpy as np

from unspiral.core import LinearClassifier, Network, TwoLayerNet
from unspiral.core.layers import affine, affine_backward_to_input, relu_backward
from unspiral.core.loss import (
    cross_entropy,
    cross_entropy_backward,
    l2,
    log_softmax,
)
from unspiral.lab.messages import (
    LinearBackward,
    LinearForward,
    TraceLoss,
    TraceReply,
    TraceRequest,
    TwoLayerBackward,
    TwoLayerForward,
    network_of,
)
from unspiral.lab.overflow import checked


def trace(request: TraceRequest) -> TraceReply:
    """Do what a step of training does, and keep every array on the way."""
    network, y, reg = network_of(request.params), request.y, request.reg
    X = request.X.astype(network.weights()[0].dtype, copy=False)
    with np.errstate(over="ignore", invalid="ignore"):  # refused if it happens
        hidden, scores = network.forward(X)
        forward = checked(forward_of(network, X, hidden, scores))
        if y is None:
            return TraceReply(forward=forward, loss=None, backward=None)
        loss = checked(loss_of(network, scores, y, reg))
        backward = checked(backward_of(network, forward.probs, y, X, hidden, reg))
    return TraceReply(forward=forward, loss=loss, backward=backward)


def forward_of(
    network: Network, X: np.ndarray, hidden: np.ndarray, scores: np.ndarray
) -> LinearForward | TwoLayerForward:
    """Add what lies between and after the arrays that `Network.forward` returns."""
    highest = scores == scores.max(axis=1, keepdims=True)
    arrays = {
        "scores": scores,
        "probs": np.exp(log_softmax(scores)),
        "prediction": scores.argmax(axis=1).astype(np.int32),
        "tied": (highest.sum(axis=1) > 1).astype(np.int32),
    }
    if not isinstance(network, TwoLayerNet):
        return LinearForward(**arrays)
    out = affine(X, network.W1, network.b1)
    return TwoLayerForward(out=out, hidden=hidden, **arrays)


def loss_of(
    network: Network, scores: np.ndarray, y: np.ndarray, reg: float
) -> TraceLoss:
    """Say how wrong the scores are, point by point and in all."""
    log_probs = log_softmax(scores)
    data_loss, reg_loss = cross_entropy(log_probs, y), l2(reg, *network.weights())
    return TraceLoss(
        losses=0 - log_probs[np.arange(len(y)), y],  # with a minus alone, 0 gives -0
        data_loss=data_loss,
        reg_loss=reg_loss,
        loss=data_loss + reg_loss,
    )


def backward_of(
    network: Network,
    probs: np.ndarray,
    y: np.ndarray,
    X: np.ndarray,
    hidden: np.ndarray,
    reg: float,
) -> LinearBackward | TwoLayerBackward:
    """Go back, with the gradients that `Network.backward` returns and their parts."""
    dscores = cross_entropy_backward(probs, y)
    arrays = {}
    data = network.backward(dscores, X, hidden, reg=0.0)
    for name, gradient in network.backward(dscores, X, hidden, reg).items():
        arrays[f"d{name}"] = gradient
        if name.startswith("W"):
            arrays[f"d{name}_data"] = data[name]
            arrays[f"d{name}_reg"] = reg * getattr(network, name)
    if isinstance(network, LinearClassifier):
        return LinearBackward(dscores=dscores, **arrays)
    assert isinstance(network, TwoLayerNet)
    dhidden = affine_backward_to_input(dscores, network.W2)
    dout = relu_backward(dhidden.copy(), hidden)
    return TwoLayerBackward(dscores=dscores, dhidden=dhidden, dout=dout, **arrays)
