"""scikit-learn's MLPClassifier, with full batches, from our initial weights."""

import warnings
from collections.abc import Callable

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.task import LEARNING_RATE, REG, task


def trainer(dtype: str) -> Callable[[int], float]:
    """Train with `fit`."""
    network, X, y = task(dtype)
    n = len(X)
    warnings.simplefilter("ignore", ConvergenceWarning)  # it stops after so many steps
    model = MLPClassifier(
        (network.b1.size,),
        solver="sgd",
        alpha=REG * n,  # it divides by n
        batch_size=n,
        learning_rate_init=LEARNING_RATE,
        momentum=0,
        shuffle=False,
        warm_start=True,
        max_iter=1,
        tol=0,
        n_iter_no_change=10**9,
    )
    model.fit(X, y)  # so that it has weights to replace

    def train(steps: int) -> float:
        model.coefs_ = [network.W1.copy(), network.W2.copy()]
        model.intercepts_ = [network.b1[0].copy(), network.b2[0].copy()]
        model.set_params(max_iter=steps + 1)
        model.fit(X, y)
        return float(model.loss_curve_[-1])

    return train
