"""The loop of cs231n's case study, step for step as published, written anew.

https://cs231n.github.io/neural-networks-case-study/
"""

from collections.abc import Callable

import numpy as np

from benchmarks.task import LEARNING_RATE, REG, task


def trainer(dtype: str) -> Callable[[int], float]:
    """Train with plain array operations, one line each."""
    network, X, y = task(dtype)
    n = len(X)

    def train(steps: int) -> float:
        W, b, W2, b2 = (p.copy() for p in network.parameters().values())
        for step in range(steps + 1):
            hidden = np.maximum(0, np.dot(X, W) + b)
            scores = np.dot(hidden, W2) + b2
            exp_scores = np.exp(scores)
            probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
            data_loss = np.sum(-np.log(probs[range(n), y])) / n
            reg_loss = 0.5 * REG * np.sum(W * W) + 0.5 * REG * np.sum(W2 * W2)
            loss = data_loss + reg_loss
            if step == steps:
                break

            dscores = probs
            dscores[range(n), y] -= 1
            dscores /= n
            dW2 = np.dot(hidden.T, dscores)
            db2 = np.sum(dscores, axis=0, keepdims=True)
            dhidden = np.dot(dscores, W2.T)
            dhidden[hidden <= 0] = 0
            dW = np.dot(X.T, dhidden)
            db = np.sum(dhidden, axis=0, keepdims=True)
            dW2 += REG * W2
            dW += REG * W

            W += -LEARNING_RATE * dW
            b += -LEARNING_RATE * db
            W2 += -LEARNING_RATE * dW2
            b2 += -LEARNING_RATE * db2
        return float(loss)

    return train
