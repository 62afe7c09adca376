"""What the machine could do at most: multiplications and additions a second."""

import time
from typing import Any

import numpy as np
from numba import njit


@njit(fastmath={"contract"})
def eight(v: Any, c: Any, d: Any) -> Any:
    """Multiply and add eight times, one after the other."""
    v = v * c + d
    v = v * c + d
    v = v * c + d
    v = v * c + d
    v = v * c + d
    v = v * c + d
    v = v * c + d
    return v * c + d


@njit(fastmath={"contract"})
def chains(x: Any, c: Any, d: Any, times: int) -> None:
    """Do 4 x 16 of them for each number, in four chains that need not wait."""
    a0, a1, a2, a3 = x[0], x[1], x[2], x[3]
    for _ in range(times):
        for i in range(x.shape[1]):
            a0[i] = eight(eight(a0[i], c, d), c, d)
            a1[i] = eight(eight(a1[i], c, d), c, d)
            a2[i] = eight(eight(a2[i], c, d), c, d)
            a3[i] = eight(eight(a3[i], c, d), c, d)


def peak(dtype: str) -> float:
    """Return the most operations a second, with a fused a * b + c as two."""
    x = np.ones((4, 256), dtype)
    c, d = x.dtype.type(0.5), x.dtype.type(0.25)
    times = 500
    chains(x, c, d, 1)
    seconds = []
    for _ in range(2000):
        began = time.perf_counter()
        chains(x, c, d, times)
        seconds.append(time.perf_counter() - began)
    return 2 * 16 * x.size * times / min(seconds)


def operations(n: int, D: int, h: int, K: int) -> int:
    """Count the operations of a step as the lesson writes it, exponentials left out.

    Forward X W1 + b1, ReLU and hidden W2; backward dW2, dhidden, the gate, dW1 and db1.
    """
    return n * h * (2 * D + 1 + 1 + 2 * K + 2 * K + 2 * K + 1 + 2 * D + 1)
