"""Which class the network would choose where, and how sure it is."""

import numpy as np

from unspiral.core.loss import softmax
from unspiral.lab.messages import DecisionMapReply, DecisionMapRequest, network_of

ROWS_AT_A_TIME = 4
"""So few that the hidden layer of a block stays in the processor's cache."""


def decision_map(request: DecisionMapRequest) -> DecisionMapReply:
    """Evaluate the network on a grid."""
    network = network_of(request.params)
    axis = np.linspace(-request.extent, request.extent, request.resolution)
    rows = []
    for x2 in np.split(axis, range(ROWS_AT_A_TIME, len(axis), ROWS_AT_A_TIME)):
        grid = np.stack(np.meshgrid(axis, x2), axis=-1).reshape(-1, 2)
        with np.errstate(over="ignore", invalid="ignore"):  # weights near divergence
            _, scores = network.forward(grid)
            rows.append(softmax(scores))
    probs = np.concatenate(rows).reshape(request.resolution, request.resolution, -1)
    return DecisionMapReply(probs=probs)
