"""Unspiral: see how a neural network learns, one number at a time."""

from importlib.metadata import version

__version__ = version("unspiral")
