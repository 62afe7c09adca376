"""PyTorch as one writes it: autograd and torch.optim.SGD."""

from collections.abc import Callable
from typing import Any

import torch
from torch.nn import functional

from benchmarks.task import LEARNING_RATE, REG, task


def loss_of(
    parameters: list[torch.Tensor], X: torch.Tensor, y: torch.Tensor
) -> torch.Tensor:
    """Cross-entropy of the data plus the regularisation loss."""
    W1, b1, W2, b2 = parameters
    scores = torch.relu(X @ W1 + b1) @ W2 + b2
    squares = (W1 * W1).sum() + (W2 * W2).sum()
    return functional.cross_entropy(scores, y) + 0.5 * REG * squares


def trainer(dtype: str, loss_of: Any = loss_of) -> Callable[[int], float]:
    """Train with eager operations."""
    network, *data = task(dtype)
    X, y = map(torch.from_numpy, data)

    def train(steps: int) -> float:
        parameters = [
            torch.tensor(p, requires_grad=True) for p in network.parameters().values()
        ]
        optimiser = torch.optim.SGD(parameters, lr=LEARNING_RATE)
        for _ in range(steps):
            optimiser.zero_grad()
            loss_of(parameters, X, y).backward()
            optimiser.step()
        return float(loss_of(parameters, X, y))

    return train
