"""What chapter 9 says about the frameworks is so, where NumPy or Python can tell.

With PyTorch installed, its listing is run as well.
"""

import re
from itertools import islice

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, gradient_descent, spiral
from unspiral.lesson.chapter import FOLDER

(PATH,) = FOLDER.glob("9-*.md")
(IDIOM,) = re.findall(r"^```python\n(.*?)^```", PATH.read_text(), re.M | re.S)


def like_torch(seed: int) -> TwoLayerNet:
    rng = np.random.default_rng(seed)

    def uniform(inputs: int, *shape: int) -> np.ndarray:
        return rng.uniform(-1, 1, shape) / np.sqrt(inputs)

    return TwoLayerNet(
        uniform(2, 2, 100), uniform(2, 1, 100), uniform(100, 100, 3), uniform(100, 1, 3)
    )


def test_the_initial_loss_is_near_ln_3_but_less_exactly() -> None:
    X, y = spiral(np.random.default_rng(0))
    off = [abs(like_torch(seed).loss(X, y, 0.0) - np.log(3)) for seed in range(20)]
    ours = TwoLayerNet.random(np.random.default_rng(0)).loss(X, y, 0.0)
    assert max(off) < 0.1
    assert abs(ours - np.log(3)) < 0.1 * np.mean(off)


def test_decay_of_the_biases_changes_nothing_in_the_first_step_and_more_later() -> None:
    rng = np.random.default_rng(0)
    X, y = spiral(rng)
    start = TwoLayerNet.random(rng)
    ours = list(islice(gradient_descent(start, X, y), 51))
    theirs = start
    for step in range(1, 51):
        gradients = theirs.gradients(X, y)
        gradients["b1"] += 1e-3 * theirs.b1
        gradients["b2"] += 1e-3 * theirs.b2
        moved = theirs.updated(gradients, learning_rate=1.0)
        assert isinstance(moved, TwoLayerNet)
        theirs = moved
        network = ours[step].network
        assert isinstance(network, TwoLayerNet)
        assert (theirs.b1 == network.b1).all() == (step == 1)


def test_how_many_digits_numbers_have() -> None:
    assert np.finfo(np.float32).eps == pytest.approx(1e-7, rel=0.5)
    assert np.finfo(np.float64).eps == pytest.approx(2e-16, rel=0.5)


def test_the_listing_runs() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is absent")
    X, y = spiral(np.random.default_rng(0))
    names = {"X": torch.tensor(X, dtype=torch.float32), "y": torch.tensor(y)}
    exec(IDIOM, names)
    assert names["loss"].item() < 0.5
    weights = [p.shape for p in names["model"].parameters()]
    assert weights == [(100, 2), (100,), (3, 100), (3,)]


def test_the_listing_is_python() -> None:
    compile(IDIOM, str(PATH), "exec")
