"""Which class the network would choose where, and how sure it is."""

from functools import reduce

import numpy as np

from unspiral.core import Network
from unspiral.lab.grid import axis_of, scores_on_grid
from unspiral.lab.messages import DecisionMapReply, DecisionMapRequest, network_of

SAFE_IN_FLOAT32 = 1e9
"""Parameters up to this size give scores that float32 can hold, at any h."""
HUGE = 1e300
"""Limit of scores that grow beyond what a float can hold, just before divergence."""


def decision_map(request: DecisionMapRequest) -> DecisionMapReply:
    """Evaluate the network on a grid."""
    axis = axis_of(request.resolution, request.extent)
    scores = scores_that_are_finite(network_of(request.params), axis)
    scores -= reduce(np.maximum, np.moveaxis(scores, -1, 0))[..., np.newaxis]
    scores = np.maximum(scores, np.finfo(np.float32).min).astype(np.float32, copy=False)
    confidence = 1 / (np.exp(scores) @ np.ones(scores.shape[-1], np.float32))
    return DecisionMapReply(scores=scores, confidence=confidence)


def scores_that_are_finite(network: Network, axis: np.ndarray) -> np.ndarray:
    """Return the scores on a grid; in float32, which is faster, where that will do."""
    parameters = network.parameters().values()
    if all(np.abs(parameter).max() <= SAFE_IN_FLOAT32 for parameter in parameters):
        return scores_on_grid(network.astype(np.float32), axis)
    scores = scores_on_grid(network.astype(np.float64), axis)
    return np.clip(np.nan_to_num(scores), -HUGE, HUGE)
