"""What chapter 1 says about the spiral is so."""

from collections.abc import Callable
from math import erf, sqrt

import numpy as np
import pytest

from unspiral.core import spiral
from unspiral.core.spiral import arm

TURN = 2 * np.pi


def angle_of_arm(j: int, r: float) -> float:
    """Angle at which arm j, without noise, is at a distance r from the origin."""
    return 4 * j + 4 * r


def apart(a: np.ndarray | float, b: np.ndarray | float) -> np.ndarray:
    """Angle between two directions, from 0 to pi."""
    return np.asarray(np.abs((np.asarray(a) - b + np.pi) % TURN - np.pi))


def test_about_two_thirds_of_the_normal_numbers_are_between_minus_1_and_1() -> None:
    assert erf(1 / sqrt(2)) == pytest.approx(2 / 3, abs=0.02)
    assert erf(4 / sqrt(2)) > 0.9999


def test_noise_turns_a_point_and_does_not_push_it_in_or_out() -> None:
    with_noise, _ = spiral(np.random.default_rng(0))
    without, _ = spiral(np.random.default_rng(0), noise=0.0)
    assert np.hypot(*with_noise.T) == pytest.approx(np.hypot(*without.T))


@pytest.mark.parametrize(("r", "sideways"), [(1.0, 0.2), (0.1, 0.02)])
def test_how_far_a_turn_of_0_2_moves_a_point(r: float, sideways: float) -> None:
    assert r * 2 * np.sin(0.2 / 2) == pytest.approx(sideways, rel=0.01)


def gap(r: float) -> float:
    """Angle between the two arms that are closest to each other at this distance."""
    pairs = [(0, 1), (1, 2), (0, 2)]
    angles = [angle_of_arm(j, r) for j in range(3)]
    return float(min(apart(angles[i], angles[j]) for i, j in pairs))


def test_half_of_the_smallest_gap_is_more_than_four_times_the_noise() -> None:
    assert gap(0.1) == pytest.approx(gap(0.9))
    assert gap(0.5) / 2 > 4 * 0.2


def strays(noise: float, samples: int = 20) -> float:
    """Fraction of points that have turned to where another arm is nearer."""
    count = 0
    for seed in range(samples):
        rng = np.random.default_rng(seed)
        for j in range(3):
            r, t = arm(rng, j, noise=noise)
            nearest = np.argmin([apart(t, 4 * k + 4 * r) for k in range(3)], axis=0)
            count += int(np.sum(nearest != j))
    return count / (samples * 300)


def test_hardly_any_point_strays_with_little_noise_and_many_do_with_much() -> None:
    assert strays(0.2) < 0.001
    assert strays(0.8) > 0.15


def test_a_circle_meets_each_arm_once_always_in_the_same_order() -> None:
    for r in np.linspace(0.1, 1, 10):
        directions = [angle_of_arm(j, r) - angle_of_arm(0, r) for j in range(3)]
        assert np.argsort(np.mod(directions, TURN)).tolist() == [0, 2, 1]


@pytest.mark.parametrize("j", [0, 1, 2])
def test_a_ruler_from_end_to_end_of_an_arm_crosses_another(j: int) -> None:
    tip = angle_of_arm(j, 1)
    crossed = []
    for k in {0, 1, 2} - {j}:
        r = np.linspace(0.05, 0.95, 10_000)
        crossed.append(apart(angle_of_arm(k, 0) + 4 * r, tip).min() < 1e-3)
    assert any(crossed)


def test_three_points_share_the_origin_and_so_298_is_the_most(
    says: Callable[[int, str], bool],
) -> None:
    for seed in range(10):
        X, y = spiral(np.random.default_rng(seed))
        places, which = np.unique(X, axis=0, return_inverse=True)
        most = sum(np.bincount(y[which == i]).max() for i in range(len(places)))
        assert most == 298
    assert says(1, "298 points out of 300, or 99.3%")
