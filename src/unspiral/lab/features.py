"""What each hidden unit sees of the plane, and which points turn it on."""

import numpy as np

from unspiral.lab.borders import zero_lines
from unspiral.lab.data import data_of
from unspiral.lab.grid import AffineOnGrid, axis_of
from unspiral.lab.messages import FeaturesReply, FeaturesRequest, network_of
from unspiral.lab.overflow import checked


def features(request: FeaturesRequest) -> FeaturesReply:
    """Evaluate the hidden layer on a grid, and on the data."""
    params = request.params
    X, _ = data_of(request.settings)
    axis = axis_of(request.resolution, request.extent)
    with np.errstate(over="ignore", invalid="ignore"):  # refused if it happens
        out = AffineOnGrid(axis, params.W1, params.b1)[:].astype(np.float32)
        hidden, _ = network_of(params).forward(X.astype(params.W1.dtype, copy=False))
    on = (hidden > 0).sum(axis=0, dtype=np.int32)

    h = params.b1.size
    lines = zero_lines(params.W1.astype(np.float64), params.b1[0].astype(np.float64))
    first, last = lines.within(request.extent)
    return checked(
        FeaturesReply(
            out=out,
            on=on,
            dead=(on == 0).astype(np.int32),
            lines=lines.segments(first, last),
            crosses=(first < last).astype(np.int32),
            points=len(X),
            patterns=len(np.unique(np.packbits(hidden > 0, axis=1), axis=0)),
            most_regions=1 + h * (h + 1) // 2,
        )
    )
