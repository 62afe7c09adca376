import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspiral.core import spiral


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@given(points=st.integers(1, 50), classes=st.integers(2, 10), noise=st.floats(0, 2))
def test_it_has_as_many_points_of_each_class_arm_after_arm(
    points: int, classes: int, noise: float
) -> None:
    X, y = spiral(rng(), points=points, classes=classes, noise=noise)
    assert X.shape == (points * classes, 2)
    assert X.dtype == np.float64
    assert y.tolist() == [j for j in range(classes) for _ in range(points)]


def test_along_each_arm_the_radius_grows_evenly_from_0_to_1() -> None:
    X, _ = spiral(rng(), points=11, classes=3)
    radii = np.hypot(X[:, 0], X[:, 1]).reshape(3, 11)
    assert np.allclose(radii, [i / 10 for i in range(11)], rtol=0, atol=1e-15)


def test_without_noise_each_point_is_where_the_formula_puts_it() -> None:
    points, classes = 5, 4
    X, _ = spiral(rng(), points=points, classes=classes, noise=0.0)
    expected = []
    for j in range(classes):
        for i in range(points):
            r, t = i / (points - 1), 4 * j + 4 * i / (points - 1)
            expected.append([r * math.sin(t), r * math.cos(t)])
    assert np.allclose(X, expected, rtol=0, atol=1e-14)


def test_each_arm_starts_at_the_angle_where_the_one_before_it_ended() -> None:
    # With 2 points on an arm, the second is its end; the origin has no angle.
    X, _ = spiral(rng(), points=2, classes=3, noise=0.0)
    assert np.array_equal(X[0::2], np.zeros((3, 2)))
    angles = np.arctan2(X[1::2, 0], X[1::2, 1])
    assert np.allclose(np.exp(1j * angles), np.exp(1j * np.array([4.0, 8.0, 12.0])))


def test_noise_turns_a_point_and_leaves_its_radius() -> None:
    still, _ = spiral(rng(), noise=0.0)
    noisy, _ = spiral(rng(), noise=0.5)
    assert not np.allclose(still, noisy, atol=0.1)
    assert np.allclose(np.linalg.norm(still, axis=1), np.linalg.norm(noisy, axis=1))


def test_whatever_the_noise_as_many_random_numbers_are_drawn() -> None:
    # So that a network drawn after the data does not change with the noise.
    quiet, loud = rng(), rng()
    spiral(quiet, noise=0.0)
    spiral(loud, noise=2.0)
    assert quiet.random() == loud.random()


def test_the_legacy_generator_gives_the_sample_of_cs231n() -> None:
    # The first normal numbers of seed 0, as many pages print them.
    first = [1.764052345967664, 0.4001572083672233, 0.9787379841057392]
    X, _ = spiral(np.random.RandomState(0))
    for i, normal in enumerate(first):
        r, t = i / 99, 4 * i / 99 + 0.2 * normal
        assert X[i].tolist() == pytest.approx([r * math.sin(t), r * math.cos(t)])


def test_one_point_on_each_arm_is_the_origin() -> None:
    X, y = spiral(rng(), points=1, classes=2)
    assert X.tolist() == [[0, 0], [0, 0]]
    assert y.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"points": 0}, "points is 0; each arm needs at least 1"),
        ({"classes": 1}, "classes is 1; telling apart needs at least 2"),
        ({"noise": -0.1}, "noise is -0.1; it must be 0 or more, and finite"),
        ({"noise": math.nan}, "noise is nan; it must be 0 or more, and finite"),
        ({"noise": math.inf}, "noise is inf; it must be 0 or more, and finite"),
    ],
)
def test_what_is_out_of_range_is_refused_in_words(
    wrong: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        spiral(rng(), **wrong)
