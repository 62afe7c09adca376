"""Networks in `.npz` files, NumPy's own."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from unspiral.core import Network
from unspiral.weights.layout import KINDS, network_of


def save(network: Network, path: Path, **more: Any) -> None:
    """Write the parameters by their names, and what else there is to keep."""
    arrays: dict[str, Any] = {**network.parameters(), **more}
    with path.open("wb") as file:  # given a path, savez may add .npz to it
        np.savez(file, **arrays)


def load(path: Path) -> Network:
    """Read the parameters; what else the file holds is left alone."""
    names = {name for shapes in KINDS.values() for name in shapes}
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            return network_of({name: arrays[name] for name in arrays if name in names})
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError) as error:
        raise ValueError("it is damaged") from error
