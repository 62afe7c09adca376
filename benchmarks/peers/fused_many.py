"""The fused engine's train_many, on the cores that it is given."""

import os
from collections.abc import Callable

from benchmarks.task import LEARNING_RATE, MANY, REG, many, task
from unspiral.engines.fused import train_many


def trainer(dtype: str) -> Callable[[int], float]:
    """Train many networks; the loss is that of the first."""
    _, X, y = task(dtype)
    networks = many(dtype)
    can_choose = hasattr(os, "sched_getaffinity")
    threads = len(os.sched_getaffinity(0)) if can_choose else os.cpu_count()

    def train(steps: int) -> float:
        runs = train_many(
            networks,
            X,
            y,
            learning_rates=[LEARNING_RATE] * MANY,
            regs=[REG] * MANY,
            steps=steps,
            threads=threads,
        )
        return runs[0].last.loss

    return train
