"""The same training on other machinery: one contract, and an engine a file.

To add an engine, write a module with the functions of `contract.Engine`, and give it a
line in `registry.SOURCES`.
"""

from unspiral.engines.contract import Engine, Run
from unspiral.engines.registry import MissingEngineError, best, engine, installed

__all__ = ["Engine", "MissingEngineError", "Run", "best", "engine", "installed"]
