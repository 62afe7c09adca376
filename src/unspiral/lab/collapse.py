"""Without ReLU, two layers are one."""

from itertools import islice

import numpy as np
from msgspec.structs import replace

from unspiral.core import Network, Step, TwoLayerNet, gradient_descent
from unspiral.core.layers import affine, affine_backward, affine_backward_to_input
from unspiral.core.network import Gradients
from unspiral.lab.data import data_of
from unspiral.lab.messages import (
    CollapseReply,
    CollapseRequest,
    LinearParams,
    Settings,
    TwoLayerParams,
    network_of,
    params_of,
)
from unspiral.lab.overflow import checked
from unspiral.lab.training import initial_network


class WithoutReLU(TwoLayerNet):
    """Affine, affine: ``scores = (X W1 + b1) W2 + b2``."""

    def forward(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return what the first layer puts out, and the scores."""
        hidden = affine(X, self.W1, self.b1)
        return hidden, affine(hidden, self.W2, self.b2)

    def backward(
        self, dscores: np.ndarray, X: np.ndarray, hidden: np.ndarray, reg: float
    ) -> Gradients:
        """Return dW1, db1, dW2 and db2: no gate on the way."""
        dW2, db2 = affine_backward(dscores, hidden)
        dhidden = affine_backward_to_input(dscores, self.W2)
        dW1, db1 = affine_backward(dhidden, X)
        dW1 += reg * self.W1
        dW2 += reg * self.W2
        return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def collapse(request: CollapseRequest) -> CollapseReply:
    """Train two layers without ReLU, and show that one layer gives the same scores.

    That layer is also about the one that a linear classifier learns. With two hidden
    units or more and a learning rate of 1, whatever the initial weights, both choose
    the same class for over 99 % of the plane after 200 steps, and their losses are
    within 0.03 of each other; with a learning rate of 0.32 it is 98 % after 300 steps.
    (With 0.1, small initial weights hold the two layers near the start for more than
    200 steps.) The losses never agree wholly: here W1 and W2 are regularised, there
    their product. With a single hidden unit that product has rank 1, which is too
    little for the linear classifier's picture.
    """
    settings, steps = request.settings, request.steps
    start = initial_network(replace(settings, model="two-layer"))
    both, both_diverged = trained(WithoutReLU(**start.parameters()), settings, steps)
    start = initial_network(replace(settings, model="linear"))
    linear, linear_diverged = trained(start, settings, steps)

    params, linear_params = params_of(both.network), params_of(linear.network)
    assert isinstance(params, TwoLayerParams)
    assert isinstance(linear_params, LinearParams)
    with np.errstate(over="ignore", invalid="ignore"):  # refused if it happens
        product = checked(
            LinearParams(
                W=params.W1 @ params.W2, b=affine(params.b1, params.W2, params.b2)
            )
        )
        X, _ = data_of(settings)
        X = X.astype(settings.dtype, copy=False)
        _, scores = both.network.forward(X)
        _, same_scores = network_of(product).forward(X)
        _, linear_scores = linear.network.forward(X)
        difference = np.abs(scores - same_scores).max()
    alike = scores.argmax(axis=1) == linear_scores.argmax(axis=1)
    diverged = filter(None, [both_diverged, linear_diverged])
    return checked(
        CollapseReply(
            params=params,
            product=product,
            loss=both.loss,
            accuracy=both.accuracy,
            largest_difference=float(difference),
            linear=linear_params,
            linear_loss=linear.loss,
            linear_accuracy=linear.accuracy,
            agreement=float(alike.mean()),
            diverged_at=min(diverged, default=None),
        )
    )


def trained(
    network: Network, settings: Settings, steps: int
) -> tuple[Step, int | None]:
    """Take some steps.

    Returns
    -------
    last
        The last step whose loss is finite.
    diverged_at
        The step after that, if it was to be taken.
    """
    X, y = data_of(settings)
    run = gradient_descent(
        network, X, y, learning_rate=settings.learning_rate, reg=settings.reg
    )
    last = next(run)
    for step in islice(run, steps):
        if not np.isfinite(step.loss):
            return last, step.step
        last = step
    return last, None
