"""The compiled loops. See `unspiral.engines.fused` for why they have this shape.

Arrays lie with the points, or the hidden units, along their last axis: the loops that
become vector instructions go along it. `m` is n, and `u` is h, with some more to come
to whole blocks: points whose gradient is 0, and units whose parameters are 0.
"""

import math
from typing import Any

import numpy as np
from numba.extending import register_jitable

from unspiral.engines.fused.compiling import compiled, exp, kept_on_disk

LANES = 32
"""Points come in blocks of so many: two vectors of float32, with AVX-512."""
UNITS = 4
"""Hidden units that the forward pass takes at once."""
CLASSES = 2
"""Classes that the forward pass takes at once: all that are needed, for K = 3."""
COLUMNS = 6
"""Columns that the backward pass adds up at once: all there are, for K = 3."""


@compiled
def forward(inputs: Any, W1: Any, b1: Any, V2: Any, scores: Any) -> None:
    """Add to the scores, (CLASSES, m), what the hidden units give, four at a time.

    The weighted sums out are in registers, and so are the parameters of four units: a
    score is loaded and stored once for them all.
    """
    x1, x2 = inputs[0], inputs[1]
    s0, s1 = scores[0], scores[1]
    v0, v1 = V2[0], V2[1]
    zero = b1.dtype.type(0)
    for j in range(0, b1.size, UNITS):
        b_a, w1_a, w2_a = b1[j], W1[0, j], W1[1, j]
        b_b, w1_b, w2_b = b1[j + 1], W1[0, j + 1], W1[1, j + 1]
        b_c, w1_c, w2_c = b1[j + 2], W1[0, j + 2], W1[1, j + 2]
        b_d, w1_d, w2_d = b1[j + 3], W1[0, j + 3], W1[1, j + 3]
        v0_a, v0_b, v0_c, v0_d = v0[j], v0[j + 1], v0[j + 2], v0[j + 3]
        v1_a, v1_b, v1_c, v1_d = v1[j], v1[j + 1], v1[j + 2], v1[j + 3]
        for i in range(x1.size):
            a = relu(b_a + x1[i] * w1_a + x2[i] * w2_a, zero)
            b = relu(b_b + x1[i] * w1_b + x2[i] * w2_b, zero)
            c = relu(b_c + x1[i] * w1_c + x2[i] * w2_c, zero)
            d = relu(b_d + x1[i] * w1_d + x2[i] * w2_d, zero)
            s0[i] += a * v0_a + b * v0_b + c * v0_c + d * v0_d
            s1[i] += a * v1_a + b * v1_b + c * v1_c + d * v1_d


@compiled
def relu(out: Any, zero: Any) -> Any:
    """Keep what is positive; NaN stays NaN."""
    return zero if out <= zero else out


@compiled
def backward(inputs: Any, W1: Any, b1: Any, columns: Any, sums: Any) -> None:
    """Add up columns, (COLUMNS, m), over the points where each unit is on.

    Two units at a time: their twelve sums are in registers.
    """
    x1, x2 = inputs[0], inputs[1]
    c0, c1, c2 = columns[0], columns[1], columns[2]
    c3, c4, c5 = columns[3], columns[4], columns[5]
    zero = b1.dtype.type(0)
    for j in range(0, b1.size, 2):
        b_a, w1_a, w2_a = b1[j], W1[0, j], W1[1, j]
        b_b, w1_b, w2_b = b1[j + 1], W1[0, j + 1], W1[1, j + 1]
        a0 = a1 = a2 = a3 = a4 = a5 = zero
        d0 = d1 = d2 = d3 = d4 = d5 = zero
        for i in range(x1.size):
            off_a = b_a + x1[i] * w1_a + x2[i] * w2_a <= zero
            off_b = b_b + x1[i] * w1_b + x2[i] * w2_b <= zero
            a0 += zero if off_a else c0[i]
            a1 += zero if off_a else c1[i]
            a2 += zero if off_a else c2[i]
            a3 += zero if off_a else c3[i]
            a4 += zero if off_a else c4[i]
            a5 += zero if off_a else c5[i]
            d0 += zero if off_b else c0[i]
            d1 += zero if off_b else c1[i]
            d2 += zero if off_b else c2[i]
            d3 += zero if off_b else c3[i]
            d4 += zero if off_b else c4[i]
            d5 += zero if off_b else c5[i]
        sums[0, j], sums[1, j], sums[2, j] = a0, a1, a2
        sums[3, j], sums[4, j], sums[5, j] = a3, a4, a5
        sums[0, j + 1], sums[1, j + 1], sums[2, j + 1] = d0, d1, d2
        sums[3, j + 1], sums[4, j + 1], sums[5, j + 1] = d3, d4, d5


