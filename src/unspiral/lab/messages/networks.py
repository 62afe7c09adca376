"""Settings and parameters: what fixes a run, and where it has got to."""

from typing import Annotated, Literal

import numpy as np
from msgspec import Meta

from unspiral.core import LinearClassifier, Network, TwoLayerNet
from unspiral.lab.messages.base import (
    MOST_CLASSES,
    MOST_HIDDEN,
    Message,
    Reg,
    Seed,
    check_shapes,
)


class Settings(Message, frozen=True):
    """Everything that fixes a run: same settings, same step, same numbers."""

    points: Annotated[int, Meta(ge=1, le=500)] = 100
    """Points of each class, N."""
    classes: Annotated[int, Meta(ge=2, le=MOST_CLASSES)] = 3
    """Arms of the spiral, K."""
    noise: Annotated[float, Meta(ge=0, le=2)] = 0.2
    """Standard deviation of the angle, in radians."""
    seed: Seed = 0
    """Of the random numbers: first the data's, then the weights'."""
    model: Literal["two-layer", "linear"] = "two-layer"
    hidden: Annotated[int, Meta(ge=1, le=MOST_HIDDEN)] = 100
    """Hidden units, h; the linear classifier has none."""
    init: Literal["small", "he"] = "small"
    """Initial weights: of size 0.01, or as He et al. (2015) scale them."""
    weights_seed: Seed | None = None
    """A seed for the weights alone; without it they are drawn after the data."""
    dtype: Literal["float64", "float32"] = "float64"
    learning_rate: Annotated[float, Meta(gt=0, le=1000)] = 1.0
    reg: Reg = 1e-3
    """Strength of the L2 regularisation."""
    engine: Literal["numpy", "fused", "torch", "jax", "tensorflow"] = "numpy"
    """What does the arithmetic; each rounds in its own way."""


class LinearParams(Message, frozen=True, tag_field="model", tag="linear"):
    """Parameters of the linear classifier."""

    W: np.ndarray
    """(D, K)"""
    b: np.ndarray
    """(1, K)"""

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        check_shapes(self, W=("D", "K"), b=("1", "K"))


class TwoLayerParams(Message, frozen=True, tag_field="model", tag="two-layer"):
    """Parameters of the two-layer network."""

    W1: np.ndarray
    """(D, h)"""
    b1: np.ndarray
    """(1, h)"""
    W2: np.ndarray
    """(h, K)"""
    b2: np.ndarray
    """(1, K)"""

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        check_shapes(self, W1=("D", "h"), b1=("1", "h"), W2=("h", "K"), b2=("1", "K"))


Params = LinearParams | TwoLayerParams


def network_of(params: Params) -> Network:
    """Return the network that has these parameters."""
    if isinstance(params, LinearParams):
        return LinearClassifier(params.W, params.b)
    return TwoLayerNet(params.W1, params.b1, params.W2, params.b2)


def params_of(network: Network) -> Params:
    """Return the message that holds a network's parameters."""
    kind = LinearParams if isinstance(network, LinearClassifier) else TwoLayerParams
    return kind(**network.parameters())


def check_finite(params: Params) -> None:
    """Raise ValueError if any parameter is NaN or infinite."""
    for name, array in network_of(params).parameters().items():
        if not np.isfinite(array).all():
            raise ValueError(
                f"params.{name} holds NaN or infinity; allowed are finite numbers"
            )


def check_params(params: Params, settings: Settings) -> None:
    """Raise ValueError unless the parameters are those of a network so set."""
    parameters = network_of(params).parameters()
    *_, last_bias = parameters.values()
    given = {
        "model": "linear" if isinstance(params, LinearParams) else "two-layer",
        "classes": last_bias.shape[1],
        "dtype": str(last_bias.dtype),
    }
    if isinstance(params, TwoLayerParams):
        given["hidden"] = params.b1.shape[1]
    for name, value in given.items():
        if value != getattr(settings, name):
            raise ValueError(
                f"params are for {name} {value}; "
                f"settings.{name} is {getattr(settings, name)}"
            )


def check_three_classes(params: Params) -> None:
    """Raise ValueError unless the network tells three classes apart."""
    *_, last_bias = network_of(params).parameters().values()
    if last_bias.size != 3:
        raise ValueError(f"params are for classes {last_bias.size}; allowed is 3")
