"""Packages that only some uses need, imported when they are asked for."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any


class MissingPackageError(ImportError):
    """A package that is absent or damaged. Its text is one sentence for the user."""


def imported(module: str, *, extra: str) -> Any:
    """Import a module of a package that `extra` installs.

    Raises
    ------
    MissingPackageError
        When it is not installed.
    """
    package, *_ = module.split(".")
    if find_spec(package) is None:
        raise MissingPackageError(
            f"this needs {package}, which is not installed: "
            f"pip install 'unspiral[{extra}]'"
        )
    return import_module(module)
