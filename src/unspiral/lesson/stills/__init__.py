"""Still pictures of figures, for pages without JavaScript and for print.

Each takes its figure's attributes as keywords and returns HTML. The stylesheet gives
each class its colour; each has a marker of its own as well.
"""

from unspiral.lesson.stills.diagrams import loss_curve, network_diagram
from unspiral.lesson.stills.learned import (
    hidden_tiles,
    linear_classifier,
    live_training,
    score_space,
)
from unspiral.lesson.stills.plane import spiral
from unspiral.lesson.stills.tables import (
    backward_trace,
    forward_trace,
    framework_listings,
    framework_parity,
    gradient_check,
    regularisation_loss,
    softmax_scores,
)

__all__ = [
    "backward_trace",
    "forward_trace",
    "framework_listings",
    "framework_parity",
    "gradient_check",
    "hidden_tiles",
    "linear_classifier",
    "live_training",
    "loss_curve",
    "network_diagram",
    "regularisation_loss",
    "score_space",
    "softmax_scores",
    "spiral",
]