@compiled
def softmax(scores: Any, y: Any, dscores: Any, totals: Any, n: int) -> tuple[Any, Any]:
    """Turn scores into their gradient; return the cross-entropy and how many are right.

    Scores are those of each class but the last, less that of the last: its own is 0.
    """
    zero = totals.dtype.type(0)
    one = totals.dtype.type(1)
    scale = one / totals.dtype.type(n)
    last = len(dscores)
    highest, first = np.zeros_like(totals), np.full_like(y, last)
    excess = zero
    for k in range(last - 1, -1, -1):  # of equal scores the first class wins
        for i in range(n):
            wins = scores[k, i] >= highest[i]
            highest[i] = scores[k, i] if wins else highest[i]
            first[i] = k if wins else first[i]
            excess -= scores[k, i] if y[i] == k else zero
    right = 0
    for i in range(n):
        right += first[i] == y[i]
        excess += highest[i]
        totals[i] = exp(zero - highest[i])
    for k in range(last):
        for i in range(n):
            dscores[k, i] = exp(scores[k, i] - highest[i])
            totals[i] += dscores[k, i]
    for k in range(last):
        for i in range(n):
            own = scale if y[i] == k else zero
            dscores[k, i] = dscores[k, i] * (scale / totals[i]) - own

    # One logarithm of a product instead of many: each total is from 1 to K.
    loss, product = np.float64(excess), 1.0
    for i in range(n):
        product *= totals[i]
        if product > 1e200:
            loss += math.log(product)
            product = 1.0
    return (loss + math.log(product)) / n, right


@compiled
def squares(weights: Any) -> float:
    """Sum of all squares of a matrix, in its own precision."""
    total = weights.dtype.type(0)
    for k in range(len(weights)):
        for j in range(weights.shape[1]):
            total += weights[k, j] * weights[k, j]
    return np.float64(total)


@compiled
def copy(origin: Any, copied: Any) -> None:
    """Copy one row of numbers into another."""
    for i in range(origin.size):
        copied[i] = origin[i]


@compiled
def less_that_of_the_last(W2: Any, V2: Any) -> None:
    """Take the last class's row from those of the others."""
    for k in range(len(W2) - 1):
        for j in range(W2.shape[1]):
            V2[k, j] = W2[k, j] - W2[len(W2) - 1, j]


@kept_on_disk
def descend(
    inputs: Any,
    y: Any,
    parameters: Any,
    W1: Any,
    b1: Any,
    W2: Any,
    b2: Any,
    learning_rate: Any,
    reg: Any,
    n: int,
    losses: Any,
    right: Any,
) -> int:
    """Train the two-layer network in place, for as many steps as there are losses.

    Parameters
    ----------
    inputs, y
        (2, m) and (m,), of which n are points.
    parameters
        All parameters one after the other. They end as at the last finite loss.
    W1, b1, W2, b2
        The same memory as (2, u), (1, u), (K, u) and (K, 1).
    losses, right
        To be filled in from the start on, up to the first loss that is not finite;
        `right` is how many points are right.

    Returns
    -------
    int
        How many losses are finite.
    """
    m, u, last = y.size, b1.size, len(b2) - 1
    real = b1.dtype
    # For the kernels' blocks of classes and of columns, with rows of 0 at the end.
    scores = np.zeros((up_to_whole(last, CLASSES), m), real)
    V2 = np.zeros((len(scores), u), real)
    columns = np.zeros((up_to_whole(3 * last, COLUMNS), m), real)
    sums = np.zeros((len(columns), u), real)
    totals, before = np.zeros(m, real), parameters.copy()

    for step in range(losses.size):
        less_that_of_the_last(W2, V2)
        for k in range(last):
            for i in range(n):
                scores[k, i] = b2[k, 0] - b2[last, 0]
        for k in range(0, last, CLASSES):
            forward(inputs, W1, b1[0], V2[k : k + CLASSES], scores[k : k + CLASSES])
        losses[step], right[step] = softmax(scores, y, columns[:last], totals, n)
        losses[step] += 0.5 * np.float64(reg) * (squares(W1) + squares(W2))
        if not abs(losses[step]) < math.inf:
            copy(before, parameters)
            return step
        if step == losses.size - 1:
            break

        copy(parameters, before)
        for k in range(last):
            for i in range(n):
                columns[last + k, i] = columns[k, i] * inputs[0, i]
                columns[2 * last + k, i] = columns[k, i] * inputs[1, i]
        for c in range(0, 3 * last, COLUMNS):
            group = slice(c, c + COLUMNS)
            backward(inputs, W1, b1[0], columns[group], sums[group])
        update(W1, b1[0], W2, b2, V2, columns, sums, learning_rate, reg)
    return losses.size


