"""Pages and exercises are parsed by several threads of the server at once."""

import inspect
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from unspiral.lesson import parsing


class Garbage:
    """An object that the collector finds, in the middle of some parsing.

    Its finaliser is Python code, and so a moment for another thread to go on.
    """

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        sum(range(300))


@pytest.fixture
def hurry() -> Iterator[None]:
    """Have threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurry")
def test_threads_can_parse_at_the_same_time() -> None:
    source = inspect.getsource(parsing) * 20

    def parse(_: int) -> int:
        for _ in range(5):
            Garbage()
        return len(parsing.parse(source).body)

    with ThreadPoolExecutor(4) as pool:
        lengths = list(pool.map(parse, range(400)))
    assert set(lengths) == {lengths[0]}
