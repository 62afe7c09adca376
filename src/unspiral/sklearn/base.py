"""What both classifiers do the way scikit-learn wants it done."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from itertools import islice
from math import inf
from numbers import Integral, Real
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets, unique_labels
from sklearn.utils.validation import check_is_fitted, validate_data

from unspiral.core import Network, gradient_descent
from unspiral.core.loss import log_softmax, softmax


def whole(value: Any) -> bool:
    """Return whether this is a whole number from 1 on."""
    return isinstance(value, Integral) and value >= 1  # type: ignore[operator]


def real(value: Any) -> bool:
    """Return whether this is a finite number from 0 on."""
    return isinstance(value, Real) and 0 <= float(value) < inf


ALLOWED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "hidden": ("a whole number from 1 on", whole),
    "learning_rate": ("a number above 0", lambda value: real(value) and value > 0),
    "reg": ("a number from 0 on", real),
    "init": ("'small' or 'he'", lambda value: value in ("small", "he")),
    "steps": ("a whole number from 1 on", whole),
}
"""What each setting may be."""


class SoftmaxClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Gradient descent on a network of `unspiral.core`."""

    learning_rate: float
    reg: float
    steps: int
    random_state: int | np.random.RandomState | None
    classes_: np.ndarray
    network_: Network
    n_iter_: int
    loss_: float
    loss_curve_: list[float]

    @abstractmethod
    def _draw(self, rng: np.random.RandomState, features: int, classes: int) -> Network:
        """Draw the first weights."""

    def fit(self, X: Any, y: Any) -> Self:
        """Train on (X, y) from new first weights on.

        Parameters
        ----------
        X : (n, D)
            The points.
        y : (n,)
            The label of each, of any kind.

        Returns
        -------
        self
        """
        self._check_settings()
        X, y = self._checked(X, y, reset=True)
        self._start(X, unique_labels(y))
        self._train(X, y, self.steps)
        return self

    def partial_fit(self, X: Any, y: Any, classes: Any = None) -> Self:
        """Take one step on (X, y), from where the network is.

        Parameters
        ----------
        X : (n, D)
            The points.
        y : (n,)
            The label of each.
        classes : (K,)
            All labels there will be. Needed in the first call.

        Returns
        -------
        self
        """
        self._check_settings()
        first = not hasattr(self, "network_")
        if first and classes is None:
            raise ValueError(
                "classes is not given; the first call of partial_fit needs all labels"
            )
        X, y = self._checked(X, y, reset=first)
        if first:
            self._start(X, unique_labels(classes))
        elif classes is not None and set(classes) != set(self.classes_):
            raise ValueError(
                f"classes is {listed(classes)}; in the first call it was "
                f"{listed(self.classes_)}"
            )
        self._train(X, y, 1)
        return self

    def predict(self, X: Any) -> np.ndarray:
        """Return the label with the highest score, for each of the points X, (n, D)."""
        best = self._scores(X).argmax(axis=1)
        return self.classes_[best]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Return the probability of each label, (n, K), for the points X, (n, D)."""
        return softmax(self._scores(X))

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """Return the logarithms of `predict_proba`."""
        return log_softmax(self._scores(X))

    def _scores(self, X: Any) -> np.ndarray:
        check_is_fitted(self)
        X = validate_data(self, X, dtype=[np.float64, np.float32], reset=False)
        dtype = self.network_.weights()[0].dtype
        _, scores = self.network_.forward(X.astype(dtype, copy=False))
        return scores

    def _checked(self, X: Any, y: Any, *, reset: bool) -> tuple[np.ndarray, np.ndarray]:
        X, y = validate_data(self, X, y, dtype=[np.float64, np.float32], reset=reset)
        check_classification_targets(y)
        return X, y

    def _start(self, X: np.ndarray, classes: np.ndarray) -> None:
        rng = check_random_state(self.random_state)
        network = self._draw(rng, features=X.shape[1], classes=len(classes))
        self.classes_ = classes
        self.network_ = network.astype(X.dtype.type)
        self.n_iter_ = 0
        self.loss_curve_ = []

    def _train(self, X: np.ndarray, y: np.ndarray, steps: int) -> None:
        unknown = set(y) - set(self.classes_)
        if unknown:
            raise ValueError(
                f"y has {listed(unknown)}; the classes are {listed(self.classes_)}"
            )
        labels = np.searchsorted(self.classes_, y)
        run = gradient_descent(
            self.network_, X, labels, learning_rate=self.learning_rate, reg=self.reg
        )
        *before, last = islice(run, steps + 1)
        if not np.isfinite(last.loss):
            raise ValueError(
                f"The loss is not finite at step {self.n_iter_ + last.step}: give "
                "features of similar size (StandardScaler), or a smaller "
                "learning_rate or reg"
            )
        self.network_ = last.network
        self.loss_ = last.loss
        self.loss_curve_ += [moment.loss for moment in before]
        self.n_iter_ += steps

    def _check_settings(self) -> None:
        for name, value in self.get_params().items():
            words, is_allowed = ALLOWED.get(name, ("", lambda _: True))
            if not is_allowed(value):
                raise ValueError(f"{name} is {value!r}; allowed is {words}")


def listed(labels: Iterable[Any]) -> str:
    """Write labels."""
    return ", ".join(str(label) for label in labels)
