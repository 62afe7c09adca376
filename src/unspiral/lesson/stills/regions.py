"""Regions of the plane: where each class is chosen, and where a hidden unit is on."""

from typing import Any

import numpy as np
from contourpy import FillType, LineType, contour_generator

from unspiral.lab.decision_map import decision_map
from unspiral.lab.messages import DecisionMapRequest, Params
from unspiral.lesson.stills.plane import SCALE

EXTENT = 1.1
RESOLUTION = 60


def regions(params: Params) -> str:
    """Draw the region of each class, and the boundaries between them."""
    scores = decision_map(
        DecisionMapRequest(params=params, resolution=RESOLUTION, extent=EXTENT)
    ).scores
    paths = []
    for k in range(scores.shape[-1]):
        others = np.delete(scores, k, axis=-1).max(axis=-1)
        lead = scores[..., k] - others  # 0 on the boundary
        fill, line = outlines(lead)
        paths.append(f'<path class="region class-{k}" d="{fill}"/>')
        paths.append(f'<path class="boundary" d="{line}"/>')
    return "\n".join(paths)


def outlines(values: np.ndarray) -> tuple[str, str]:
    """Return the SVG paths of the region where values are > 0, and of its border."""
    axis = SCALE * np.linspace(-EXTENT, EXTENT, len(values))
    contours: Any = contour_generator(
        axis,
        -axis,  # SVG's second axis points down
        values,
        fill_type=FillType.OuterCode,
        line_type=LineType.Separate,
    )
    polygons, codes = contours.filled(0, np.inf)
    starts = [np.flatnonzero(code == 1) for code in codes]
    fill = "".join(
        path(ring) + "z"
        for polygon, start in zip(polygons, starts, strict=True)
        for ring in np.split(polygon, start[1:])
    )
    return fill, "".join(path(line) for line in contours.lines(0))


def path(corners: np.ndarray) -> str:
    """Return the SVG path through some corners."""
    return "M" + "L".join(f"{x:z.1f} {y:z.1f}" for x, y in corners)
