"""Where a linear function of the plane is 0: a line, and its part within a square."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Lines:
    """Some lines, as ``foot + t * direction`` for any number t."""

    foot: np.ndarray
    """(m, 2): the point of each that is nearest to the origin."""
    direction: np.ndarray
    """(m, 2): a unit vector along each."""
    exists: np.ndarray
    """(m,), bool: False for no line, or one too far out for a float."""

    def within(self, extent: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the bounds of t, (m,) each, within a square around the origin.

        The first is less than the last where a line crosses the square.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            one = (-extent - self.foot) / self.direction
            other = (extent - self.foot) / self.direction
        first, last = np.fmin(one, other), np.fmax(one, other)
        # A line along an axis stays within the other axis's bounds, or outside.
        still = self.direction == 0
        inside = np.abs(self.foot) < extent
        first[still] = np.where(inside[still], -np.inf, np.inf)
        last[still] = np.where(inside[still], np.inf, -np.inf)
        first, last = first.max(axis=1), last.min(axis=1)
        first[~self.exists], last[~self.exists] = np.inf, -np.inf
        return first, last

    def segments(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Return the ends (m, 2, 2) of the parts between two bounds of t.

        The ends are 0 where the first bound is not less than the last.
        """
        t = np.where(first < last, [first, last], 0).T[:, :, None]
        ends = self.foot[:, None] + t * self.direction[:, None]
        ends[~(first < last)] = 0
        return ends


def zero_lines(W: np.ndarray, b: np.ndarray) -> Lines:
    """Find the lines on which ``X W + b`` is 0, for W (2, m) and b (m,).

    To the left of each line's direction, the function is above 0.
    """
    length = np.hypot(*W)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        normal = (W / length).T
        foot = -(b / length)[:, None] * normal
    exists = np.isfinite(foot).all(axis=1)
    foot[~exists] = normal[~exists] = 0
    direction = np.stack([normal[:, 1], -normal[:, 0]], axis=1)
    return Lines(foot, direction, exists)
