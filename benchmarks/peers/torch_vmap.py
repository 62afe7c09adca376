"""PyTorch, with loss and gradient batched over many networks."""

from collections.abc import Callable

import torch

from benchmarks.peers import torch_eager
from benchmarks.task import LEARNING_RATE, many, task


def trainer(dtype: str) -> Callable[[int], float]:
    """Train many networks with torch.func.vmap; the loss is that of the first."""
    X, y = map(torch.from_numpy, task(dtype)[1:])
    each = [map(torch.from_numpy, n.parameters().values()) for n in many(dtype)]
    stacked = [torch.stack(alike) for alike in zip(*each, strict=True)]
    step = torch.func.vmap(
        torch.func.grad_and_value(lambda p: torch_eager.loss_of(p, X, y))
    )

    def train(steps: int) -> float:
        parameters = stacked
        for _ in range(steps + 1):
            gradients, losses = step(parameters)
            parameters = [
                p - LEARNING_RATE * g
                for p, g in zip(parameters, gradients, strict=True)
            ]
        return losses[0].item()

    return train
