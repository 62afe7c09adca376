"""Which random numbers are as good as the lesson's own."""

from collections.abc import Callable

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, spiral
from unspiral.lesson.exercises.samples import is_sample

SPIRAL = {"points": 200, "classes": 3, "noise": 0.2}
SIZES = {"features": 3, "hidden": 200, "classes": 4}


def drawn(seed: int, **settings: float) -> dict[str, np.ndarray | None]:
    asked = SPIRAL | settings
    rng = np.random.default_rng(seed)
    X, y = spiral(
        rng,
        points=int(asked["points"]),
        classes=int(asked["classes"]),
        noise=asked["noise"],
    )
    return {"X": X, "y": y}


@pytest.mark.parametrize("seed", range(50))
def test_another_sample_of_the_spiral_is_as_good(seed: int) -> None:
    assert is_sample("spiral", SPIRAL, drawn(seed))


@pytest.mark.parametrize("noise", [0.0, 0.1, 0.15, 0.25, 0.4])
def test_noise_of_another_size_is_not(noise: float) -> None:
    assert not is_sample("spiral", SPIRAL, drawn(0, noise=noise))


@pytest.mark.parametrize(
    "change",
    [
        lambda X, rng: X + 0.01 * rng.standard_normal(X.shape),
        lambda X, rng: X[:, ::-1],
        lambda X, rng: np.roll(X, 200, axis=0),
        lambda X, rng: X[:-1],
    ],
    ids=["off the radii", "mirrored", "arms in another order", "too few"],
)
def test_nor_are_points_in_other_places(
    change: Callable[[np.ndarray, np.random.Generator], np.ndarray],
) -> None:
    arrays = drawn(0)
    assert arrays["X"] is not None
    arrays["X"] = change(arrays["X"], np.random.default_rng(1))
    assert not is_sample("spiral", SPIRAL, arrays)


def parameters(seed: int) -> dict[str, np.ndarray | None]:
    rng = np.random.default_rng(seed)
    net = TwoLayerNet.random(rng, features=3, hidden=200, classes=4)
    return dict(net.parameters())


@pytest.mark.parametrize("seed", range(50))
def test_other_initial_parameters_are_as_good(seed: int) -> None:
    assert is_sample("initial_parameters", SIZES, parameters(seed))


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, shape: 0.012 * rng.standard_normal(shape),
        lambda rng, shape: rng.uniform(-0.01, 0.01, shape),
        lambda rng, shape: rng.uniform(-(3**0.5) / 100, 3**0.5 / 100, shape),
        lambda rng, shape: 0.01 * np.abs(rng.standard_normal(shape)),
        lambda rng, shape: np.full(shape, 0.01),
        lambda rng, shape: 0.01 * rng.standard_normal((1, shape[1])).repeat(3, axis=0),
    ],
    ids=["too large", "uniform", "uniform of this size", "positive", "equal", "rows"],
)
def test_numbers_of_another_kind_are_not(
    draw: Callable[[np.random.Generator, tuple[int, int]], np.ndarray],
) -> None:
    arrays = parameters(0)
    arrays["W1"] = draw(np.random.default_rng(1), (3, 200))
    assert not is_sample("initial_parameters", SIZES, arrays)


def test_where_nothing_is_drawn_there_is_no_other_sample() -> None:
    assert not is_sample("softmax", {}, {"probs": np.ones((2, 2)) / 2})