@register_jitable  # as it is in Python, compiled where compiled code calls it
def up_to_whole(length: int, block: int) -> int:
    """Return the length of the least number of blocks that hold so much."""
    return -(-length // block) * block


@compiled
def update(
    W1: Any,
    b1: Any,
    W2: Any,
    b2: Any,
    V2: Any,
    columns: Any,
    sums: Any,
    learning_rate: Any,
    reg: Any,
) -> None:
    """Go against the gradient, in place."""
    last = len(b2) - 1
    zero = b1.dtype.type(0)
    for j in range(b1.size):
        db1 = dw1 = dw2 = dv_last = zero
        w1, w2, b = W1[0, j], W1[1, j], b1[j]
        for k in range(last):
            on, on_x1, on_x2 = sums[k, j], sums[last + k, j], sums[2 * last + k, j]
            db1 += on * V2[k, j]
            dw1 += on_x1 * V2[k, j]
            dw2 += on_x2 * V2[k, j]
            dv = w1 * on_x1 + w2 * on_x2 + b * on
            dv_last -= dv
            W2[k, j] -= learning_rate * (dv + reg * W2[k, j])
        W2[last, j] -= learning_rate * (dv_last + reg * W2[last, j])
        W1[0, j] = w1 - learning_rate * (dw1 + reg * w1)
        W1[1, j] = w2 - learning_rate * (dw2 + reg * w2)
        b1[j] = b - learning_rate * db1
    for k in range(last):
        db2 = zero
        for i in range(columns.shape[1]):
            db2 += columns[k, i]
        b2[k, 0] -= learning_rate * db2
        b2[last, 0] += learning_rate * db2


@kept_on_disk
def descend_linear(
    inputs: Any,
    y: Any,
    parameters: Any,
    W: Any,
    b: Any,
    learning_rate: Any,
    reg: Any,
    n: int,
    losses: Any,
    right: Any,
) -> int:
    """Train the linear classifier in the same way: W is (K, D), and b (K, 1)."""
    m, D, last = y.size, W.shape[1], len(b) - 1
    zero = b.dtype.type(0)
    scores, dscores = np.zeros((last, m), W.dtype), np.zeros((last, m), W.dtype)
    V = np.zeros((last, D), W.dtype)
    totals, before = np.zeros(m, W.dtype), parameters.copy()

    for step in range(losses.size):
        less_that_of_the_last(W, V)
        for k in range(last):
            for i in range(n):
                scores[k, i] = b[k, 0] - b[last, 0]
            for d in range(D):
                for i in range(n):
                    scores[k, i] += inputs[d, i] * V[k, d]
        losses[step], right[step] = softmax(scores, y, dscores, totals, n)
        losses[step] += 0.5 * np.float64(reg) * squares(W)
        if not abs(losses[step]) < math.inf:
            copy(before, parameters)
            return step
        if step == losses.size - 1:
            break

        copy(parameters, before)
        for d in range(D):
            dw_last = zero
            for k in range(last):
                dw = zero
                for i in range(n):
                    dw += dscores[k, i] * inputs[d, i]
                dw_last -= dw
                W[k, d] -= learning_rate * (dw + reg * W[k, d])
            W[last, d] -= learning_rate * (dw_last + reg * W[last, d])
        for k in range(last):
            db = zero
            for i in range(n):
                db += dscores[k, i]
            b[k, 0] -= learning_rate * db
            b[last, 0] += learning_rate * db
    return losses.size
