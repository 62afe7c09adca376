"""Networks that have learned."""

from functools import lru_cache
from typing import Any

import numpy as np

from unspiral.lab.data import data_of
from unspiral.lab.messages import (
    InitializeRequest,
    ScoreSpaceRequest,
    Settings,
    TrainReply,
    TrainRequest,
    TwoLayerParams,
)
from unspiral.lab.score_space import score_space as score_space_of
from unspiral.lab.training import initialize, train
from unspiral.lesson.stills.plane import SIDE, data_set, plane
from unspiral.lesson.stills.regions import outlines, regions

COLUMNS = 5
"""Tiles in a row."""


@lru_cache(maxsize=16)
def trained(steps: int, **settings: Any) -> TrainReply:
    """Train a network from its start."""
    start = initialize(InitializeRequest(settings=Settings(**settings)))
    return train(
        TrainRequest(
            settings=Settings(**settings), params=start.params, step=0, steps=steps
        )
    )


def linear_classifier(**settings: Any) -> str:
    """Draw what a linear classifier makes of the spirals."""
    return learned(200, "a linear classifier", model="linear", **settings)


def live_training(**settings: Any) -> str:
    """Draw what the two-layer network makes of the spirals."""
    return learned(1000, "the two-layer network", **settings)


def learned(steps: int, who: str, **settings: Any) -> str:
    """Draw the regions of a network after some steps, and how well it does."""
    X, y = data_of(Settings(**settings))
    reply = trained(steps, **settings)
    loss, accuracy = reply.losses[-1], reply.accuracies[-1]
    what = f"The regions of {who} after {steps:,} steps, with the points"
    return (
        f"{plane(regions(reply.params) + data_set(X, y), what)}\n"
        f'<p class="still-text">After {steps:,} steps: loss {loss:.3f}, '
        f"{accuracy:.0%} of the points in the region of their own class.</p>"
    )


def score_space(**settings: Any) -> str:
    """Draw the input plane, and beside it the plane of scores, with the same points."""
    X, y = data_of(Settings(**settings))
    params = trained(1000, **settings).params
    reply = score_space_of(ScoreSpaceRequest(params=params, X=X))
    scale = 1 / reply.radius if reply.radius > 0 else 1
    wedges = "".join(
        f"M0 0L{150 * x:.1f} {-150 * y:.1f}" for x, y in np.asarray(reply.borders)
    )
    left = regions(params) + data_set(X, y)
    right = f'<path class="boundary" d="{wedges}"/>' + data_set(scale * reply.points, y)
    content = f'<g>{left}</g>\n<g transform="translate({SIDE + 10} 0)">{right}</g>'
    what = (
        "Left the spirals with curved regions; right the same points by their "
        "scores, where the regions are three straight wedges"
    )
    return plane(content, what, columns=2)


def hidden_tiles(**settings: Any) -> str:
    """Draw where each hidden unit is on, a tile for each."""
    params = trained(1000, **settings).params
    assert isinstance(params, TwoLayerParams)
    corners = np.array([[-1.1, -1.1], [1.1, -1.1], [-1.1, 1.1], [1.1, 1.1]])
    at_corners = (corners @ params.W1 + params.b1).T.reshape(-1, 2, 2)
    step = 1.1 * SIDE
    tiles = []
    for i, values in enumerate(at_corners):
        row, column = divmod(i, COLUMNS)
        fill, line = outlines(values)  # straight: two points on each side suffice
        tiles.append(
            f'<g transform="translate({column * step:g} {row * step:g})">'
            f'<path class="tile" d="M-110-110h220v220h-220z"/>'
            f'<path class="on" d="{fill}"/><path class="boundary" d="{line}"/></g>'
        )
    rows = -(-len(tiles) // COLUMNS)
    content = "\n".join(tiles)
    return (
        f'<svg class="still" viewBox="-112 -112 {step * COLUMNS:g} {step * rows:g}" '
        f'role="img" aria-label="A tile for each of {len(tiles)} hidden units: the '
        f'side of its line on which it is on">\n{content}\n</svg>'
    )
