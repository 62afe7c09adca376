"""PyTorch with the loss and its gradient compiled."""

from collections.abc import Callable

import torch

from benchmarks.peers import torch_eager


def trainer(dtype: str) -> Callable[[int], float]:
    """Train with torch.compile."""
    return torch_eager.trainer(dtype, torch.compile(torch_eager.loss_of))
