"""The plane of the data: points with a marker for each class."""

from html import escape
from math import cos, pi, sin
from typing import Any

import numpy as np

from unspiral.lab.data import data_of
from unspiral.lab.messages import Settings

SCALE = 100
SIDE = 220
RADIUS = 3


def spiral(**settings: Any) -> str:
    """Draw the data set of these settings."""
    X, y = data_of(Settings(**settings))
    classes = int(y.max()) + 1
    what = f"{len(X)} points on {classes} arms wound around the origin"
    return plane(data_set(X, y), what)


def plane(content: str, what: str, columns: int = 1) -> str:
    """Draw content on the square from -1.1 to 1.1, or on several side by side."""
    width = SIDE * columns
    return (
        f'<svg class="still" viewBox="{-SIDE // 2} {-SIDE // 2} {width} {SIDE}" '
        f'role="img" aria-label="{escape(what)}">\n{content}\n</svg>'
    )


def data_set(X: np.ndarray, y: np.ndarray) -> str:
    """Draw all points."""
    return "\n".join(points(X[y == j], j) for j in range(int(y.max()) + 1))


def points(X: np.ndarray, label: int) -> str:
    """Draw the points of one class, as one path."""
    shape = MARKERS[label % len(MARKERS)]
    path = "".join(f"M{SCALE * x:z.1f} {-SCALE * y:z.1f}{shape}" for x, y in X)
    return f'<path class="points class-{label}" d="{path}"/>'


def circle(radius: float) -> str:
    """Path of a circle around the current point."""
    arc = f"a{radius:g} {radius:g} 0 1 1"
    return f"m{-radius:g} 0{arc} {2 * radius:g} 0{arc} {-2 * radius:g} 0z"


def polygon(corners: int, turn: float = 0, inner: float = 1) -> str:
    """Path of a polygon around the current point; it points up but for a part `turn`.

    Every second corner is further in when `inner` is less than 1.
    """
    path, x, y = "", 0.0, 0.0
    for i in range(corners):
        angle = 2 * pi * (i / corners + turn)
        radius = RADIUS if i % 2 == 0 else RADIUS * inner
        corner_x, corner_y = radius * sin(angle), -radius * cos(angle)
        path += f"{'l' if i else 'm'}{corner_x - x:z.2f} {corner_y - y:z.2f}"
        x, y = corner_x, corner_y
    return path + "z"


# In the order of web/src/drawing/markers.ts, where they have names.
MARKERS = [
    circle(0.85 * RADIUS),
    polygon(3),
    polygon(4, 1 / 8),
    polygon(4),
    polygon(8, inner=0.35),
    polygon(3, 1 / 2),
    polygon(5),
    polygon(10, inner=0.4),
    polygon(6),
    polygon(8, 1 / 8, inner=0.35),
]
