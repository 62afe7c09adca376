"""How the loops are compiled, and an exp that does not stop them from being vectorised.

Numba compiles anew what it keeps on disk when the file of the kept loop changes, and
looks at no other: who changes this file must also save `kernels.py` again.
"""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numba.extending import overload

OPTIONS: dict[str, Any] = {
    # Sums in any order, a * b + c in one instruction, a / c as a * (1 / c), -0 as 0.
    # Not "nnan" and "ninf": NaN and infinity are how divergence is found out.
    "fastmath": {"reassoc", "contract", "arcp", "nsz"},
    "error_model": "numpy",  # a division by 0 gives infinity
    "nogil": True,  # see train_many
}

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function as part of those that call it."""
    return cast(F, njit(**OPTIONS)(function))


def kept_on_disk(function: F) -> F:
    """Compile a function, and keep the result for later processes where one can."""
    try:
        return cast(F, njit(cache=True, **OPTIONS)(function))
    except RuntimeError:  # no folder for it can be written
        return compiled(function)


LN2 = Decimal("0.693147180559945309417232121458")


def exp(x: Any) -> Any:
    """Stand for e to the power of x, for x <= 0, in compiled code; see `exp_of`."""
    raise NotImplementedError("exp is for compiled code; use numpy.exp")


@overload(exp, jit_options={"fastmath": {"contract"}})
def exp_of(x: Any) -> Callable[[Any], Any]:
    """Write out exp for the precision of x.

    The library's exp is a call, and a loop with a call in it is not vectorised. This
    one is arithmetic alone: with k the whole number nearest to x / ln 2, it is
    2^k exp(r), where r = x - k ln 2 is at most 0.35 in size, so that few terms of
    Taylor's series are enough. Its relative error is below 3e-16; in float32, 2e-7.

    Its sums must be done as written, so "reassoc" is not among the options.
    """
    double = x.bitwidth == 64
    real, integer = (np.float64, np.int64) if double else (np.float32, np.int32)
    # ln 2 in two parts (Cody and Waite): the first has so few digits that k times it
    # is exact, and the second what it lacks.
    scale = 2 ** (32 if double else 12)
    high = round(LN2 * scale) / scale
    ln2_high, ln2_low = real(high), real(LN2 - Decimal(high))
    inverse_ln2, half = real(1 / LN2), real(0.5)
    # Smaller results would be less than the smallest number with all its digits.
    smallest = real(-708 if double else -87)
    # A float's exponent, k + bias, stands in its bits above the mantissa.
    bias, mantissa = integer(1023 if double else 127), integer(52 if double else 23)
    pairs = 7 if double else 4
    series = [real(1 / math.factorial(power)) for power in range(2 * pairs)]
    # Even and odd powers apart: two short chains of sums instead of a long one.
    even, odd = tuple(series[-2::-2]), tuple(series[-1::-2])

    def compiled(x: Any) -> Any:
        x = smallest if x < smallest else x  # NaN stays NaN
        k = np.floor(x * inverse_ln2 + half)
        r = x - k * ln2_high - k * ln2_low
        square = r * r
        evens, odds = even[0], odd[0]
        for i in range(1, pairs):
            evens = evens * square + even[i]
            odds = odds * square + odd[i]
        bits = (np.int32(k) + bias) << mantissa
        return (evens + r * odds) * integer(bits).view(real)

    return compiled
