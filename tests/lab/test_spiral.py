"""`spiral` tells the radius and the angle that each point was made from."""

import numpy as np
import pytest

from unspiral.lab import spiral
from unspiral.lab.messages import Settings, SpiralRequest

MANY_SETTINGS = [
    Settings(),
    Settings(points=1, classes=2),
    Settings(points=7, classes=10, noise=1.5, seed=9),
    Settings(noise=0.0),
]


@pytest.mark.parametrize("settings", MANY_SETTINGS)
def test_points_are_made_of_their_radius_and_angle(settings: Settings) -> None:
    reply = spiral(SpiralRequest(settings=settings))
    n = settings.points * settings.classes
    assert reply.r.shape == reply.t.shape == (n,)
    made = np.column_stack([reply.r * np.sin(reply.t), reply.r * np.cos(reply.t)])
    assert made.tobytes() == reply.X.tobytes()


@pytest.mark.parametrize("settings", MANY_SETTINGS)
def test_the_radius_grows_from_0_to_1_along_each_arm(settings: Settings) -> None:
    r = spiral(SpiralRequest(settings=settings)).r.reshape(settings.classes, -1)
    for arm in r:
        np.testing.assert_allclose(
            arm, [i / max(1, settings.points - 1) for i in range(settings.points)]
        )


def test_the_angle_turns_on_by_4_radians_from_arm_to_arm() -> None:
    t = spiral(SpiralRequest(settings=Settings(noise=0.0))).t.reshape(3, -1)
    np.testing.assert_allclose(t[:, 0], [0, 4, 8])
    np.testing.assert_allclose(t[:, -1], [4, 8, 12])
    np.testing.assert_allclose(np.diff(t), 4 / 99)


def test_the_noise_is_on_the_angle() -> None:
    quiet = spiral(SpiralRequest(settings=Settings(points=500, noise=0.0)))
    noisy = spiral(SpiralRequest(settings=Settings(points=500, noise=0.3)))
    assert noisy.r.tobytes() == quiet.r.tobytes()
    assert np.std(noisy.t - quiet.t) == pytest.approx(0.3, rel=0.05)
