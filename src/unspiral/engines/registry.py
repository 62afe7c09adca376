"""The engines by name. None is imported before it is asked for."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from unspiral.engines.contract import Engine
from unspiral.extras import MissingPackageError


@dataclass(frozen=True)
class Source:
    """Where an engine is found."""

    module: str
    needs: str = "numpy"
    """What it imports, which need not be installed."""
    extra: str = ""
    """The extra of this package that installs it."""


SOURCES = {
    "numpy": Source("unspiral.engines.reference"),
    "fused": Source("unspiral.engines.fused", needs="numba", extra="fast"),
    "torch": Source("unspiral.engines.pytorch", needs="torch", extra="torch"),
    "jax": Source("unspiral.engines.jax", needs="jax", extra="jax"),
    "tensorflow": Source(
        "unspiral.engines.tensorflow", needs="tensorflow", extra="tensorflow"
    ),
}


def installed() -> list[str]:
    """Return the names of the engines that can be used here."""
    return [name for name, source in SOURCES.items() if find_spec(source.needs)]


def best() -> str:
    """Return the name of the fastest engine that can be used here."""
    return "fused" if "fused" in installed() else "numpy"


def engine(name: str) -> Engine:
    """Import an engine.

    Raises
    ------
    ValueError
        When there is none of this name.
    MissingPackageError
        When what it needs is not installed, or does not start.
    """
    if name not in SOURCES:
        raise ValueError(f"engine is {name!r}; allowed is {', '.join(SOURCES)}")
    source = SOURCES[name]
    if name not in installed():
        raise MissingPackageError(how_to_install(name))
    try:
        return cast(Engine, import_module(source.module))
    except Exception as error:  # whatever a damaged package raises
        first, *_ = f"{type(error).__name__}: {error}".splitlines()
        raise MissingPackageError(
            f"The engine {name} needs {source.needs}, which is installed but does "
            f"not start: {first.rstrip('.')}"
        ) from error


def how_to_install(name: str) -> str:
    """Say what an engine needs that is not installed."""
    source = SOURCES[name]
    return (
        f"The engine {name} needs {source.needs}, which is not installed. "
        f"Install it with: pip install 'unspiral[{source.extra}]'"
    )
