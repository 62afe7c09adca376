"""One test for every engine: each trains as core does."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

import numpy as np
import pytest

from unspiral import engines
from unspiral.core import LinearClassifier, Network, TwoLayerNet, gradient_descent
from unspiral.core import spiral as draw
from unspiral.engines import Engine, registry

ROUNDING = {np.float64: 1e-9, np.float32: 2e-4}
"""How far off an engine may be after 100 steps, relative to 1 or the largest entry."""

PRECISIONS = pytest.mark.parametrize("dtype", [np.float64, np.float32])
SETTINGS: dict[str, Any] = {"learning_rate": 1.0, "reg": 1e-3}

Case = tuple[Network, np.ndarray, np.ndarray]


@pytest.fixture(params=engines.installed())
def engine(request: pytest.FixtureRequest) -> Engine:
    return engines.engine(request.param)


def case(dtype: type[np.floating] = np.float64, **sizes: int) -> Case:
    """Make points, and a network for them; without `hidden` it is the linear one."""
    n, D, K = sizes.get("n", 300), sizes.get("D", 2), sizes.get("K", 3)
    rng = np.random.default_rng(0)
    if D == 2 and n % K == 0:
        X, y = draw(rng, points=n // K, classes=K)
    else:
        X, y = rng.standard_normal((n, D)), rng.integers(K, size=n)
    network: Network = LinearClassifier.random(rng, features=D, classes=K)
    if "hidden" in sizes:
        network = TwoLayerNet.random(
            rng, features=D, hidden=sizes["hidden"], classes=K, init="he"
        )
    return network.astype(dtype), X, y


def assert_trains_as_core_does(
    engine: Engine, given: Case, steps: int, **settings: Any
) -> None:
    network, X, y = given
    settings = SETTINGS | settings
    run = engine.train(network, X, y, steps=steps, **settings)
    start, *expected = islice(gradient_descent(network, X, y, **settings), steps + 1)
    diverged = [step.step for step in [start, *expected] if not np.isfinite(step.loss)]
    finite = [step for step in expected if np.isfinite(step.loss)]
    last = finite[-1] if finite else start

    assert run.diverged_at == (diverged[0] if diverged else None)
    dtype = network.weights()[0].dtype.type
    rounding = ROUNDING[dtype]
    losses = np.array([step.loss for step in finite])
    assert run.losses.dtype == run.accuracies.dtype == np.float64
    assert np.allclose(run.losses, losses, rtol=rounding, atol=rounding)
    accuracies = np.array([step.accuracy for step in finite])
    # In float32 a point on a border may fall on either side.
    near = 0 if dtype == np.float64 else 2 / len(y) + 1e-15
    assert np.allclose(run.accuracies, accuracies, rtol=0, atol=near)
    assert run.last.step == last.step
    if np.isfinite(last.loss):
        assert run.last.loss == pytest.approx(last.loss, rel=rounding)
        assert run.last.accuracy == pytest.approx(last.accuracy, abs=near, rel=0)
    else:
        assert not np.isfinite(run.last.loss)
    assert type(run.last.network) is type(network)
    for name, parameter in last.network.parameters().items():
        found = run.last.network.parameters()[name]
        assert (found.dtype, found.shape) == (parameter.dtype, parameter.shape)
        far = rounding * np.abs(parameter[np.isfinite(parameter)]).max(initial=1)
        assert np.allclose(found, parameter, rtol=0, atol=far, equal_nan=True), name


@PRECISIONS
@pytest.mark.parametrize("sizes", [{}, {"hidden": 100}], ids=["linear", "two-layer"])
def test_100_steps_of_the_case_study(
    engine: Engine, sizes: dict[str, int], dtype: type[np.floating]
) -> None:
    assert_trains_as_core_does(engine, case(dtype, **sizes), 100)


@PRECISIONS
@pytest.mark.parametrize(
    "sizes",
    [
        {"n": 1, "hidden": 100},
        {"n": 1},
        {"n": 2, "K": 2, "hidden": 3},
        {"n": 300, "hidden": 1},
        {"n": 150, "hidden": 500},
        {"n": 97, "K": 2, "hidden": 7},
        {"n": 50, "K": 10, "hidden": 33},
        {"n": 50, "K": 10},
        {"n": 64, "D": 1, "K": 1, "hidden": 5},
        {"n": 33, "D": 1, "K": 4, "hidden": 9},
        {"n": 61, "D": 10, "K": 7, "hidden": 20},
        {"n": 61, "D": 10, "K": 7},
    ],
    ids=str,
)
def test_other_sizes(
    engine: Engine, sizes: dict[str, int], dtype: type[np.floating]
) -> None:
    assert_trains_as_core_does(engine, case(dtype, **sizes), 100, learning_rate=0.1)


@PRECISIONS
@pytest.mark.parametrize("sizes", [{}, {"hidden": 100}], ids=["linear", "two-layer"])
def test_a_run_that_diverges(
    engine: Engine, sizes: dict[str, int], dtype: type[np.floating]
) -> None:
    # Each step multiplies the weights by -99, whatever the data.
    network, X, y = case(dtype, **sizes)
    run = engine.train(network, X, y, learning_rate=10.0, reg=10.0, steps=1000)
    assert run.diverged_at is not None
    assert run.last.step == len(run.losses) == run.diverged_at - 1
    assert np.isfinite(run.losses).all()
    assert_trains_as_core_does(
        engine, (network, X, y), 1000, learning_rate=10.0, reg=10.0
    )


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e200])
@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_a_start_without_a_finite_loss(engine: Engine, name: str, bad: float) -> None:
    network, X, y = case(hidden=20)
    parameters = network.parameters()
    parameters[name][0, 0] = bad
    for reg in 0.0, 1.0:
        assert_trains_as_core_does(
            engine, (TwoLayerNet(**parameters), X, y), 3, reg=reg
        )


def test_units_that_die(engine: Engine) -> None:
    network, X, y = case(hidden=100)
    run = engine.train(network, X, y, learning_rate=30.0, reg=1e-3, steps=20)
    hidden, _ = run.last.network.forward(X)
    assert not hidden.any()
    dead = (run.last.network, X, y)
    assert_trains_as_core_does(engine, dead, 100)


@PRECISIONS
def test_of_equal_scores_the_first_wins(
    engine: Engine, dtype: type[np.floating]
) -> None:
    def ones(*shape: int) -> np.ndarray:
        return np.ones(shape, dtype)

    X, y = np.ones((4, 2)), np.array([0, 0, 0, 1])
    network = TwoLayerNet(W1=ones(2, 5), b1=ones(1, 5), W2=ones(5, 3), b2=ones(1, 3))
    for steps in 0, 3:  # too short to move anything
        run = engine.train(network, X, y, learning_rate=1e-30, reg=0.0, steps=steps)
        assert run.last.accuracy == 3 / 4
    assert run.accuracies.tolist() == [3 / 4] * 3


def test_at_the_border_of_the_gate_nothing_gets_through(engine: Engine) -> None:
    network, X, y = case(hidden=4)
    assert isinstance(network, TwoLayerNet)
    network.W1[:, 0] = network.b1[0, 0] = 0
    run = engine.train(network, X, y, learning_rate=1.0, reg=0.0, steps=10)
    assert isinstance(run.last.network, TwoLayerNet)
    assert not run.last.network.W1[:, 0].any()
    assert run.last.network.b1[0, 0] == 0
    assert_trains_as_core_does(engine, (network, X, y), 10)


@PRECISIONS
@pytest.mark.parametrize("sizes", [{}, {"hidden": 100}], ids=["linear", "two-layer"])
def test_in_pieces_or_at_once_the_numbers_are_the_same(
    engine: Engine, sizes: dict[str, int], dtype: type[np.floating]
) -> None:
    network, X, y = case(dtype, **sizes)
    at_once = engine.train(network, X, y, steps=50, **SETTINGS)
    losses: list[float] = []
    for steps in 0, 1, 19, 30:
        run = engine.train(network, X, y, steps=steps, **SETTINGS)
        network = run.last.network
        losses.extend(run.losses.tolist())
    assert losses == at_once.losses.tolist()
    for name, parameter in at_once.last.network.parameters().items():
        assert parameter.tobytes() == network.parameters()[name].tobytes()


def test_in_several_threads_the_numbers_are_the_same(engine: Engine) -> None:
    def losses(hidden: int) -> list[float]:
        network, X, y = case(hidden=hidden)
        run = engine.train(network, X, y, steps=20, **SETTINGS)
        found: list[float] = run.losses.tolist()
        return found

    sizes = [7, 30, 100] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(losses, sizes))
    assert found == [losses(hidden) for hidden in sizes]


def test_neither_the_network_nor_the_data_change(engine: Engine) -> None:
    network, X, y = case(hidden=10)
    for array in (X, y, *network.parameters().values()):
        array.flags.writeable = False  # writing to it would raise
    assert engine.train(network, X, y, steps=10, **SETTINGS).last.step == 10


def test_arrays_may_lie_in_memory_in_any_order(engine: Engine) -> None:
    network, X, y = case(hidden=10)
    turned: dict[str, Any] = {
        name: np.asfortranarray(p) for name, p in network.parameters().items()
    }
    data = np.asfortranarray(X), y.astype(np.int32)[::1]
    run = engine.train(TwoLayerNet(**turned), *data, steps=10, **SETTINGS)
    straight = engine.train(network, X, y, steps=10, **SETTINGS)
    assert np.allclose(run.losses, straight.losses, rtol=1e-12)


def test_data_that_do_not_fit_are_refused_in_words(engine: Engine) -> None:
    network, X, y = case(hidden=10)
    with pytest.raises(ValueError, match=r"^X has 5 features; the network takes 2$"):
        engine.train(network, np.zeros((300, 5)), y, steps=1, **SETTINGS)
    with pytest.raises(ValueError, match=r"^y has labels from 3 to 5; with 3 classes"):
        engine.train(network, X, y % 3 + 3, steps=1, **SETTINGS)


def test_it_says_so_when_it_will_take_seconds(engine: Engine) -> None:
    notices: list[str] = []
    for _ in range(2):
        seen = len(notices)
        engine.prepare(*case(hidden=10), notices.append)
    assert len(notices) == seen  # not a second time


def test_importing_unspiral_imports_no_engine() -> None:
    script = "import sys, unspiral.apps.command_line, unspiral.engines\n" + (
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    command = [sys.executable, "-c", script]
    imported = subprocess.check_output(command, text=True).split()
    assert "unspiral" in imported
    needed = {source.needs for source in registry.SOURCES.values()} - {"numpy"}
    assert not needed & set(imported)


def test_one_that_is_absent_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    absent = registry.Source("unspiral.engines.absent", needs="no_such", extra="some")
    monkeypatch.setitem(registry.SOURCES, "absent", absent)
    assert "absent" not in engines.installed()
    sentence = r"needs no_such, which is not .* pip install 'unspiral\[some\]'$"
    with pytest.raises(engines.MissingPackageError, match=sentence):
        engines.engine("absent")
    with pytest.raises(ValueError, match="engine is 'abacus'; allowed is numpy, fused"):
        engines.engine("abacus")
