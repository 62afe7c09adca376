"""What only the fused engine has."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from unspiral.core import TwoLayerNet, spiral

pytest.importorskip("numba", reason="the extra fast is not installed")

from numba import njit

from unspiral.engines import fused
from unspiral.engines.fused.compiling import exp

SCRIPT = """
import numpy as np
from unspiral.core import LinearClassifier, spiral
from unspiral.engines import engine

rng = np.random.default_rng(0)
X, y = spiral(rng, points=10)
network = LinearClassifier.random(rng)
fused = engine("fused")
fused.prepare(network, X, y, print)
run = fused.train(network, X, y, learning_rate=1.0, reg=1e-3, steps=20)
print(run.losses[-1].hex())
"""


@njit
def exp_of_all(x: np.ndarray) -> np.ndarray:
    out = np.empty_like(x)
    for i in range(x.size):
        out[i] = exp(x[i])
    return out


@pytest.mark.parametrize(
    ("dtype", "lowest", "error"), [(np.float64, -708, 3e-16), (np.float32, -87, 2e-7)]
)
def test_exp_is_right_to_the_last_bit_or_two(
    dtype: type[np.floating], lowest: float, error: float
) -> None:
    x = -np.geomspace(1e-20, -lowest, 100_000).astype(dtype)
    expected = np.exp(x.astype(np.longdouble))
    assert np.max(np.abs(exp_of_all(x) / expected - 1)) < error


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_exp_has_its_limits(dtype: type[np.floating]) -> None:
    zero, low, lowest, nan = exp_of_all(np.array([0, -1e5, -np.inf, np.nan], dtype))
    assert zero == 1
    assert 0 < low == lowest < 1e-37
    assert np.isnan(nan)


def test_many_networks_at_once_train_as_each_does_alone() -> None:
    rng = np.random.default_rng(0)
    X, y = spiral(rng, points=20)
    networks = [TwoLayerNet.random(rng, hidden=h) for h in (3, 10, 30, 10, 100)]
    rates, regs = [0.1, 0.3, 1.0, 2.0, 1000.0], [0.0, 1e-3, 1e-2, 1e-3, 10.0]
    runs = fused.train_many(
        networks, X, y, learning_rates=rates, regs=regs, steps=200, threads=2
    )
    for network, rate, reg, run in zip(networks, rates, regs, runs, strict=True):
        alone = fused.train(network, X, y, learning_rate=rate, reg=reg, steps=200)
        assert run.losses.tolist() == alone.losses.tolist()
        assert run.diverged_at == alone.diverged_at
        for name, parameter in alone.last.network.parameters().items():
            assert parameter.tobytes() == run.last.network.parameters()[name].tobytes()
    assert runs[-1].diverged_at is not None


def test_no_networks_take_no_time() -> None:
    X, y = spiral(np.random.default_rng(0))
    assert fused.train_many([], X, y, learning_rates=[], regs=[], steps=9) == []


def outcome(**environment: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


def test_it_is_compiled_once_and_then_read_from_disk(tmp_path: Path) -> None:
    cache = str(tmp_path)
    notice, first = outcome(NUMBA_CACHE_DIR=cache)
    assert notice.startswith("Compiling the engine fused: this is done once")
    assert outcome(NUMBA_CACHE_DIR=cache) == [first]


def test_it_works_where_nothing_can_be_written() -> None:
    no_folder = {
        "NUMBA_CACHE_DIR": os.devnull,
        "NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator",
    }
    notice, _ = outcome(**no_folder)
    assert notice.startswith("Compiling the engine fused")
