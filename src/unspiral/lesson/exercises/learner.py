"""A learner's functions, put to work together: in training, and in one step of it."""

import numpy as np
from msgspec import Struct

from unspiral.core import TwoLayerNet
from unspiral.core.loss import cross_entropy, cross_entropy_backward, l2, log_softmax
from unspiral.lesson.exercises.exercise import FOLDER
from unspiral.lesson.exercises.report import Difference
from unspiral.lesson.exercises.results import as_array, same
from unspiral.lesson.exercises.sandbox import Call, Outcome, Returned, Value, run
from unspiral.lesson.exercises.telling import of_array

DRIVER = (FOLDER / "driver.py.txt").read_text(encoding="utf-8")
ARRAYS = (
    *("hidden", "scores", "probs", "loss", "dscores"),
    *("dW2", "db2", "dW1", "db1", "W1", "b1", "W2", "b2"),
)
"""What a step computes, in this order."""

Arrays = dict[str, np.ndarray]


class Parting(Struct, frozen=True, kw_only=True):
    """Where a learner's run leaves the package's."""

    step: int
    array: str
    """The first array of that step that differs."""
    difference: Difference


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

    def call(self, function: str, network: TwoLayerNet, *more: float) -> Outcome:
        """Call a function of the driver, which calls the learner's."""
        params: list[Value] = list(network.parameters().values())
        args = [self.X, self.y, *params, self.learning_rate, self.reg, *more]
        call = Call(function, args)
        return run(self.source, [call], self.seconds, DRIVER)[0]

    def parting(
        self, at: int, states: list[tuple[TwoLayerNet, float]], start: int
    ) -> Parting | None:
        """Find the first array that differs, at this step or at the one before.

        Both take the step from the package's parameters there. If they agree, the two
        runs differ by rounding, which training can amplify.
        """
        for i in (at - 1, at):
            if i < 0:
                continue
            network, _ = states[i]
            given = arrays_of(self.call("_unspiral_step", network), ARRAYS) or {}
            right = one_step(self.X, self.y, network, self.learning_rate, self.reg)
            for name, array in given.items():
                if not same(array, right[name]):
                    case = f"at step {start + i}"
                    difference = of_array(name, array, array, right[name], case)
                    return Parting(step=start + i, array=name, difference=difference)
        return None


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


def arrays_of(outcome: Outcome, names: tuple[str, ...]) -> Arrays | None:
    """Return what a function of the driver gave, if it is as it should be."""
    if not isinstance(outcome, Returned) or not isinstance(outcome.value, tuple):
        return None
    arrays = [as_array(part) for part in outcome.value]
    if len(arrays) != len(names) or any(array is None for array in arrays):
        return None
    return dict(zip(names, arrays, strict=True))  # type: ignore[arg-type]


def calls(function: str) -> bool:
    """Whether training calls a function."""
    return f" {function}(" in DRIVER
