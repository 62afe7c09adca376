"""The engine "fused": whole runs in one compiled loop, which writes no (n, h) array.

What NumPy does in some fifteen arrays is done here while the numbers are in registers.

- **A gradient is a sum over gates.** With g = 1 where a unit is on, and 0 where it is
  off, its sum is ``out = g (x w + b)``, and both of its gradients come from
  ``A = sum of g x dscores`` over the points: ``dW1 = A V^T``, and ``dW2`` is A weighted
  with w. (x has a 1 for the bias at its end.) x dscores is the same for all units: six
  columns, computed once. Then a unit takes for each point one comparison and six
  additions under a mask, and no multiplication with dscores.
- **The last class is given the score 0.** Softmax does not change when a point's scores
  all change alike. So one of K = 3 columns of scores, weights and gradients need not be
  computed: what it is follows from the others.
- **The pre-activation is computed twice**, forward and backward: two instructions, less
  than it takes to write it and to read it again.
- **Points are vectors, units are the outer loop.** LLVM turns the inner loops over the
  points into instructions for 8 float64 or 16 float32 at once with AVX-512 (4 and 8
  with AVX2). Four units at once share the loads and stores of the scores; two units at
  once share the loads of the columns, and their twelve sums stay in registers.
- **exp is written out**, as arithmetic, so that its loop is vectorised too; all
  logarithms of a step are one, of a product.

It takes points in the plane. For others, core does the work.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba.core import event

from unspiral.core import Network, Step, TwoLayerNet
from unspiral.core.training import check_data
from unspiral.engines import reference
from unspiral.engines.contract import Run
from unspiral.engines.fused import kernels


class Compiling(event.Listener):
    """Says that something is compiled, once."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        self.notice: Callable[[str], None] | None = notice

    def on_start(self, event: Any) -> None:  # noqa: ARG002
        """Compiling begins: what was looked for on disk was not there."""
        if self.notice:
            self.notice("Compiling the engine fused: this is done once, in some 10 s.")
        self.notice = None

    def on_end(self, event: Any) -> None:
        """Compiling ends."""


def prepare(
    network: Network, X: np.ndarray, y: np.ndarray, notice: Callable[[str], None]
) -> None:
    """Compile the loop for such a network, or load it from disk."""
    with event.install_listener("numba:compile", Compiling(notice)):
        train(network, X, y, learning_rate=1.0, reg=0.0, steps=0)


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
    check_data(network, X, y)
    n, D = X.shape
    if D > 2 and isinstance(network, TwoLayerNet):
        return reference.train(
            network, X, y, learning_rate=learning_rate, reg=reg, steps=steps
        )
    two_layers = isinstance(network, TwoLayerNet)
    descend: Any = kernels.descend if two_layers else kernels.descend_linear
    memory, parameters = laid_out(network)
    m = kernels.up_to_whole(n, kernels.LANES)
    losses, right = np.empty(steps + 1), np.empty(steps + 1)
    done = descend(
        padded(X.T, (max(D, 2), m), memory.dtype),
        padded(y, (m,), np.dtype(f"i{memory.itemsize}")),
        memory,
        *parameters.values(),
        memory.dtype.type(learning_rate),
        memory.dtype.type(reg),
        n,
        losses,
        right,
    )
    accuracies = right / n
    last = max(done - 1, 0)
    reached = picked_up(parameters, network)
    return Run(
        last=Step(last, reached, float(losses[last]), float(accuracies[last])),
        losses=losses[1:done].copy(),
        accuracies=accuracies[1:done].copy(),
        diverged_at=done if done <= steps else None,
    )


def train_many(
    networks: Sequence[Network],
    X: np.ndarray,
    y: np.ndarray,
    *,
    learning_rates: Sequence[float],
    regs: Sequence[float],
    steps: int,
    threads: int | None = None,
) -> list[Run]:
    """Train networks on the same data, each as `train` does, one on each core.

    A run goes from its start to its end on one core, in whose cache its few arrays
    stay. The compiled loop lets go of Python's lock, so threads are enough.

    Parameters
    ----------
    learning_rates, regs
        One for each network.
    threads
        As many as there are cores, unless given.
    """

    def one(network: Network, learning_rate: float, reg: float) -> Run:
        return train(network, X, y, learning_rate=learning_rate, reg=reg, steps=steps)

    several = zip(networks, learning_rates, regs, strict=True)
    for network in networks[:1]:
        prepare(network, X, y, lambda _: None)  # once, and not in all of the threads
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        return [run.result() for run in [pool.submit(one, *it) for it in several]]


def laid_out(network: Network) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Copy the parameters to where the compiled loops change them.

    They lie one after the other in one piece of memory, which is returned as well. The
    units are along the last axis, in whole blocks; their classes along the first.
    """
    D, K = network.weights()[0].shape[0], network.weights()[-1].shape[1]
    shapes = {"W": (K, D), "b": (K, 1)}
    if isinstance(network, TwoLayerNet):
        u = kernels.up_to_whole(network.b1.size, kernels.UNITS)
        shapes = {"W1": (2, u), "b1": (1, u), "W2": (K, u), "b2": (K, 1)}
    ends = np.cumsum([rows * columns for rows, columns in shapes.values()])
    memory = np.zeros(ends[-1], network.weights()[0].dtype)
    parts = zip(shapes.items(), np.split(memory, ends[:-1]), strict=True)
    parameters = {name: part.reshape(shape) for (name, shape), part in parts}
    for name, given in network.parameters().items():
        rows, columns = given.shape
        turned(name, parameters[name])[:rows, :columns] = given
    return memory, parameters


def picked_up(parameters: dict[str, np.ndarray], network: Network) -> Network:
    """Return a network like the given one, with what has become of its parameters."""
    return type(network)(
        **{
            name: turned(name, parameters[name])[: p.shape[0], : p.shape[1]].copy()
            for name, p in network.parameters().items()
        }
    )


def turned(name: str, parameter: np.ndarray) -> np.ndarray:
    """Turn what has a column for each class, so that it has a row for each."""
    return parameter if name in ("W1", "b1") else parameter.T


def padded(array: np.ndarray, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    """Return a copy with zeros at the ends of its axes."""
    larger = np.zeros(shape, dtype)
    larger[tuple(map(slice, array.shape))] = array
    return larger
