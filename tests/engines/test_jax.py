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
