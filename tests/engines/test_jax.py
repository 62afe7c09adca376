"""What only the engine of JAX has."""

import numpy as np
import pytest

pytest.importorskip("jax", reason="JAX is absent: make test-frameworks")

from unspiral.core import TwoLayerNet, spiral
from unspiral.engines import jax


def test_what_is_compiled_is_forgotten_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jax, "MOST_COMPILED", 2)
    X, y = spiral(np.random.default_rng(0), points=5)

    def losses(hidden: int) -> list[float]:
        network = TwoLayerNet.random(np.random.default_rng(0), hidden=hidden)
        run = jax.train(network, X, y, learning_rate=1.0, reg=0.0, steps=3)
        found: list[float] = run.losses.tolist()
        return found

    first = {}
    for hidden in 3, 4, 5, 6:
        first[hidden] = losses(hidden)
        assert len(jax.compiled) <= 2
    for hidden in first:
        assert losses(hidden) == first[hidden]


def test_once_it_is_prepared_nothing_is_left_to_compile() -> None:
    X, y = spiral(np.random.default_rng(0), points=11)
    network = TwoLayerNet.random(np.random.default_rng(0), hidden=13)

    def compiled() -> list[int]:
        return [of._cache_size() for of in (jax.differentiated, jax.update)]

    before = compiled()
    jax.prepare(network, X, y, print)
    prepared = compiled()
    assert prepared > before
    jax.train(network, X, y, learning_rate=0.5, reg=1e-3, steps=3)
    assert compiled() == prepared
