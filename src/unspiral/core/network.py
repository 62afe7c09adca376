"""The two classifiers of the lesson: their parameters, scores and gradients."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

from unspiral.core.layers import (
    affine,
    affine_backward,
    affine_backward_to_input,
    relu,
    relu_backward,
)
from unspiral.core.loss import cross_entropy, cross_entropy_backward, l2, log_softmax
from unspiral.core.spiral import RandomSource

Init = Literal["small", "he"]
Gradients = dict[str, Float[np.ndarray, "_ _"]]


@dataclass(frozen=True, eq=False)
class Network(ABC):
    """What both classifiers can do. A network never changes: a step makes a new one."""

    @abstractmethod
    def forward(
        self, X: Float[np.ndarray, "n D"]
    ) -> tuple[Float[np.ndarray, "n features"], Float[np.ndarray, "n K"]]:
        """Return the inputs of the last layer, which backward needs, and the scores."""

    @abstractmethod
    def backward(
        self,
        dscores: Float[np.ndarray, "n K"],
        X: Float[np.ndarray, "n D"],
        hidden: Float[np.ndarray, "n features"],
        reg: float,
    ) -> Gradients:
        """Return the gradient of the loss on each parameter, under its name."""

    def parameters(self) -> dict[str, Float[np.ndarray, "_ _"]]:
        """Return every weight matrix and bias row, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def weights(self) -> list[Float[np.ndarray, "_ _"]]:
        """Return the weight matrices: the parameters that are regularised."""
        return [p for name, p in self.parameters().items() if name.startswith("W")]

    def loss(
        self,
        X: Float[np.ndarray, "n D"],
        y: Int[np.ndarray, " n"],
        reg: float = 1e-3,
    ) -> float:
        """Cross-entropy of the data plus the regularisation loss."""
        _, scores = self.forward(X)
        return cross_entropy(log_softmax(scores), y) + l2(reg, *self.weights())

    def gradients(
        self,
        X: Float[np.ndarray, "n D"],
        y: Int[np.ndarray, " n"],
        reg: float = 1e-3,
    ) -> Gradients:
        """Gradient of `loss` on each parameter: one pass forward, one back."""
        hidden, scores = self.forward(X)
        dscores = cross_entropy_backward(np.exp(log_softmax(scores)), y)
        return self.backward(dscores, X, hidden, reg)

    def astype(self, dtype: type[np.floating]) -> "Network":
        """Return the same network in another precision, such as `np.float32`."""
        return type(self)(
            **{name: p.astype(dtype) for name, p in self.parameters().items()}
        )

    def updated(self, gradients: Gradients, learning_rate: float) -> "Network":
        """Return the network one step downhill: ``W - learning_rate * dW``."""
        return type(self)(
            **{
                name: parameter - learning_rate * gradients[name]
                for name, parameter in self.parameters().items()
            }
        )


@dataclass(frozen=True, eq=False)
class LinearClassifier(Network):
    """One affine layer: ``scores = X W + b``."""

    W: Float[np.ndarray, "D K"]
    b: Float[np.ndarray, "1 K"]

    @classmethod
    def random(
        cls,
        rng: RandomSource,
        *,
        features: int = 2,
        classes: int = 3,
        init: Init = "small",
    ) -> "LinearClassifier":
        """Draw initial weights; biases start at 0."""
        return cls(
            W=initial_weights(rng, features, classes, init), b=np.zeros((1, classes))
        )

    def forward(
        self, X: Float[np.ndarray, "n D"]
    ) -> tuple[Float[np.ndarray, "n D"], Float[np.ndarray, "n K"]]:
        """Scores of each class. The last layer is the only one, so its input is X."""
        return X, affine(X, self.W, self.b)

    def backward(
        self,
        dscores: Float[np.ndarray, "n K"],
        X: Float[np.ndarray, "n D"],  # noqa: ARG002 (the same array as hidden)
        hidden: Float[np.ndarray, "n D"],
        reg: float,
    ) -> Gradients:
        """Return dW and db."""
        dW, db = affine_backward(dscores, hidden)
        return {"W": dW + reg * self.W, "b": db}


@dataclass(frozen=True, eq=False)
class TwoLayerNet(Network):
    """Affine, ReLU, affine: ``scores = max(0, X W1 + b1) W2 + b2``."""

    W1: Float[np.ndarray, "D h"]
    b1: Float[np.ndarray, "1 h"]
    W2: Float[np.ndarray, "h K"]
    b2: Float[np.ndarray, "1 K"]

    @classmethod
    def random(
        cls,
        rng: RandomSource,
        *,
        features: int = 2,
        hidden: int = 100,
        classes: int = 3,
        init: Init = "small",
    ) -> "TwoLayerNet":
        """Draw initial weights, W1 before W2; biases start at 0."""
        return cls(
            W1=initial_weights(rng, features, hidden, init),
            b1=np.zeros((1, hidden)),
            W2=initial_weights(rng, hidden, classes, init),
            b2=np.zeros((1, classes)),
        )

    def forward(
        self, X: Float[np.ndarray, "n D"]
    ) -> tuple[Float[np.ndarray, "n h"], Float[np.ndarray, "n K"]]:
        """Activations of the hidden layer, and the scores of each class."""
        hidden = relu(affine(X, self.W1, self.b1))
        scores = affine(hidden, self.W2, self.b2)
        return hidden, scores

    def backward(
        self,
        dscores: Float[np.ndarray, "n K"],
        X: Float[np.ndarray, "n D"],
        hidden: Float[np.ndarray, "n h"],
        reg: float,
    ) -> Gradients:
        """Return dW1, db1, dW2 and db2, walking the layers from last to first."""
        dW2, db2 = affine_backward(dscores, hidden)
        dhidden = affine_backward_to_input(dscores, self.W2)
        dhidden = relu_backward(dhidden, hidden)
        dW1, db1 = affine_backward(dhidden, X)

        dW1 += reg * self.W1
        dW2 += reg * self.W2
        return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def initial_weights(
    rng: RandomSource, fan_in: int, fan_out: int, init: Init
) -> Float[np.ndarray, "fan_in fan_out"]:
    """Draw a weight matrix from a normal distribution around 0.

    Its standard deviation is 0.01 for ``small``, as in the lesson, and
    ``sqrt(2 / fan_in)`` for ``he`` (He et al. 2015, "Delving deep into
    rectifiers"), which keeps the size of the signal from layer to layer.
    """
    if fan_in < 1 or fan_out < 1:
        raise ValueError(f"a weight matrix cannot be {fan_in} x {fan_out}")
    scales = {"small": 0.01, "he": np.sqrt(2 / fan_in)}
    if init not in scales:
        raise ValueError(f"init is {init!r}; it must be one of {', '.join(scales)}")
    return scales[init] * rng.standard_normal((fan_in, fan_out))
