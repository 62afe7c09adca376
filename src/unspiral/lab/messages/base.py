"""What all messages share: their base, and checks of their arrays."""

from typing import Annotated

import numpy as np
from msgspec import Meta, Struct

Seed = Annotated[int, Meta(ge=0, le=2**32 - 1)]
StepNumber = Annotated[int, Meta(ge=0, le=10_000_000)]
Reg = Annotated[float, Meta(ge=0, le=10)]
Extent = Annotated[float, Meta(gt=0, le=100)]
"""How far a square around the origin reaches, in x1 and in x2."""

MOST_CLASSES = 10
MOST_HIDDEN = 500
LENGTHS = {
    "1": (1, 1),
    "D": (2, 2),
    "h": (1, MOST_HIDDEN),
    "K": (2, MOST_CLASSES),
    "n": (1, 5000),
    "m": (1, 1000),
}
"""Fewest and most entries along each axis of the arrays in a request."""


class Message(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """Base of all messages."""


def check_shapes(message: Message, **axes: tuple[str, ...]) -> None:
    """Raise ValueError unless the arrays fit together: equal names, equal lengths."""
    first, *_ = axes
    dtype = getattr(message, first).dtype
    lengths = dict(LENGTHS)
    seen_in: dict[str, str] = {}
    for name, expected in axes.items():
        array = getattr(message, name)
        if array.dtype not in (np.float32, np.float64):
            raise ValueError(f"{name} is {array.dtype}; it must be float64 or float32")
        if array.dtype != dtype:
            raise ValueError(
                f"{name} is {array.dtype}; it must be {dtype}, as {first} is"
            )
        if array.ndim != len(expected):
            raise ValueError(
                f"{name} has {array.ndim} axes; it must have {len(expected)}"
            )
        for axis, length in zip(expected, array.shape, strict=True):
            low, high = lengths[axis]
            if not low <= length <= high:
                shape = " x ".join(str(length) for length in array.shape)
                allowed = f"= {low}" if low == high else f"from {low} to {high}"
                raise ValueError(
                    f"{name} is {shape}; it must be {' x '.join(expected)}, "
                    f"with {axis} {allowed}"
                    + (f" as in {seen_in[axis]}" if axis in seen_in else "")
                )
            lengths[axis] = (length, length)
            seen_in.setdefault(axis, name)


def check_within(name: str, array: np.ndarray, low: float, high: float) -> None:
    """Raise ValueError unless all numbers are within bounds; NaN never is."""
    outside = array[~((array >= low) & (array <= high))]
    if outside.size:
        raise ValueError(
            f"{name} holds {outside[0]:g}; allowed is a number from {low:g} to {high:g}"
        )
