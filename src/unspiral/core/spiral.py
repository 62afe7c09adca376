"""The data: K arms of N points each, wound around the origin."""

import numpy as np
from jaxtyping import Float, Int

RandomSource = np.random.Generator | np.random.RandomState


def spiral(
    rng: RandomSource, *, points: int = 100, classes: int = 3, noise: float = 0.2
) -> tuple[Float[np.ndarray, "n 2"], Int[np.ndarray, " n"]]:
    """Draw a spiral data set: one arm a class.

    Along an arm the radius `r` grows from 0 to 1 while the angle `t` turns by
    4 radians. Each arm starts at the angle where the one before it ended.

    Parameters
    ----------
    rng
        Source of the noise. A legacy `RandomState` gives cs231n's own sample.
    points
        Points on each arm, N >= 1.
    classes
        Number of arms, K >= 2.
    noise
        Standard deviation of the angle, in radians, >= 0.

    Returns
    -------
    X : (n, 2)
        The points, n = N * K, arm after arm. Within the unit disc.
    y : (n,)
        The label of each point, 0 to K - 1.

    Raises
    ------
    ValueError
        When `points`, `classes` or `noise` is out of range.

    References
    ----------
    Stanford cs231n, "Minimal neural network case study".
    """
    if points < 1:
        raise ValueError(f"points is {points}; each arm needs at least 1")
    if classes < 2:
        raise ValueError(f"classes is {classes}; telling apart needs at least 2")
    if not 0 <= noise < np.inf:
        raise ValueError(f"noise is {noise}; it must be 0 or more, and finite")

    X = np.zeros((points * classes, 2))
    y = np.zeros(points * classes, dtype=np.int64)
    for j in range(classes):
        rows = slice(j * points, (j + 1) * points)
        r, t = arm(rng, j, points=points, noise=noise)
        X[rows] = np.column_stack([r * np.sin(t), r * np.cos(t)])
        y[rows] = j
    return X, y


def arm(
    rng: RandomSource, j: int, *, points: int = 100, noise: float = 0.2
) -> tuple[Float[np.ndarray, " points"], Float[np.ndarray, " points"]]:
    """Draw arm number j: the radius and the angle of each point, inner ones first."""
    r = np.linspace(0, 1, points)
    t = np.linspace(4 * j, 4 * (j + 1), points)
    t += noise * rng.standard_normal(points)
    return r, t
