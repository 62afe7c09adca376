"""Is the backward pass right? And would the check notice if it were not?"""

import math

import numpy as np

from unspiral.core import GradientCheck, Network, TwoLayerNet, check_gradients
from unspiral.core.loss import cross_entropy_backward, softmax
from unspiral.core.network import Gradients
from unspiral.lab.collapse import WithoutReLU
from unspiral.lab.data import data_of
from unspiral.lab.messages import (
    ArrayCheck,
    EntryCheck,
    GradientCheckReply,
    GradientCheckRequest,
    LinearGradientChecks,
    TwoLayerGradientChecks,
    network_of,
)
from unspiral.lab.overflow import checked

MOST_POINTS = 300
DISTANCE = 1e-5
THRESHOLD = 1e-6


def gradient_check(request: GradientCheckRequest) -> GradientCheckReply:
    """Compare the gradients of a backward pass, broken or not, with measured slopes."""
    X, y = data_of(request.settings)
    every = math.ceil(len(X) / MOST_POINTS)
    X, y = X[::every], y[::every]
    network, reg = network_of(request.params).astype(np.float64), request.settings.reg
    with np.errstate(over="ignore", invalid="ignore"):  # refused if it happens
        check = check_gradients(
            network,
            X,
            y,
            reg=reg,
            analytic=gradients(network, X, y, reg, request.broken),
            distance=DISTANCE,
        )
        arrays = {f"d{name}": array_check(check, name) for name in check.analytic}
    checks = TwoLayerGradientChecks if len(arrays) == 4 else LinearGradientChecks
    return checked(
        GradientCheckReply(
            checks=checks(**arrays),
            threshold=THRESHOLD,
            floor=check.floor,
            distance=DISTANCE,
            points=len(X),
        )
    )


def gradients(
    network: Network, X: np.ndarray, y: np.ndarray, reg: float, broken: str
) -> Gradients:
    """Do the same as `Network.gradients`, but for what is broken."""
    hidden, scores = network.forward(X)
    dscores = cross_entropy_backward(softmax(scores), y)
    match broken:
        case "gate":
            assert isinstance(network, TwoLayerNet)
            ungated = WithoutReLU(**network.parameters())
            return ungated.backward(dscores, X, hidden, reg)
        case "mean":
            return network.backward(dscores * len(X), X, hidden, reg)
        case "reg":
            return network.backward(dscores, X, hidden, reg=0.0)
        case _:
            return network.gradients(X, y, reg)


def array_check(check: GradientCheck, name: str) -> ArrayCheck:
    """Say how one gradient does."""
    worst = check.worst(name)
    at_kink = check.at_kink[name]
    compared = int(np.sum(~at_kink))
    row, column = worst.index
    return checked(
        ArrayCheck(
            analytic=check.analytic[name],
            numerical=check.numerical[name],
            above=check.above[name],
            below=check.below[name],
            relative_errors=check.relative_errors(name),
            at_kink=at_kink.astype(np.int32),
            compared=compared,
            worst=EntryCheck(
                row=row,
                column=column,
                analytic=worst.analytic,
                numerical=worst.numerical,
                relative_error=worst.relative_error,
            )
            if compared
            else None,
            caught=worst.relative_error > THRESHOLD,
        )
    )
