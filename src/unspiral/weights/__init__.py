"""Weights travel: a network as a file that NumPy, PyTorch or ONNX reads, and back."""

from pathlib import Path

import numpy as np

from unspiral.core import Network
from unspiral.weights import npz, onnx, safetensors
from unspiral.weights.torch import to_torch

__all__ = ["load", "save", "to_torch"]

FORMATS = {".npz": npz.save, ".safetensors": safetensors.save, ".onnx": onnx.save}


def save(network: Network, path: str | Path) -> None:
    """Write a network into a file; the end of its name says how.

    ==============  ================================================================
    `.npz`          NumPy's own; `np.load` gives each parameter by its name
    `.safetensors`  PyTorch's names and shapes: what `to_torch` loads as it is
    `.onnx`         the forward pass with its weights, for programs that run it
    ==============  ================================================================

    Raises
    ------
    ValueError
        When the name ends in none of these.
    MissingPackageError
        When the package that writes such a file is not installed.
    """
    path = Path(path)
    if path.suffix not in FORMATS:
        raise ValueError(f"{path} must end in one of {', '.join(FORMATS)}")
    FORMATS[path.suffix](network, path)


def load(path: str | Path) -> Network:
    """Read a network from an `.npz` or a `.safetensors` file, to the last bit.

    What `unspiral train --save` has written is such a file too.

    Raises
    ------
    ValueError
        When the file holds no network of ours, with a sentence that says why.
    MissingPackageError
        When the package that reads such a file is not installed.
    """
    path = Path(path)
    try:
        network = read(path)
        for name, parameter in network.parameters().items():
            if not np.isfinite(parameter).all():
                raise ValueError(f"its {name} holds NaN or infinity")
    except ValueError as error:
        raise ValueError(f"{path} holds no network of ours: {error}") from error
    return network


def read(path: Path) -> Network:
    """Read a network from a file of a kind that its first bytes tell."""
    if path.is_dir():
        raise ValueError("it is a folder")
    with path.open("rb") as file:
        start = file.read(9)
    if start.startswith(b"PK"):  # a zip file
        return npz.load(path)
    if start.endswith(b"{"):  # the length of the header, 8 bytes, and its start
        return safetensors.load(path)
    raise ValueError("it is neither .npz nor .safetensors")
