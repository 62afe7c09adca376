"""Where a linear classifier changes its mind: three rays from one point."""

import numpy as np

from unspiral.lab.borders import zero_lines
from unspiral.lab.messages import RaysReply, RaysRequest
from unspiral.lab.overflow import checked

PAIRS = np.array([[1, 2], [2, 0], [0, 1]], np.int32)
THIRD = np.array([0, 1, 2])
ROUNDING = 1e-12
"""Relative to the largest weights: what is no larger than this counts as 0."""


def rays(request: RaysRequest) -> RaysReply:
    """Find the border of each two regions, and the point where all three meet.

    Two scores are equal along a line. The border is the part of it where the third
    score is no larger. Going along the line, the third one falls behind at a constant
    rate, so that part is a ray, from the point where all three are equal. Only if the
    rate is 0 is it all of the line, or nothing.
    """
    W, b = request.params.W.astype(np.float64), request.params.b[0].astype(np.float64)
    i, j = PAIRS.T
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        size = np.abs(W).max() or 1.0
        W, b = W / size, b / size  # which moves no border, and nothing overflows
        ahead, ahead_b = W[:, i] - W[:, j], b[i] - b[j]
        lines = zero_lines(ahead, ahead_b)
        first, last = lines.within(request.extent)

        behind, behind_b = W[:, i] - W[:, THIRD], b[i] - b[THIRD]
        lead = np.sum(lines.foot.T * behind, axis=0) + behind_b
        rate = np.sum(lines.direction.T * behind, axis=0)
        area = ahead[0, 0] * ahead[1, 1] - ahead[1, 0] * ahead[0, 1]
        parallel = abs(area) <= ROUNDING * np.max(np.sum(ahead**2, axis=0))
        if parallel:
            apex = None
            first[lead < -ROUNDING * (1 + np.abs(b).max())] = np.inf
        else:
            apex = np.linalg.solve(ahead[:, :2].T, -ahead_b[:2])
            meeting = -lead / rate
            first = np.where(rate > 0, np.maximum(first, meeting), first)
            last = np.where(rate < 0, np.minimum(last, meeting), last)
        # What only touches a corner of the square is not seen.
        last[~(last - first > ROUNDING * request.extent)] = -np.inf

    segments = lines.segments(first, last)
    if not parallel:
        segments[rate < 0] = segments[rate < 0, ::-1]
    return checked(
        RaysReply(
            kind=("parallel" if lines.exists.any() else "none") if parallel else "apex",
            apex=apex,
            pairs=PAIRS,
            segments=segments,
            visible=(first < last).astype(np.int32),
        )
    )
