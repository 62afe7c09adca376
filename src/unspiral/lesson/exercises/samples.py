"""Right answers that are another sample: good random numbers, drawn in another order.

A function that draws at random may draw in any order, and is right. Whether its numbers
are of the right kind is then asked of their statistics.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

SURE = 5
"""So many standard errors may a figure be off. A right answer then fails less than once
in a million times."""

Arrays = Mapping[str, np.ndarray | None]


def is_sample(function: str, inputs: Mapping[str, Any], arrays: Arrays) -> bool:
    """Whether random arrays are as good as the lesson's own."""
    if function not in SAMPLES or any(array is None for array in arrays.values()):
        return False
    with np.errstate(all="ignore"):
        return SAMPLES[function](inputs, arrays)


def spiral(inputs: Mapping[str, Any], arrays: Any) -> bool:
    """Ask for right labels, right radii, and normal noise on each angle."""
    points, classes = inputs["points"], inputs["classes"]
    X, y = arrays["X"], arrays["y"]
    labels = np.repeat(np.arange(classes), points)
    if X.shape != (points * classes, 2) or y.shape != labels.shape:
        return False
    if y.dtype.kind not in "iu" or (y != labels).any():
        return False
    r = np.tile(np.linspace(0, 1, points), classes)
    t = np.concatenate([np.linspace(4 * j, 4 * j + 4, points) for j in range(classes)])
    if not np.allclose(np.hypot(X[:, 0], X[:, 1]), r, rtol=1e-5, atol=1e-9):
        return False
    turned = np.arctan2(X[:, 0], X[:, 1]) - t
    noise = (turned + np.pi) % (2 * np.pi) - np.pi
    arms = noise.reshape(classes, points)[:, 1:]  # the origin has no angle
    return are_normal(arms, inputs["noise"])


def initial_parameters(inputs: Mapping[str, Any], arrays: Any) -> bool:
    """Ask for normal weights of size 0.01, and biases of 0."""
    D, h, K = inputs["features"], inputs["hidden"], inputs["classes"]
    shapes = {"W1": (D, h), "b1": (1, h), "W2": (h, K), "b2": (1, K)}
    if any(arrays[name].shape != shape for name, shape in shapes.items()):
        return False
    if arrays["b1"].any() or arrays["b2"].any():
        return False
    weights = np.concatenate([arrays["W1"].ravel(), arrays["W2"].ravel()])
    return are_normal(weights[np.newaxis], 0.01) and all(
        are_normal(arrays[name].reshape(1, -1), 0.01) for name in ("W1", "W2")
    )


def are_normal(rows: np.ndarray, scale: float) -> bool:
    """Whether numbers look normal around 0, all different, and no row like another."""
    z = rows.ravel() / scale
    n = z.size
    if not np.isfinite(z).all() or np.unique(z).size < n:
        return False
    mean, variance = z.mean(), z.var()
    kurtosis = np.mean(z**4) / variance**2
    if abs(mean) > SURE / np.sqrt(n) or abs(variance - 1) > SURE * np.sqrt(2 / n):
        return False
    if n >= 100 and not -np.sqrt(24 / n) < (kurtosis - 3) / SURE < np.sqrt(96 / n):
        return False
    spread = rows.std(axis=1) / scale
    m = rows.shape[1]
    return bool((np.abs(spread - 1) < SURE / np.sqrt(m)).all())


SAMPLES: dict[str, Callable[[Mapping[str, Any], Any], bool]] = {
    "spiral": spiral,
    "initial_parameters": initial_parameters,
}
