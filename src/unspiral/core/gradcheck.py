"""Is the backward pass right? Compare it with slopes measured on the loss itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from unspiral.core.network import Gradients, Network


@dataclass(frozen=True)
class Entry:
    """One entry of one gradient, computed in both ways."""

    name: str
    index: tuple[int, int]
    analytic: float
    numerical: float
    relative_error: float

    def __str__(self) -> str:
        """Write the entry on one line."""
        row, column = self.index
        return (
            f"d{self.name}[{row}, {column}]: analytic {self.analytic:.9e}, "
            f"numerical {self.numerical:.9e}, relative error {self.relative_error:.1e}"
        )


@dataclass(frozen=True)
class GradientCheck:
    """Every gradient in both ways, by the name of its parameter."""

    analytic: Gradients
    numerical: Gradients
    above: Gradients
    """The loss with each entry moved up by the distance, the others as they are."""
    below: Gradients
    """The same with each entry moved down."""
    at_kink: dict[str, Bool[np.ndarray, "_ _"]]
    """Entries whose two measurements lie on both sides of some ReLU's kink.

    There the loss has no single slope, so these entries are not compared.
    """
    floor: float
    """Derivatives below this are compared as if they were this large.

    Rounding puts some 1e-10 of the loss on a measured slope, however small that is.
    """

    def relative_errors(self, name: str) -> Float[np.ndarray, "_ _"]:
        """Return ``|a - n| / max(|a|, |n|, floor)`` for each entry, and 0 at kinks."""
        a, n = self.analytic[name], self.numerical[name]
        size = np.maximum(np.maximum(np.abs(a), np.abs(n)), self.floor)
        return np.where(self.at_kink[name], 0, np.abs(a - n) / size)

    def worst(self, name: str) -> Entry:
        """Return the entry of one parameter's gradient with the largest error."""
        errors = self.relative_errors(name)
        row, column = np.unravel_index(int(errors.argmax()), errors.shape)
        return Entry(
            name,
            (int(row), int(column)),
            float(self.analytic[name][row, column]),
            float(self.numerical[name][row, column]),
            float(errors[row, column]),
        )

    @property
    def worst_entry(self) -> Entry:
        """The entry with the largest error of all."""
        return max(
            (self.worst(name) for name in self.analytic),
            key=lambda entry: entry.relative_error,
        )


def check_gradients(
    network: Network,
    X: Float[np.ndarray, "n D"],
    y: Int[np.ndarray, " n"],
    *,
    reg: float = 1e-3,
    analytic: Gradients | None = None,
    distance: float = 1e-5,
) -> GradientCheck:
    """Compare every entry of every gradient with a central difference.

    The slope on one parameter w is measured as
    ``(loss(w + distance) - loss(w - distance)) / (2 * distance)``.

    Parameters
    ----------
    network, X, y, reg
        The loss to check, see `Network.loss`. Use float64.
    analytic
        The gradients to check; those of `network.gradients` if not given.
    distance
        How far to go to each side, > 0.

    Raises
    ------
    ValueError
        When an analytic gradient has not the shape of its parameter.
    """
    if analytic is None:
        analytic = network.gradients(X, y, reg)
    parameters = network.parameters()
    for name, parameter in parameters.items():
        if analytic[name].shape != parameter.shape:
            raise ValueError(
                f"d{name} has shape {analytic[name].shape}; "
                f"{name} has {parameter.shape}, and so must its gradient"
            )
    above = {name: np.zeros(p.shape) for name, p in parameters.items()}
    below = {name: np.zeros(p.shape) for name, p in parameters.items()}
    at_kink = {name: np.zeros(p.shape, bool) for name, p in parameters.items()}
    for name, index, up, down in nudged(network, distance):
        above[name][index] = up.loss(X, y, reg)
        below[name][index] = down.loss(X, y, reg)
        on_above, on_below = up.forward(X)[0] > 0, down.forward(X)[0] > 0
        at_kink[name][index] = (on_above != on_below).any()
    numerical = {
        name: (above[name] - below[name]) / (2 * distance) for name in parameters
    }
    floor = 1e-3 * max(1, network.loss(X, y, reg))
    return GradientCheck(analytic, numerical, above, below, at_kink, floor)


def nudged(
    network: Network, distance: float
) -> Iterator[tuple[str, tuple[int, int], Network, Network]]:
    """Go through all parameters, each moved up and down while the others stay."""
    for name, parameter in network.parameters().items():
        for index in np.ndindex(parameter.shape):
            move = np.zeros_like(parameter)
            move[index] = distance
            above = replace(network, **{name: parameter + move})
            below = replace(network, **{name: parameter - move})
            yield name, (index[0], index[1]), above, below
