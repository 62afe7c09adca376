"""What a figure asks for: pure functions from a typed request to a typed reply.

`OPERATIONS` lists them under the names they have on the wire and in TypeScript.
"""

from collections.abc import Callable
from typing import Any, get_type_hints

from threadpoolctl import threadpool_limits

from unspiral.lab.collapse import collapse
from unspiral.lab.data import spiral
from unspiral.lab.decision_map import decision_map
from unspiral.lab.features import features
from unspiral.lab.gradient_check import gradient_check
from unspiral.lab.listings import listings
from unspiral.lab.losses import losses
from unspiral.lab.parity import parity
from unspiral.lab.probabilities import cross_entropy_curve, softmax
from unspiral.lab.rays import rays
from unspiral.lab.score_space import score_space
from unspiral.lab.sides import sides
from unspiral.lab.trace import trace
from unspiral.lab.training import initialize, moments, train

__all__ = [
    "OPERATIONS",
    "collapse",
    "cross_entropy_curve",
    "decision_map",
    "features",
    "gradient_check",
    "initialize",
    "listings",
    "losses",
    "messages_of",
    "moments",
    "parity",
    "rays",
    "score_space",
    "sides",
    "softmax",
    "spiral",
    "trace",
    "train",
]

# With several threads, the last bits of large products depend on how many there are,
# and the same settings would not give the same numbers everywhere. The networks here
# are so small that more threads do not help.
threadpool_limits(limits=1, user_api="blas")

OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "spiral": spiral,
    "initialize": initialize,
    "train": train,
    "moments": moments,
    "decision_map": decision_map,
    "sides": sides,
    "rays": rays,
    "collapse": collapse,
    "trace": trace,
    "softmax": softmax,
    "cross_entropy_curve": cross_entropy_curve,
    "losses": losses,
    "gradient_check": gradient_check,
    "features": features,
    "score_space": score_space,
    "listings": listings,
    "parity": parity,
}


def messages_of(operation: Callable[[Any], Any]) -> tuple[type, type]:
    """Return the types of an operation's request and reply."""
    hints = get_type_hints(operation)
    return hints["request"], hints["return"]
