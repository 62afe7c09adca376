"""What chapter 9 says about the frameworks is so, where NumPy or Python can tell.

With PyTorch installed, its listing is run as well.
"""

import re
from itertools import islice

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, gradient_descent, spiral
from unspiral.lab import initialize, train
from unspiral.lab.messages import (
    Differences,
    InitializeRequest,
    ParityReply,
    TrainRequest,
)
from unspiral.lab.parity.recorded import recorded
from unspiral.lab.parity.verdict import unexplained
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


def runs(reply: ParityReply) -> list[Differences]:
    found = [reply.torch, reply.jax, reply.tensorflow]
    return [run for run in found if run is not None]


def test_the_recorded_runs_are_the_same_up_to_rounding() -> None:
    for dtype in ("float64", "float32"):
        reply = recorded(dtype)
        assert reply.settings.dtype == dtype
        assert reply.moments.tolist() == [1, 100, 10_000]
        assert len(runs(reply)) == 3
        assert list(unexplained(reply)) == []
        # The numbers of NumPy, computed again here.
        start = initialize(InitializeRequest(settings=reply.settings)).params
        lab = train(
            TrainRequest(settings=reply.settings, params=start, step=0, steps=10_000)
        )
        assert reply.numpy.loss == pytest.approx(lab.losses[-1], abs=5e-3)
        assert reply.numpy.accuracy == pytest.approx(lab.accuracies[-1], abs=0.02)


def test_what_the_recorded_runs_show() -> None:
    double, single = recorded("float64"), recorded("float32")
    for run in runs(double):
        assert run.gradients.max() < 1e-12
        assert run.parameters[1].max() < 1e-10
        assert 0.01 <= run.parameters[2].max() < 0.1
        assert run.accuracy == double.numpy.accuracy
    ends = [run.parameters[2].max() for run in runs(double)]
    assert max(ends) <= double.rounding.parameters[2].max()
    # A difference in a last digit of 32 bits would be a ten-thousandth of this.
    assert max(run.parameters[1].max() for run in runs(single)) > 1e-3
