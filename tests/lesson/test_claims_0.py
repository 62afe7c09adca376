"""What chapter 0 says is so."""

import re
from collections.abc import Callable

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, spiral
from unspiral.core.loss import cross_entropy_backward, softmax
from unspiral.lesson.chapter import FOLDER


def test_the_number_of_parameters(says: Callable[[int, str], bool]) -> None:
    network = TwoLayerNet.random(np.random.default_rng(0))
    count = sum(p.size for p in network.parameters().values())
    assert count == 603
    assert says(0, f"ours has {count}")


def test_every_line_that_is_counted_is_shown_in_some_chapter() -> None:
    first, *others = [path.read_text() for path in sorted(FOLDER.glob("*.md"))]
    counted = re.findall(r'"(\w+:[\w.]+)"', first)
    shown = re.findall(r"^```source unspiral\.core\.(\S+)", "\n".join(others), re.M)
    assert len(counted) == 13
    assert set(counted) <= set(shown)


def loss_without(term: str, steps: int = 1000) -> float:
    """Train as chapter 7 does, with one term of the backward pass left out."""
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    network = TwoLayerNet.random(rng)
    reg = 0.0 if term == "reg" else 1e-3
    for _ in range(steps):
        hidden, scores = network.forward(X)
        dscores = cross_entropy_backward(softmax(scores), y)
        dhidden = dscores @ network.W2.T
        if term != "gate":
            dhidden *= hidden > 0
        db1 = dhidden.sum(axis=0, keepdims=True)
        gradients = {
            "W1": X.T @ dhidden + reg * network.W1,
            "b1": np.zeros_like(db1) if term == "b1" else db1,
            "W2": hidden.T @ dscores + reg * network.W2,
            "b2": dscores.sum(axis=0, keepdims=True),
        }
        network = network.updated(gradients, learning_rate=0.32)  # type: ignore[assignment]
    return network.loss(X, y)


@pytest.mark.parametrize("term", ["gate", "b1", "reg"])
def test_without_a_term_the_loss_goes_down_all_the_same_only_less_far(
    term: str,
) -> None:
    assert loss_without("nothing") + 0.01 < loss_without(term) < 0.7 < np.log(3)
