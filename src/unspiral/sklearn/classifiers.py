"""The two classifiers: their settings, and how each draws its first weights."""

import numpy as np

from unspiral.core import LinearClassifier, Network, TwoLayerNet
from unspiral.core.network import Init
from unspiral.sklearn.base import SoftmaxClassifier


class LinearSoftmaxClassifier(SoftmaxClassifier):
    """The linear classifier of the lesson, trained on all points at once.

    Parameters
    ----------
    learning_rate
        How far to go against the gradient, > 0.
    reg
        Strength of the L2 regularisation of the weights, >= 0.
    init
        Standard deviation of the first weights: 0.01 for ``"small"``, as in the
        lesson, and ``sqrt(2 / inputs)`` for ``"he"``.
    steps
        Steps that `fit` takes, >= 1. It stops no sooner.
    random_state
        Of the first weights: a seed, a `RandomState`, or None for other ones each time.

    Attributes
    ----------
    classes_ : (K,)
        The labels.
    network_ : unspiral.core.Network
        The network as it is after the last step.
    n_iter_ : int
        Steps taken.
    loss_curve_ : list of n_iter_ floats
        The loss before each of them, regularisation included.
    loss_ : float
        The loss after the last.
    n_features_in_ : int
        The features, D.
    feature_names_in_ : (D,)
        Their names, where `fit` has seen any.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from unspiral.sklearn import LinearSoftmaxClassifier
    >>> X, y = load_iris(return_X_y=True)
    >>> model = make_pipeline(StandardScaler(), LinearSoftmaxClassifier(random_state=0))
    >>> print(f"{model.fit(X, y).score(X, y):.2f}")
    0.98
    """

    def __init__(
        self,
        *,
        learning_rate: float = 1.0,
        reg: float = 1e-3,
        init: Init = "small",
        steps: int = 1000,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.learning_rate = learning_rate
        self.reg = reg
        self.init = init
        self.steps = steps
        self.random_state = random_state

    def _draw(self, rng: np.random.RandomState, features: int, classes: int) -> Network:
        return LinearClassifier.random(
            rng, features=features, classes=classes, init=self.init
        )


class TwoLayerClassifier(SoftmaxClassifier):
    """The two-layer network of the lesson, trained on all points at once.

    Parameters
    ----------
    hidden
        Hidden units, h >= 1.
    learning_rate, reg, init, steps, random_state
        As in `LinearSoftmaxClassifier`, and the attributes are the same too.

    Examples
    --------
    >>> import numpy as np
    >>> from unspiral.core import spiral
    >>> from unspiral.sklearn import TwoLayerClassifier
    >>> X, y = spiral(np.random.default_rng(0))
    >>> model = TwoLayerClassifier(init="he", random_state=0).fit(X, y)
    >>> print(f"{model.score(X, y):.2f}")
    0.99
    """

    def __init__(
        self,
        hidden: int = 100,
        *,
        learning_rate: float = 1.0,
        reg: float = 1e-3,
        init: Init = "small",
        steps: int = 1000,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.hidden = hidden
        self.learning_rate = learning_rate
        self.reg = reg
        self.init = init
        self.steps = steps
        self.random_state = random_state

    def _draw(self, rng: np.random.RandomState, features: int, classes: int) -> Network:
        return TwoLayerNet.random(
            rng, features=features, hidden=self.hidden, classes=classes, init=self.init
        )
