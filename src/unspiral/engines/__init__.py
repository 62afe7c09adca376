"""The same training on other machinery: one contract, and an engine a file.

To add an engine, write a module with the functions of `contract.Engine`, and give it a
line in `registry.SOURCES`.
"""

from unspiral.engines.contract import Engine, Run
from unspiral.engines.registry import best, engine, installed
from unspiral.extras import MissingPackageError

__all__ = ["Engine", "MissingPackageError", "Run", "best", "engine", "installed"]
