"""A network's parameters by name: ours, and those of PyTorch."""

from collections.abc import Collection, Mapping

import numpy as np

from unspiral.core import LinearClassifier, Network, TwoLayerNet

KINDS = {
    TwoLayerNet: {
        "W1": ("D", "h"),
        "b1": ("1", "h"),
        "W2": ("h", "K"),
        "b2": ("1", "K"),
    },
    LinearClassifier: {"W": ("D", "K"), "b": ("1", "K")},
}
"""The shape of each parameter."""

# Where torch.nn.Sequential(Linear, ReLU, Linear), or (Linear), has each of them.
TORCH = {
    TwoLayerNet: {"W1": "0.weight", "b1": "0.bias", "W2": "2.weight", "b2": "2.bias"},
    LinearClassifier: {"W": "0.weight", "b": "0.bias"},
}


def network_of(parameters: Mapping[str, np.ndarray]) -> Network:
    """Return the network that has these parameters, or raise ValueError."""
    for kind, shapes in KINDS.items():
        if set(parameters) == set(shapes):
            check(parameters, shapes)
            return kind(**parameters)
    raise ValueError(refusal(parameters, KINDS.values()))


def check(
    parameters: Mapping[str, np.ndarray], shapes: Mapping[str, tuple[str, str]]
) -> None:
    """Raise ValueError unless the arrays are numbers that fit together."""
    dtypes = {array.dtype for array in parameters.values()}
    if len(dtypes) > 1 or not dtypes <= {np.dtype("f4"), np.dtype("f8")}:
        kinds = " and ".join(sorted(str(dtype) for dtype in dtypes))
        raise ValueError(f"its numbers are {kinds}; allowed is float64 or float32")
    lengths = {"1": 1}
    for name, axes in shapes.items():
        shape = parameters[name].shape
        if len(shape) == len(axes):
            for axis, length in zip(axes, shape, strict=True):
                lengths.setdefault(axis, max(length, 1))
        expected = tuple(lengths.get(axis, axis) for axis in axes)
        if shape != expected:
            allowed = ", ".join(str(length) for length in expected)
            raise ValueError(f"its {name} has shape {shape}; allowed is ({allowed})")


def to_torch_layout(network: Network) -> dict[str, np.ndarray]:
    """Return copies of the parameters as `torch.nn.Linear` keeps them.

    That is weights as (out, in), ours transposed, and biases as (out,).
    """
    names = TORCH[type(network)]
    return {
        names[name]: np.array(p.T if name.startswith("W") else p[0], order="C")
        for name, p in network.parameters().items()
    }


def from_torch_layout(arrays: Mapping[str, np.ndarray]) -> Network:
    """Return the network that has these parameters, or raise ValueError."""
    for names in TORCH.values():
        if set(arrays) == set(names.values()):
            ours = {name: arrays[theirs] for name, theirs in names.items()}
            # In C order, as ours are: sums then round in the same way.
            return network_of(
                {
                    name: np.array(a.T if name.startswith("W") else a[None], order="C")
                    for name, a in ours.items()
                }
            )
    raise ValueError(refusal(arrays, [names.values() for names in TORCH.values()]))


def refusal(given: Collection[str], allowed: Collection[Collection[str]]) -> str:
    """Say which arrays there are, and which there should be."""
    networks = " or ".join(", ".join(names) for names in allowed)
    return f"its arrays are {', '.join(sorted(given)) or 'none'}; allowed is {networks}"
