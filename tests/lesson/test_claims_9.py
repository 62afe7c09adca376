"""What chapter 9 says about the frameworks is so, where NumPy or Python can tell.

`tests/lab/test_listings.py` runs its programs.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, gradient_descent, spiral
from unspiral.lab import initialize, listings, train
from unspiral.lab.messages import (
    Differences,
    InitializeRequest,
    ListingsRequest,
    ParityReply,
    Settings,
    TrainRequest,
)
from unspiral.lab.parity.recorded import recorded
from unspiral.lab.parity.verdict import unexplained
from unspiral.lesson.chapter import FOLDER

(PATH,) = FOLDER.glob("9-*.md")
(IDIOM,) = re.findall(r"^```python\n(.*?)^```", PATH.read_text(), re.M | re.S)


def like_torch(seed: int | np.random.Generator) -> TwoLayerNet:
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


def test_the_listing_is_cut_from_the_program_as_usually_written() -> None:
    program = listings(ListingsRequest(settings=Settings())).usual.pytorch
    imports, _, listed = IDIOM.partition("\n\n")
    assert f"\n{imports}\n" in program
    # The program's comments on a line of their own are about the differences.
    assert listed in re.sub(r"^#.*\n", "", program, flags=re.MULTILINE)


class Result(NamedTuple):
    loss: float
    cross_entropy: float
    percent: float


MOMENTS = (1000, 10_000)


def trained(
    network: TwoLayerNet,
    *,
    reg: float = 1e-3,
    decay: bool = False,
    dtype: str = "float64",
    moments: tuple[int, ...] = MOMENTS,
) -> list[Result]:
    """Train with one difference or several; what is found at some steps."""
    X, y = spiral(np.random.default_rng(0))
    X = X.astype(dtype)
    start = {name: p.astype(dtype) for name, p in network.parameters().items()}
    network = TwoLayerNet(**start)
    results = []
    for step in range(moments[-1] + 1):
        if step in moments:
            _, scores = network.forward(X)
            right = float(np.mean(scores.argmax(axis=1) == y))
            losses = network.loss(X, y, reg), network.loss(X, y, 0.0)
            results.append(Result(*losses, 100 * right))
        gradients = network.gradients(X, y, reg)
        if decay:
            gradients["b1"] += reg * network.b1
            gradients["b2"] += reg * network.b2
        moved = network.updated(gradients, learning_rate=1.0)
        assert isinstance(moved, TwoLayerNet)
        network = moved
    return results


def ours() -> TwoLayerNet:
    rng = np.random.default_rng(0)
    spiral(rng)
    return TwoLayerNet.random(rng)


def drawn_by_torch() -> TwoLayerNet:
    """Draw what the chapter draws."""
    rng = np.random.default_rng(0)
    spiral(rng)
    return like_torch(rng)


lesson = cache(lambda: trained(ours()))
ROWS: dict[str, Callable[[], list[Result]]] = {
    "nothing: the lesson's program": lesson,
    "PyTorch's first weights": lambda: trained(drawn_by_torch()),
    "the biases decay": lambda: trained(ours(), decay=True),
    "the printed loss": lesson,
    "32 bits": lambda: trained(ours(), dtype="float32"),
    "all four": lambda: trained(drawn_by_torch(), decay=True, dtype="float32"),
}
WITHOUT_PRICE = ("the printed loss", "all four")


def test_the_table_of_differences_has_these_rows() -> None:
    table = PATH.read_text().partition("| What is different |")[2].partition("\n\n")[0]
    assert [row.split("|")[1].strip() for row in table.split("\n")[2:]] == [*ROWS]


@pytest.mark.parametrize("name", ROWS)
def test_what_each_difference_comes_to(name: str) -> None:
    (row,) = re.findall(rf"^\| {name} \|(.*)\|$", PATH.read_text(), re.MULTILINE)
    written = [
        [float(number) for number in re.findall(r"[\d.]+", cell)]
        for cell in row.split("|")
    ]
    losses, percents = written[::2], written[1::2]
    for result, loss, percent in zip(ROWS[name](), losses, percents, strict=True):
        found = result.cross_entropy if name in WITHOUT_PRICE else result.loss
        # Rounding may lead another machine to another place, late or with 32 bits.
        assert min(loss) - 2e-3 <= found <= max(loss) + 2e-3
        assert min(percent) - 0.7 <= result.percent <= max(percent) + 0.7


def with_weights(scales: tuple[float, float], kind: str) -> TwoLayerNet:
    rng = np.random.default_rng(0)
    first, last = (2, 100), (100, 3)
    if kind == "uniform":
        W1, W2 = rng.uniform(-1, 1, first), rng.uniform(-1, 1, last)
    else:
        W1, W2 = rng.standard_normal(first), rng.standard_normal(last)
    b1, b2 = np.zeros((1, 100)), np.zeros((1, 3))
    return TwoLayerNet(scales[0] * W1, b1, scales[1] * W2, b2)


def glorot() -> TwoLayerNet:
    """Draw as Keras does."""
    return with_weights(((6 / 102) ** 0.5, (6 / 103) ** 0.5), "uniform")


def he() -> TwoLayerNet:
    return with_weights(((2 / 2) ** 0.5, (2 / 100) ** 0.5), "normal")


def test_what_the_comments_of_the_usual_programs_say_of_each_difference() -> None:
    (base, _) = lesson()
    ends = {
        "0.296": base.loss,
        "0.191": base.cross_entropy,
        "0.288": trained(ours(), decay=True, moments=(1000,))[0].loss,
        "0.387": trained(ours(), reg=2e-3, moments=(1000,))[0].loss,
        "0.245": trained(he(), moments=(1000,))[0].loss,
    }
    for number, loss in ends.items():
        assert loss == pytest.approx(float(number), abs=2e-3)
    for network in (like_torch(0), like_torch(1), glorot()):
        assert trained(network, moments=(1000,))[0].loss == pytest.approx(
            0.25, abs=5e-3
        )
    usual = listings(ListingsRequest(settings=Settings())).usual
    known = {*ends, "0.25", "0.30", "0.32"}
    for program in (usual.pytorch, usual.jax, usual.tensorflow):
        _, *comments = re.findall(r"^ *# (.*(?:\n *# .*)*)", program, re.MULTILINE)
        said = set(re.findall(r"0\.\d{2,}", "\n".join(comments)))
        assert said
        assert said <= known


def test_the_price_of_keras_pulls_twice_as_hard() -> None:
    text = PATH.read_text()
    said = re.search(r"loss of ([\d.]+) after 1,000 steps and ([\d.]+) after", text)
    assert said
    for result, loss in zip(trained(ours(), reg=2e-3), said.groups(), strict=True):
        assert result.loss == pytest.approx(float(loss), abs=2e-3)


def test_what_we_did_is_a_link_in_each_row() -> None:
    table = PATH.read_text().partition("| What we did |")[2].partition("\n\n")[0]
    rows = table.split("\n")[2:]
    assert len(rows) == 6
    for row in rows:
        we_did, *they_do = row.strip("|").split(" | ")
        assert "](source:unspiral.core." in we_did
        assert any("](https://" in cell for cell in they_do)


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
    assert single.torch is not None
    assert single.torch.parameters[1].max() > 1e-3
