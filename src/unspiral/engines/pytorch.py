"""The engine "torch": PyTorch finds the gradients and takes the steps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
import torch

from unspiral.core import Network
from unspiral.core.network import Gradients
from unspiral.engines.contract import Run
from unspiral.engines.framework import follow
from unspiral.weights import to_torch
from unspiral.weights.layout import from_torch_layout

VERSION = str(torch.__version__)


def prepare(
    network: Network,
    X: np.ndarray,
    y: np.ndarray,
    notice: Callable[[str], None],  # noqa: ARG001
) -> None:
    """Take a step, which goes nowhere: PyTorch starts much of itself in the first."""
    train(network, X, y, learning_rate=0.0, reg=0.0, steps=1)


def train(
    network: Network,
    X: np.ndarray,
    y: np.ndarray,
    *,
    learning_rate: float,
    reg: float,
    steps: int,
) -> Run:
    """Take some steps of gradient descent, up to divergence."""
    begin = partial(Training, network, X, y, learning_rate, reg)
    with one_thread():
        return follow(begin, network, X, y, reg=reg, steps=steps)


def gradients(
    network: Network, X: np.ndarray, y: np.ndarray, *, reg: float
) -> Gradients:
    """Return the gradient of the loss on each parameter, found by PyTorch."""
    training = Training(network, X, y, 1.0, reg)
    squares = sum(weight.square().sum() for weight in training.weights)
    (training.data_loss + reg / 2 * squares).backward()
    named = training.model.named_parameters()
    return from_torch_layout({name: p.grad.numpy() for name, p in named}).parameters()


@contextmanager
def one_thread() -> Iterator[None]:
    """Let PyTorch use one thread, as NumPy does in the lab; small networks like it."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class Training:
    """A network in training."""

    def __init__(
        self,
        network: Network,
        X: np.ndarray,
        y: np.ndarray,
        learning_rate: float,
        reg: float,
    ) -> None:
        self.model = to_torch(network)
        named = dict(self.model.named_parameters())
        self.weights = [p for name, p in named.items() if name.endswith("weight")]
        biases = [p for name, p in named.items() if name.endswith("bias")]
        self.X = torch.tensor(X, dtype=self.weights[0].dtype)
        self.y = torch.tensor(y, dtype=torch.int64)
        self.loss_function = torch.nn.CrossEntropyLoss()
        # weight_decay adds reg * W to the gradient on W. The biases are not to decay.
        self.optimizer = torch.optim.SGD(
            [{"params": self.weights, "weight_decay": reg}, {"params": biases}],
            lr=learning_rate,
        )
        self.data_loss = self.loss_function(self.model(self.X), self.y)

    def step(self) -> tuple[float, float, float]:
        """Take a step; return what came of it."""
        self.optimizer.zero_grad()
        self.data_loss.backward()
        self.optimizer.step()

        scores = self.model(self.X)
        self.data_loss = self.loss_function(scores, self.y)
        with torch.no_grad():
            accuracy = (scores.argmax(dim=1) == self.y).double().mean()
            squares = sum(weight.square().sum().item() for weight in self.weights)
        return self.data_loss.item(), squares, accuracy.item()

    def network(self) -> Network:
        """Return the network as it is now."""
        state = self.model.state_dict()
        return from_torch_layout({name: p.numpy() for name, p in state.items()})
