"""No reply holds NaN or infinity: what would is refused, with a sentence."""

from typing import TypeVar

import numpy as np
from msgspec import Struct

from unspiral.lab.wire import RequestError

S = TypeVar("S", bound=Struct)


def checked(message: S) -> S:
    """Return a message of a reply, unless a number in it is not finite."""
    for name in message.__struct_fields__:
        value = getattr(message, name)
        if isinstance(value, np.ndarray | float) and not np.isfinite(value).all():
            raise RequestError(
                f"params: with such numbers, {name} grows beyond what a float can hold."
            )
    return message
