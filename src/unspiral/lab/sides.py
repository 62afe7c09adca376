"""How many points of each class lie on each side of a line."""

import numpy as np

from unspiral.lab.data import data_of
from unspiral.lab.messages import SidesReply, SidesRequest


def sides(request: SidesRequest) -> SidesReply:
    """Count the points."""
    X, y = data_of(request.settings)
    start, end = request.line
    (along1, along2), (away1, away2) = end - start, (X - start).T
    left = along1 * away2 - along2 * away1 > 0
    counts = np.array(
        [
            [np.sum(left & (y == k)), np.sum(~left & (y == k))]
            for k in range(request.settings.classes)
        ]
    )
    return SidesReply(counts=counts.astype(np.int32))
