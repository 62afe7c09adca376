"""Training with the learner's functions, beside the package's."""

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, gradient_descent, spiral
from unspiral.lab.wire import encode
from unspiral.lesson.exercises.exercise import exercises
from unspiral.lesson.exercises.network_file import put_together
from unspiral.lesson.exercises.train_mine import Training, train_mine

SOLVED = put_together({each.function: each.solution for each in exercises()})
RNG = np.random.default_rng(0)
X, Y = spiral(RNG, points=20)
START = TwoLayerNet.random(RNG, hidden=8, init="he")


def trained(
    source: str, steps: int = 10, learning_rate: float = 1.0, reg: float = 1e-3
) -> Training:
    return train_mine(
        source,
        X,
        Y,
        START,
        steps=steps,
        learning_rate=learning_rate,
        reg=reg,
        seconds=20,
    )


def replaced(old: str, new: str) -> str:
    assert SOLVED.count(old) == 1
    return SOLVED.replace(old, new)


def test_a_right_network_takes_the_same_steps() -> None:
    training = trained(SOLVED, steps=30, learning_rate=0.7, reg=0.01)
    assert training.parting is None
    assert training.sentence.endswith("are the same, step by step.")

    run = gradient_descent(START, X, Y, learning_rate=0.7, reg=0.01)
    steps = [next(run) for _ in range(31)]
    np.testing.assert_allclose(training.losses, [step.loss for step in steps])
    np.testing.assert_allclose(training.accuracies, [step.accuracy for step in steps])
    np.testing.assert_allclose(training.package_losses, training.losses)
    for name, parameter in steps[-1].network.parameters().items():
        np.testing.assert_allclose(training.params[name], parameter)


def test_the_run_goes_on_from_where_it_was() -> None:
    once = trained(SOLVED, steps=7)
    half = trained(SOLVED, steps=3)
    rest = train_mine(SOLVED, X, Y, TwoLayerNet(**half.params), steps=4, seconds=20)
    np.testing.assert_array_equal(rest.losses, once.losses[3:])
    np.testing.assert_array_equal(rest.params["W1"], once.params["W1"])


@pytest.mark.parametrize(
    ("old", "new", "step", "array"),
    [
        ("dhidden = dhidden * (hidden > 0)", "pass", 0, "dW1"),
        ("costs.mean()", "costs.sum()", 0, "loss"),
        ("np.maximum(0, out)", "np.abs(out)", 0, "hidden"),
        ("b2 = b2 - step_b2", "b2 = b2 + step_b2", 0, "b2"),
        ("dscores = dscores / n", "dscores = dscores / (n + 1)", 0, "dscores"),
    ],
)
def test_where_a_wrong_one_leaves_and_in_which_array(
    old: str, new: str, step: int, array: str
) -> None:
    training = trained(replaced(old, new))
    assert training.parting
    assert (training.parting.step, training.parting.array) == (step, array)
    assert training.parting.difference.sentence in training.sentence
    assert not np.allclose(training.losses, training.package_losses)


def test_a_network_that_goes_wrong_only_later_is_caught_there() -> None:
    late = replaced(
        "step_W1 = learning_rate * dW1",
        "step_W1 = learning_rate * dW1 * (1 if abs(W1).max() < 2.3 else -1)",
    )
    steps = 40
    run = gradient_descent(START, X, Y)
    first = next(
        step.step for step in run if abs(step.network.parameters()["W1"]).max() >= 2.3
    )
    assert 0 < first < steps
    training = trained(late, steps=steps)
    assert training.parting
    assert (training.parting.step, training.parting.array) == (first, "W1")


def test_rounding_that_training_amplifies_is_no_mistake() -> None:
    # Summed in another order, the last digit differs; at this rate that grows.
    other = replaced(
        "dW2 = hidden.T @ dscores", "dW2 = (hidden[::-1].T @ dscores[::-1])"
    )
    training = train_mine(other, X, Y, START, steps=1000, learning_rate=3.0, seconds=30)
    assert training.parting is None


def test_an_exception_a_gap_and_an_endless_loop_are_told() -> None:
    training = trained(replaced("hidden = np.maximum(0, out)", "hidden = relu(out)"))
    assert training.error
    assert training.error.type == "NameError"
    assert SOLVED.split("\n")[training.error.line - 1].strip().startswith("hidden =")  # type: ignore[operator]
    assert not training.losses.size

    training = trained(replaced("def softmax", "def softmax_"))
    assert training.sentence == "Your network is not complete without `softmax`."

    endless = replaced("out = X @ W1", "out = X @ W1\n    while True: pass")
    training = train_mine(endless, X, Y, START, steps=1, seconds=0.5)
    assert training.stopped
    assert training.stopped.reason == "time"


def test_functions_that_return_something_else_do_not_fit_together() -> None:
    training = trained(
        replaced("return W1, b1, W2, b2\n\n\n# --- 4", "pass\n\n\n# --- 4")
    )
    assert training.losses.size  # the initial parameters are not drawn here
    training = trained(replaced("    probs = exp_scores / total", "    probs = None"))
    assert training.sentence.startswith("Your network stops with TypeError")


def test_it_can_be_sent() -> None:
    assert encode(trained(SOLVED, steps=1))


def test_the_number_of_steps_has_bounds() -> None:
    with pytest.raises(ValueError, match="steps is 0; allowed is 1 to 1000"):
        trained(SOLVED, steps=0)


def test_the_packages_own_run_may_be_elsewhere_by_then() -> None:
    elsewhere = TwoLayerNet.random(RNG, hidden=8, init="he")
    training = train_mine(SOLVED, X, Y, START, steps=5, package=elsewhere, seconds=20)
    run = gradient_descent(elsewhere, X, Y)
    steps = [next(run) for _ in range(6)]
    np.testing.assert_array_equal(
        training.package_losses, [step.loss for step in steps]
    )
    for name, parameter in steps[-1].network.parameters().items():
        np.testing.assert_array_equal(training.package_params[name], parameter)
    assert training.parting is None  # each of the learner's steps is right
    assert "that is rounding" in training.sentence


def test_a_slow_network_takes_as_many_steps_as_there_is_time_for() -> None:
    slow = replaced("out = X @ W1", "__import__('time').sleep(0.1)\n    out = X @ W1")
    training = train_mine(slow, X, Y, START, steps=100, seconds=2)
    assert 2 <= len(training.losses) < 20
    assert training.parting is None
    assert len(training.package_losses) == len(training.losses)
