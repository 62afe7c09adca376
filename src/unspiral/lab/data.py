"""The data set of a figure."""

from functools import lru_cache

import numpy as np

from unspiral import core
from unspiral.core.spiral import arm
from unspiral.lab.messages import Settings, SpiralReply, SpiralRequest


def spiral(request: SpiralRequest) -> SpiralReply:
    """Draw the points."""
    X, y = data_of(request.settings)
    r, t = polar(request.settings)
    return SpiralReply(X=X, y=y.astype(np.int32), r=r, t=t)


def data_of(settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """Return X and y, read-only: each request of a run needs the same ones."""
    return drawn(settings.points, settings.classes, settings.noise, settings.seed)


@lru_cache(maxsize=64)
def drawn(
    points: int, classes: int, noise: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a data set, or remember it."""
    X, y = core.spiral(
        np.random.default_rng(seed), points=points, classes=classes, noise=noise
    )
    X.flags.writeable = y.flags.writeable = False
    return X, y


def polar(settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """Return the radius and the angle of each point: the same draws once more."""
    rng = np.random.default_rng(settings.seed)
    arms = [
        arm(rng, j, points=settings.points, noise=settings.noise)
        for j in range(settings.classes)
    ]
    r, t = (np.concatenate(parts) for parts in zip(*arms, strict=True))
    return r, t
