"""What chapter 7 says will happen, does happen."""

from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import Literal

import numpy as np
import pytest

from unspiral.core import LinearClassifier, Step, TwoLayerNet, gradient_descent, spiral

Says = Callable[[int, str], bool]


@cache
def run(
    learning_rate: float = 0.32,
    hidden: int = 100,
    steps: int = 2000,
    reg: float = 1e-3,
    init: Literal["small", "he"] = "small",
) -> list[Step]:
    """Train as the figure does with these settings."""
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    network = TwoLayerNet.random(rng, hidden=hidden, init=init)
    descent = gradient_descent(network, X, y, learning_rate=learning_rate, reg=reg)
    return list(islice(descent, steps + 1))


def first_above(accuracy: float, steps: list[Step]) -> int:
    return next(each.step for each in steps if each.accuracy > accuracy)


def dead(step: Step) -> int:
    X, _ = spiral(np.random.default_rng(0))
    return int(np.sum(~(step.network.forward(X)[0] > 0).any(axis=0)))


def test_at_the_start_the_loss_is_very_nearly_ln_3() -> None:
    assert run()[0].loss == pytest.approx(np.log(3), abs=1e-4)


def test_at_the_start_the_class_depends_on_the_direction_only() -> None:
    rng = np.random.default_rng(7)
    x = rng.uniform(-1, 1, (500, 2))
    network = run()[0].network
    near, far = network.forward(x)[1], network.forward(2 * x)[1]
    assert far == pytest.approx(2 * near)
    assert (far.argmax(axis=1) == near.argmax(axis=1)).all()


def test_at_the_start_the_accuracy_is_chance(says: Says) -> None:
    assert says(7, f"The accuracy is {run()[0].accuracy:.0%}")
    others = []
    for seed in range(1, 21):
        rng = np.random.default_rng(seed)
        X, y = spiral(rng)
        others.append(next(gradient_descent(TwoLayerNet.random(rng), X, y)).accuracy)
    assert min(others) < run()[0].accuracy < max(others)


def test_be_patient(says: Says) -> None:
    steps = run()
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    linear = list(islice(gradient_descent(LinearClassifier.random(rng), X, y), 201))
    assert steps[0].loss - steps[20].loss < 0.01
    assert steps[100].accuracy == pytest.approx(linear[-1].accuracy, abs=0.05)
    assert says(7, f"After 2,000 steps, {steps[2000].accuracy:.0%} of the points")


def test_at_step_100_the_map_looks_like_the_linear_one() -> None:
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    descent = gradient_descent(LinearClassifier.random(rng), X, y)
    linear = next(islice(descent, 200, None)).network
    predictions = [
        network.forward(X)[1].argmax(axis=1) for network in (linear, run()[100].network)
    ]
    assert np.mean(predictions[0] == predictions[1]) > 0.9


def test_the_boundaries_follow_the_arms_from_the_outside_inwards(says: Says) -> None:
    X, y = spiral(np.random.default_rng(0))
    r = np.hypot(*X.T)
    for step in [500, 1000, 1500]:
        right = run()[step].network.forward(X)[1].argmax(axis=1) == y
        rings = [right[(r >= low) & (r < low + 0.2)].mean() for low in (0, 0.2, 0.4)]
        assert rings == sorted(rings)
    wrong = run()[2000].network.forward(X)[1].argmax(axis=1) != y
    inner = int((wrong & (r < 0.25)).sum())
    assert says(7, f"Of the {wrong.sum()} that are wrong, {inner} have r<0.25")


def test_a_few_units_die_on_the_way(says: Says) -> None:
    assert says(7, f"this run loses {dead(run()[2000])} of its 100 units")


def test_creep(says: Says) -> None:
    steps = run(0.01)
    assert steps[0].loss - steps[1000].loss < 0.01
    assert says(7, f"After 1,000 steps the loss is still {steps[1000].loss:.2f}")


def test_hurry(says: Says) -> None:
    fast, slow = first_above(0.9, run(1.0)), first_above(0.9, run())
    assert says(
        7, f"90% are right by step {fast}. With 0.32 that takes until step {slow:,}"
    )


def test_overshoot(says: Says) -> None:
    assert says(7, f"only {first_above(0.9, run(3.0))} steps to get there")
    losses = np.array([each.loss for each in run(3.0)])
    assert np.diff(losses[300:]).max() > 1
    assert np.diff([each.loss for each in run()]).max() < 0.01


def test_fall_over_and_stay_down(says: Says) -> None:
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    steps = run(10.0, steps=300)
    first = next(each for each in steps if dead(each) == 100)
    assert says(7, f"By step {first.step} all 100 are dead")
    fallen = steps[-1].network
    assert fallen.forward(X)[0].max() == 0
    for learning_rate in [0.32, 1.0]:
        descent = gradient_descent(fallen, X, y, learning_rate=learning_rate)
        later = list(islice(descent, 1001))[-1]
        assert later.accuracy == pytest.approx(1 / 3)
        assert later.network.forward(X)[0].max() == 0
        assert not later.network.gradients(X, y, 0.0)["W1"].any()


def test_starve(says: Says) -> None:
    best = max(each.accuracy for each in run(hidden=3, steps=10_000))
    assert 0.73 < best < 0.74
    assert says(7, "In 10,000 steps the accuracy never reaches 74%")


def test_few_units_with_small_and_large_weights() -> None:
    assert max(each.accuracy for each in run(1.0, hidden=20)) < 0.75
    assert run(1.0, hidden=20, init="he")[1000].accuracy == pytest.approx(0.99)


def test_tie_it_down() -> None:
    steps = run(reg=0.1)
    assert steps[2000].accuracy == pytest.approx(0.5, abs=0.06)
    largest = max(np.abs(W).max() for W in steps[2000].network.weights())
    assert largest < 0.1 * max(np.abs(W).max() for W in run()[2000].network.weights())


def test_let_it_loose() -> None:
    assert run(1.0, reg=0.0)[2000].loss == pytest.approx(0.07, abs=0.002)
    assert run(1.0)[2000].loss == pytest.approx(0.27, abs=0.005)


def test_blur() -> None:
    rng = np.random.default_rng(0)
    X, y = spiral(rng, noise=0.8)
    descent = gradient_descent(TwoLayerNet.random(rng), X, y, learning_rate=0.32)
    assert next(islice(descent, 2000, None)).accuracy < 0.7


def test_the_losses_in_stanfords_notes(says: Says) -> None:
    rng = np.random.RandomState(0)
    X, y = spiral(rng)
    rng.standard_normal(18)
    LinearClassifier.random(rng)
    descent = gradient_descent(TwoLayerNet.random(rng), X, y, learning_rate=1.0)
    start, end = islice(descent, 0, 1001, 1000)
    assert says(7, f"{start.loss:.6f} at the start, {end.loss:.6f} after 1,000 steps")
