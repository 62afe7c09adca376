"""Python's own parser, one caller at a time.

CPython 3.11 counts how deep `ast.parse` is in one place for all threads. When two of
them parse at once, the count goes wrong and `ast.parse` may raise SystemError. See
github.com/python/cpython/issues/106905.
"""

import ast
from threading import Lock

turn = Lock()


def parse(source: str) -> ast.Module:
    """Parse a file, as `ast.parse` does."""
    with turn:
        return ast.parse(source)
