"""A network on a square grid of the input plane, without large arrays on the way."""

import numpy as np

from unspiral.core import Network, TwoLayerNet
from unspiral.core.layers import affine

ROWS_AT_A_TIME = 8
"""So few that the hidden layer of a block stays in the processor's cache."""


def axis_of(resolution: int, extent: float) -> np.ndarray:
    """Return the coordinates of a grid's columns, and of its rows."""
    return np.linspace(-extent, extent, resolution)


class AffineOnGrid:
    """``X W + b`` for the points of a grid.

    x1 is the same all along a column, and x2 along a row. What each adds is computed
    once for its column or row: a grid point takes one addition for each unit.
    """

    def __init__(self, axis: np.ndarray, W: np.ndarray, b: np.ndarray) -> None:
        axis = axis.astype(W.dtype)[:, np.newaxis]
        self.columns = axis * W[0] + b
        self.rows = (axis * W[1])[:, np.newaxis]

    def __getitem__(self, rows: slice) -> np.ndarray:
        """Return some rows of the grid: (rows, columns, h)."""
        return self.rows[rows] + self.columns


def scores_on_grid(network: Network, axis: np.ndarray) -> np.ndarray:
    """Return the scores of each class: (rows, columns, K), in the network's precision.

    Rows go up in x2, columns in x1. Scores too large for a float are infinite or NaN.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        if not isinstance(network, TwoLayerNet):
            W, b = network.parameters().values()
            return AffineOnGrid(axis, W, b)[:]
        out = AffineOnGrid(axis, network.W1, network.b1)
        blocks = []
        for start in range(0, len(axis), ROWS_AT_A_TIME):
            hidden = out[start : start + ROWS_AT_A_TIME]
            np.maximum(0, hidden, out=hidden)  # ReLU, in place
            hidden = hidden.reshape(-1, hidden.shape[-1])
            blocks.append(affine(hidden, network.W2, network.b2))
    return np.concatenate(blocks).reshape(len(axis), len(axis), -1)
