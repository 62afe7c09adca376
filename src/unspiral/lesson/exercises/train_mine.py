"""Training with the learner's own functions, beside the package's from the same start.

It is stateless, as the lab is: parameters go in, and come out so many steps later.
"""

import numpy as np
from msgspec import Struct

from unspiral.core import TwoLayerNet, gradient_descent
from unspiral.core.loss import cross_entropy, cross_entropy_backward, l2, log_softmax
from unspiral.lesson.exercises.exercise import FOLDER, exercises
from unspiral.lesson.exercises.report import Difference, Error, Stopped
from unspiral.lesson.exercises.results import as_array, same
from unspiral.lesson.exercises.sandbox import (
    Call,
    Ended,
    Outcome,
    Raised,
    Returned,
    Value,
    run,
)
from unspiral.lesson.exercises.source import function_of, parsed
from unspiral.lesson.exercises.telling import error_of, of_array

DRIVER = (FOLDER / "driver.py.txt").read_text(encoding="utf-8")
MOST_STEPS = 1000
ARRAYS = (
    *("hidden", "scores", "probs", "loss", "dscores"),
    *("dW2", "db2", "dW1", "db1", "W1", "b1", "W2", "b2"),
)
"""What a step computes, in this order."""

Arrays = dict[str, np.ndarray]


class Parting(Struct, frozen=True, kw_only=True):
    """Where a learner's run leaves the package's."""

    step: int
    """Counted from the start of these steps."""
    array: str
    """The first array of that step that differs."""
    difference: Difference


class Training(Struct, frozen=True, kw_only=True):
    """The learner's run, and the package's."""

    losses: np.ndarray
    """(steps + 1,): the learner's loss at each step, the start included. Empty when
    the code did not run through."""
    accuracies: np.ndarray
    """(steps + 1,): the same of the accuracy, 0 to 1."""
    params: Arrays
    """The learner's W1, b1, W2 and b2 after the last step."""
    package_losses: np.ndarray
    """(steps + 1,), or fewer if the run diverges."""
    parting: Parting | None = None
    """None if the two runs are one, up to rounding."""
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
    learning_rate: float = 1.0,
    reg: float = 1e-3,
    seconds: float = 2.0,
) -> Training:
    """Take steps of gradient descent with the learner's functions.

    Parameters
    ----------
    source
        A file with all functions from `forward` to `update`.
    X, y
        The points, (n, D), and their labels, (n,).
    network
        Where to start.
    steps
        How many steps to take, from 1 to 1,000.
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
    states = ours(X, y, network, steps, learning_rate, reg)
    package_losses = np.array([loss for _, loss in states])
    outcome = theirs.call("_unspiral_train", network, steps)
    given = arrays_of(outcome, ("losses", "accuracies", *network.parameters()))
    if given is None or given["losses"].shape != (steps + 1,):
        return theirs.failed(outcome, package_losses)

    losses, accuracies = given.pop("losses"), given.pop("accuracies")
    diverges = len(states) <= steps  # then there are no parameters to compare
    last = {} if diverges else states[-1][0].parameters()
    apart = np.flatnonzero(~near(losses[: len(states)], package_losses))
    parting = None
    if apart.size or not all(same(given[name], last[name]) for name in last):
        step = int(apart[0]) if apart.size else len(states) - 1
        parting = theirs.parting(step, states)
    sentence = "Your network and the package's are the same, step by step."
    if parting:
        sentence = (
            f"At step {parting.step} your network leaves the package's. "
            f"{parting.difference.sentence}"
        )
        if parting.array == "loss" and np.isinf(losses[parting.step]):
            sentence += (
                " A probability was so small that it rounded to 0, and the cost of 0 "
                "is infinite. The package keeps logarithms, and is spared that."
            )
    return Training(
        losses=losses,
        accuracies=accuracies,
        params=given,
        package_losses=package_losses,
        parting=parting,
        sentence=sentence,
    )


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
    return np.array([same(one, other) for one, other in zip(a, b, strict=True)])


@np.errstate(over="ignore", invalid="ignore")  # as in training
def one_step(
    X: np.ndarray, y: np.ndarray, network: TwoLayerNet, learning_rate: float, reg: float
) -> Arrays:
    """Compute all arrays of a step with the package."""
    hidden, scores = network.forward(X)
    log_probs = log_softmax(scores)
    probs = np.exp(log_probs)
    loss = cross_entropy(log_probs, y) + l2(reg, *network.weights())
    dscores = cross_entropy_backward(probs, y)
    gradients = network.backward(dscores, X, hidden, reg)
    made = {"hidden": hidden, "scores": scores, "probs": probs, "dscores": dscores}
    made |= {"loss": np.array(loss)}
    made |= {f"d{name}": gradient for name, gradient in gradients.items()}
    return made | network.updated(gradients, learning_rate).parameters()


class Learner:
    """The learner's functions, with the data and the settings of a run."""

    def __init__(
        self,
        source: str,
        X: np.ndarray,
        y: np.ndarray,
        learning_rate: float,
        reg: float,
        seconds: float,
    ) -> None:
        self.source = source
        self.X, self.y = X, y
        self.learning_rate, self.reg, self.seconds = learning_rate, reg, seconds

    def call(self, function: str, network: TwoLayerNet, *more: int) -> Outcome:
        """Call a function of the driver, which calls the learner's."""
        params: list[Value] = list(network.parameters().values())
        args = [self.X, self.y, *params, self.learning_rate, self.reg, *more]
        call = Call(function, args)
        return run(self.source, [call], self.seconds, DRIVER)[0]

    def parting(
        self, step: int, states: list[tuple[TwoLayerNet, float]]
    ) -> Parting | None:
        """Find the first array that differs, at this step or at the one before.

        Both take the step from the package's parameters there. If they agree, the two
        runs differ by rounding, which training can amplify.
        """
        for number in (step - 1, step):
            if number < 0:
                continue
            network, _ = states[number]
            given = arrays_of(self.call("_unspiral_step", network), ARRAYS) or {}
            right = one_step(self.X, self.y, network, self.learning_rate, self.reg)
            for name, array in given.items():
                if not same(array, right[name]):
                    difference = of_array(
                        name, array, array, right[name], f"at step {number}"
                    )
                    return Parting(step=number, array=name, difference=difference)
        return None

    def failed(self, outcome: Outcome, package_losses: np.ndarray) -> Training:
        """Say why the code did not run through."""
        error = stopped = None
        sentence = "Your functions do not fit together: one returns something else."
        absent = [
            f"`{exercise.function}`"
            for exercise in exercises()
            if f"{exercise.function}(" in DRIVER
            and not function_of(parsed(self.source), exercise.function)
        ]
        if isinstance(outcome, Raised):
            error = error_of(outcome, "in training")
            where = f" in line {error.line}" if error.line else ""
            sentence = f"Your network stops with {error.type}{where}."
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
            package_losses=package_losses,
            sentence=sentence,
            error=error,
            stopped=stopped,
        )


def arrays_of(outcome: Outcome, names: tuple[str, ...]) -> Arrays | None:
    """Return what a function of the driver gave, if it is as it should be."""
    if not isinstance(outcome, Returned) or not isinstance(outcome.value, tuple):
        return None
    arrays = [as_array(part) for part in outcome.value]
    if len(arrays) != len(names) or any(array is None for array in arrays):
        return None
    return dict(zip(names, arrays, strict=True))  # type: ignore[arg-type]
