"""What the differences between a framework and core are."""

from collections.abc import Iterator

import numpy as np

from unspiral.lab.messages import Differences, ParityReply

SAME = {"float64": (1e-12, 1e-10), "float32": (1e-6, 1e-6)}
"""What is no difference: between gradients at step 0, and up to step 100 between
parameters."""

AS_LARGE = 10
"""Differences that are so many times those of rounding, or less, are rounding."""


def unexplained(reply: ParityReply) -> Iterator[str]:
    """Write a sentence for each difference that rounding does not explain."""
    of_gradient, of_parameter = SAME[reply.settings.dtype]
    for name in ("torch", "jax", "tensorflow"):
        found: Differences | None = getattr(reply, name)
        if found is None:
            continue
        worst = found.gradients.max()
        limit = max(of_gradient, AS_LARGE * reply.rounding.gradients.max())
        if not worst <= limit:
            yield f"{name}: a gradient differs by {worst:.1e} at step 0."
        for moment, theirs, rounded in zip(
            reply.moments, found.parameters, reply.rounding.parameters, strict=True
        ):
            limit = AS_LARGE * rounded.max()
            if moment <= 100:
                limit = max(limit, of_parameter)
            if not theirs.max() <= limit:
                worst = np.max(theirs)
                yield f"{name}: a parameter differs by {worst:.1e} at step {moment:,}."
