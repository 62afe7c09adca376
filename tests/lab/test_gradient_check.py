"""`gradient_check` agrees with right backward passes and catches broken ones."""

from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from unspiral.lab import gradient_check, initialize, trace, train
from unspiral.lab.data import data_of
from unspiral.lab.messages import (
    ArrayCheck,
    GradientCheckReply,
    GradientCheckRequest,
    InitializeRequest,
    Params,
    Settings,
    TraceRequest,
    TrainRequest,
    TwoLayerGradientChecks,
)


@lru_cache
def params_after(steps: int, settings: Settings) -> Params:
    params = initialize(InitializeRequest(settings=settings)).params
    if not steps:
        return params
    return train(
        TrainRequest(settings=settings, params=params, step=0, steps=steps)
    ).params


def check(settings: Settings, steps: int, broken: Any = "none") -> GradientCheckReply:
    return gradient_check(
        GradientCheckRequest(
            settings=settings, params=params_after(steps, settings), broken=broken
        )
    )


def arrays(reply: GradientCheckReply) -> dict[str, ArrayCheck]:
    return {
        name: getattr(reply.checks, name) for name in reply.checks.__struct_fields__
    }


def caught(reply: GradientCheckReply) -> set[str]:
    return {name for name, array in arrays(reply).items() if array.caught}


SMALL = Settings(hidden=8)
LINEAR = Settings(model="linear")


@pytest.mark.parametrize("steps", [0, 1, 30, 300])
@pytest.mark.parametrize(
    "settings",
    [
        SMALL,
        LINEAR,
        Settings(hidden=20, init="he", reg=0.1),
        Settings(hidden=3, classes=10, points=30, reg=0.0),
        Settings(hidden=5, dtype="float32"),
        Settings(hidden=1, points=1),
    ],
)
def test_the_right_backward_pass_passes(settings: Settings, steps: int) -> None:
    reply = check(settings, steps)
    assert caught(reply) == set()
    worst = max(array.relative_errors.max() for array in arrays(reply).values())
    assert worst < 0.1 * reply.threshold, "too near for comfort"


@pytest.mark.parametrize("steps", [1, 30, 300])
@pytest.mark.parametrize(
    ("broken", "arrays_caught"),
    [
        ("gate", {"dW1", "db1"}),
        ("mean", {"dW1", "db1", "dW2", "db2"}),
        ("reg", {"dW1", "dW2"}),
    ],
)
def test_what_is_broken_is_caught_where_it_is_broken(
    broken: str, arrays_caught: set[str], steps: int
) -> None:
    assert caught(check(SMALL, steps, broken)) == arrays_caught
    for array in arrays(check(SMALL, steps, broken)).values():
        if array.caught:  # by far, not by rounding
            assert array.relative_errors.max() > 0.01


@pytest.mark.parametrize(
    ("broken", "arrays_caught"), [("mean", {"dW", "db"}), ("reg", {"dW"})]
)
def test_a_broken_linear_classifier(broken: str, arrays_caught: set[str]) -> None:
    assert caught(check(LINEAR, 30, broken)) == arrays_caught


def test_without_regularisation_nobody_misses_its_part() -> None:
    assert caught(check(Settings(hidden=8, reg=0.0), 30, "reg")) == set()


def test_the_gradients_are_those_of_the_trace() -> None:
    params = params_after(30, SMALL)
    X, y = data_of(SMALL)
    backward = trace(
        TraceRequest(params=params, X=X, y=y.astype(np.int32), reg=SMALL.reg)
    ).backward
    reply = check(SMALL, 30)
    assert reply.points == len(X)
    for name, array in arrays(reply).items():
        assert array.analytic.tobytes() == getattr(backward, name).tobytes()
        assert array.numerical.shape == array.analytic.shape
        np.testing.assert_allclose(array.numerical, array.analytic, atol=1e-8)
        measured = (array.above - array.below) / (2 * reply.distance)
        assert np.array_equal(array.numerical, measured)


def test_errors_and_the_worst_entry_are_what_they_are_said_to_be() -> None:
    reply = check(SMALL, 30, "gate")
    for array in arrays(reply).values():
        a, n = array.analytic, array.numerical
        size = np.maximum(np.maximum(abs(a), abs(n)), reply.floor)
        errors = np.where(array.at_kink, 0, abs(a - n) / size)
        np.testing.assert_allclose(array.relative_errors, errors)
        assert array.compared == np.sum(array.at_kink == 0)
        assert array.at_kink.dtype == np.int32
        worst = array.worst
        assert worst is not None
        assert worst.relative_error == errors.max()
        at = (worst.row, worst.column)
        assert (worst.analytic, worst.numerical) == (a[at], n[at])
        assert array.caught == (errors.max() > reply.threshold)


def test_at_step_0_the_first_point_lies_on_every_units_kink() -> None:
    checks = check(SMALL, 0).checks
    assert isinstance(checks, TwoLayerGradientChecks)
    assert checks.db1.at_kink.all()
    assert (checks.db1.compared, checks.db1.worst, checks.db1.caught) == (
        0,
        None,
        False,
    )


@pytest.mark.parametrize(
    ("points", "classes", "used"),
    [(100, 3, 300), (500, 10, 295), (101, 3, 152), (1, 2, 2)],
)
def test_of_many_points_some_of_every_class_are_used(
    points: int, classes: int, used: int
) -> None:
    settings = Settings(hidden=1, points=points, classes=classes)
    reply = check(settings, 0)
    assert reply.points == used
    X, y = data_of(settings)
    every = -(-len(X) // 300)
    assert set(y[::every]) == set(range(classes))
    backward = trace(
        TraceRequest(
            params=params_after(0, settings),
            X=X[::every],
            y=y[::every].astype(np.int32),
            reg=settings.reg,
        )
    ).backward
    for name, array in arrays(reply).items():
        np.testing.assert_allclose(array.analytic, getattr(backward, name))


def test_what_cannot_be_checked_is_refused() -> None:
    with pytest.raises(
        ValueError, match="broken is 'gate'; a linear classifier has no"
    ):
        check(LINEAR, 0, "gate")
    with pytest.raises(
        ValueError, match="hidden 101; a gradient check takes at most 100"
    ):
        check(Settings(hidden=101), 0)
