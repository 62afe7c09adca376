"""Training with the learner's own functions, beside the package's from the same start.

It is stateless, as the lab is: parameters go in, and come out so many steps later.
"""

import ast

import numpy as np
from msgspec import Struct

from unspiral.core import TwoLayerNet, gradient_descent
from unspiral.lesson.exercises.exercise import exercises
from unspiral.lesson.exercises.learner import (
    Arrays,
    Learner,
    Parting,
    arrays_of,
    calls,
)
from unspiral.lesson.exercises.report import Error, Stopped
from unspiral.lesson.exercises.results import same
from unspiral.lesson.exercises.sandbox import Ended, Outcome, Raised
from unspiral.lesson.exercises.source import function_of, functions, parsed
from unspiral.lesson.exercises.telling import error_of

MOST_STEPS = 1000


class Training(Struct, frozen=True, kw_only=True):
    """The learner's run, and the package's."""

    losses: np.ndarray
    """(taken + 1,): the learner's loss at each step, the start included. Only the last
    may be no finite number. Empty when the code did not run through."""
    accuracies: np.ndarray
    """(taken + 1,): the same of the accuracy, 0 to 1."""
    params: Arrays
    """The learner's W1, b1, W2 and b2 at the last step whose loss is finite."""
    package_losses: np.ndarray
    """(taken + 1,), or fewer if the package's run diverges."""
    package_params: Arrays
    """The package's, at the same step; those of its own last step if it diverges."""
    parting: Parting | None = None
    """None if both take the same steps, up to rounding."""
    sentence: str
    """What came of it. Markdown."""
    error: Error | None = None
    stopped: Stopped | None = None


def train_mine(
    source: str,
    X: np.ndarray,
    y: np.ndarray,
    network: TwoLayerNet,
    *,
    steps: int,
    step: int = 0,
    package: TwoLayerNet | None = None,
    learning_rate: float = 1.0,
    reg: float = 1e-3,
    seconds: float = 2.0,
) -> Training:
    """Take steps of gradient descent with the learner's functions.

    The package takes the same steps twice: from where the learner's run is now, to see
    whether each step is right; and from where its own is, for its curve.

    Parameters
    ----------
    source
        A file with all functions from `forward` to `update`.
    X, y
        The points, (n, D), and their labels, (n,).
    network
        Where to start.
    steps
        How many steps to take, from 1 to 1,000. A slow network takes fewer.
    step
        The number of the step where it starts.
    package
        Where the package's own run is by then; without it, at `network` too.
    learning_rate, reg
        As in `gradient_descent`.
    seconds
        How long this may take.

    Raises
    ------
    ValueError
        When `steps` is out of range.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise ValueError(f"steps is {steps}; allowed is 1 to {MOST_STEPS}")
    theirs = Learner(source, X, y, learning_rate, reg, seconds)
    outcome = theirs.call("_unspiral_train", network, steps, seconds / 3)
    given = arrays_of(outcome, ("losses", "accuracies", *network.parameters()))
    if given is None or not fits(given, network):
        return failed(outcome, source)

    losses, accuracies = given.pop("losses"), given.pop("accuracies")
    taken = len(losses) - 1
    states = ours(X, y, network, taken, learning_rate, reg)
    own = states
    if package is not None:
        own = ours(X, y, package, taken, learning_rate, reg)
    package_losses = np.array([loss for _, loss in own])
    finite = np.isfinite(package_losses)

    parting = None
    parts = first_difference(losses, given, states)
    if parts is not None:
        parting = theirs.parting(parts, states, step)
    sentence = "Your network and the package’s are the same, step by step."
    if parting:
        sentence = (
            f"At step {parting.step:,} your network leaves the package’s. "
            f"{parting.difference.sentence}"
        )
        if parting.array == "loss" and np.isinf(losses[-1]):
            sentence += (
                " A probability was so small that it rounded to 0, and the cost of 0 "
                "is infinite. The package keeps logarithms, and is spared that."
            )
    elif len(own) <= taken or not near(losses, package_losses).all():
        sentence += (
            " If their curves part all the same, that is rounding: training has made "
            "it larger from step to step."
        )
    return Training(
        losses=losses,
        accuracies=accuracies,
        params=given,
        package_losses=package_losses[finite],
        package_params=own[max(finite.sum() - 1, 0)][0].parameters(),
        parting=parting,
        sentence=sentence,
    )


def fits(given: Arrays, network: TwoLayerNet) -> bool:
    """Whether what a run gave is of the shapes and types that it has to be."""
    losses, accuracies = given["losses"], given["accuracies"]
    return (
        losses.ndim == 1
        and losses.size > 0
        and losses.shape == accuracies.shape
        and all(
            given[name].shape == parameter.shape and given[name].dtype == np.float64
            for name, parameter in network.parameters().items()
        )
    )


def first_difference(
    losses: np.ndarray, last: Arrays, states: list[tuple[TwoLayerNet, float]]
) -> int | None:
    """Find the step by which the two runs differ, counted from their start."""
    right = np.array([loss for _, loss in states])
    apart = np.flatnonzero(~near(losses[: len(states)], right))
    if apart.size:
        return int(apart[0])
    reached = max(int(np.isfinite(losses).sum()) - 1, 0)  # the parameters' step
    network, _ = states[reached]
    parameters = network.parameters()
    if all(same(last[name], parameters[name]) for name in parameters):
        return None
    return reached


def ours(
    X: np.ndarray,
    y: np.ndarray,
    network: TwoLayerNet,
    steps: int,
    learning_rate: float,
    reg: float,
) -> list[tuple[TwoLayerNet, float]]:
    """Take the same steps with the package: the networks and their losses."""
    states = []
    for step in gradient_descent(network, X, y, learning_rate=learning_rate, reg=reg):
        assert isinstance(step.network, TwoLayerNet)
        states.append((step.network, step.loss))
        if step.step == steps:
            break
    return states


def near(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Find where two curves are the same, up to rounding."""
    return np.array([same(one, other) for one, other in zip(a, b, strict=True)], bool)


def failed(outcome: Outcome, source: str) -> Training:
    """Say why the code did not run through."""
    error = stopped = None
    sentence = "Your functions do not fit together: one returns something else."
    tree = parsed(source)
    absent = [
        f"`{exercise.function}`"
        for exercise in exercises()
        if calls(exercise.function) and not function_of(tree, exercise.function)
    ]
    if isinstance(outcome, Raised):
        error = error_of(outcome, "in training")
        at = where(error.line, tree)
        says = f": {error.message}" if error.message else ""
        sentence = f"Your network stops with {error.type}{at}{says.rstrip('.')}."
        if absent and error.type == "NameError":
            sentence = f"Your network is not complete without {', '.join(absent)}."
    elif isinstance(outcome, Ended):
        stopped = Stopped(
            reason=outcome.reason, sentence=outcome.sentence, line=outcome.line
        )
        sentence = outcome.sentence
    return Training(
        losses=np.empty(0),
        accuracies=np.empty(0),
        params={},
        package_losses=np.empty(0),
        package_params={},
        sentence=sentence,
        error=error,
        stopped=stopped,
    )


def where(line: int | None, tree: ast.Module | None) -> str:
    """Name a line, and the function that it is in."""
    if line is None:
        return ""
    for function in functions(tree):
        if function.lineno <= line <= (function.end_lineno or 0):
            return f" in `{function.name}`, in line {line} of `network.py`"
    return f" in line {line} of `network.py`"
