"""What scores stand for, and what a probability costs."""

import numpy as np

from unspiral.core import loss
from unspiral.lab.messages import (
    CrossEntropyCurveReply,
    CrossEntropyCurveRequest,
    SoftmaxReply,
    SoftmaxRequest,
)


def softmax(request: SoftmaxRequest) -> SoftmaxReply:
    """Turn scores into probabilities, and those into costs."""
    scores = request.scores.astype(np.float64)
    shifted = scores - scores.max(axis=1, keepdims=True)
    exp_scores = np.exp(shifted)
    return SoftmaxReply(
        shifted=shifted,
        exp_scores=exp_scores,
        totals=exp_scores.sum(axis=1, keepdims=True),
        probs=loss.softmax(scores),
        costs=0 - loss.log_softmax(scores),  # with a minus alone, 0 gives -0
    )


def cross_entropy_curve(request: CrossEntropyCurveRequest) -> CrossEntropyCurveReply:
    """Compute the cost of some probabilities."""
    if request.p is not None:
        p = request.p.astype(np.float64)
    else:
        p = np.geomspace(request.smallest, 1, request.samples)
    return CrossEntropyCurveReply(p=p, costs=0 - np.log(p))
