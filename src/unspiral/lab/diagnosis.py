"""What went wrong in a run, said in words."""

import numpy as np

from unspiral.core import Network, Step, TwoLayerNet
from unspiral.lab.messages import Diagnosis

PATIENCE = 200
"""Steps after which a loss that has not moved counts as stalled."""


def dead_units(network: Network, X: np.ndarray) -> int:
    """Count the hidden units that give 0 for every point."""
    if not isinstance(network, TwoLayerNet):
        return 0
    with np.errstate(over="ignore", invalid="ignore"):  # weights near divergence
        hidden, _ = network.forward(X.astype(network.W1.dtype, copy=False))
    return int(np.sum(~(hidden > 0).any(axis=0)))


def diagnose(
    last: Step, dead: int, *, step: int = 0, diverged_at: int | None = None
) -> Diagnosis | None:
    """Name what is wrong at the last step with a finite loss, if anything is.

    Parameters
    ----------
    last
        The last step whose loss is finite.
    dead
        Number of dead hidden units there.
    step
        How many steps the run has taken up to there.
    diverged_at
        The step at which the loss was no longer finite.
    """
    network = last.network
    if diverged_at is not None:
        return Diagnosis(
            kind="diverged",
            sentence=f"The run diverged: at step {diverged_at:,} the numbers grew "
            "beyond what a float can hold, and the loss is no longer a number.",
            advice="Lower the learning rate or the regularisation, and start again.",
        )
    if isinstance(network, TwoLayerNet) and dead == network.b1.size:
        return Diagnosis(
            kind="dead",
            sentence=f"All {dead} hidden units are dead: each gives 0 for every point, "
            "so no gradient reaches W1 and all points get the same scores.",
            advice="No further step can wake them. Lower the learning rate, and start "
            "again.",
        )
    classes = network.weights()[-1].shape[1]
    if step >= PATIENCE and last.loss > 0.99 * np.log(classes):
        return Diagnosis(
            kind="stalled",
            sentence=f"After {step:,} steps the loss is {last.loss:.3f}, hardly below "
            f"ln {classes} = {np.log(classes):.3f}, where guessing stands.",
            advice="Raise the learning rate, or start from He weights.",
        )
    return None
