"""The plane in which the scores of three classes lie, and the spirals come apart."""

import numpy as np

from unspiral.lab.grid import axis_of, scores_on_grid
from unspiral.lab.messages import ScoreSpaceReply, ScoreSpaceRequest, network_of
from unspiral.lab.overflow import checked

AXES = np.array([[1, -1, 0], [1, 1, -2]]) / np.sqrt([[2], [6]])
"""Two unit vectors, at right angles to each other and to (1, 1, 1).

Along (1, 1, 1) all scores grow alike, which changes neither softmax nor argmax.
"""
CLASS_DIRECTIONS = AXES.T * np.sqrt(3 / 2)


def score_space(request: ScoreSpaceRequest) -> ScoreSpaceReply:
    """Take points and a grid from the input plane to the plane of the scores."""
    network = network_of(request.params)
    axis = axis_of(request.resolution, request.extent)
    dtype = network.weights()[0].dtype
    with np.errstate(over="ignore", invalid="ignore"):  # refused if it happens
        _, scores = network.forward(request.X.astype(dtype, copy=False))
        points = scores @ AXES.T
        grid_points = scores_on_grid(network, axis) @ AXES.T
        radius = float(np.hypot(*points.T).max())
    return checked(
        ScoreSpaceReply(
            points=points,
            prediction=scores.argmax(axis=1).astype(np.int32),
            grid=grid_points,
            radius=radius,
            class_directions=CLASS_DIRECTIONS,
            borders=-CLASS_DIRECTIONS,
        )
    )
