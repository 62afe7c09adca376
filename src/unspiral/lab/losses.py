"""The two parts of the loss."""

import numpy as np

from unspiral.core.loss import cross_entropy, l2, log_softmax
from unspiral.lab.data import data_of
from unspiral.lab.messages import LossesReply, LossesRequest, network_of
from unspiral.lab.overflow import checked


def losses(request: LossesRequest) -> LossesReply:
    """Compute the data loss and the regularisation loss, as training does."""
    X, y = data_of(request.settings)
    network = network_of(request.params)
    weights = network.weights()
    with np.errstate(over="ignore", invalid="ignore"):  # refused if it happens
        _, scores = network.forward(X.astype(weights[0].dtype, copy=False))
        data_loss = cross_entropy(log_softmax(scores), y)
        reg_loss = l2(request.settings.reg, *weights)
        squared_weights = sum(float(np.sum(W * W)) for W in weights)
    return checked(
        LossesReply(
            data_loss=data_loss,
            reg_loss=reg_loss,
            loss=data_loss + reg_loss,
            squared_weights=squared_weights,
        )
    )
