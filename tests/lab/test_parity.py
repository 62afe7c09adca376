"""Frameworks do what core does, and what differs is rounding."""

import numpy as np
import pytest
from msgspec import structs

from unspiral.engines import installed, registry
from unspiral.lab import parity, wire
from unspiral.lab.messages import ParityReply, ParityRequest, Settings
from unspiral.lab.parity import FRAMEWORKS, compare
from unspiral.lab.parity.verdict import unexplained

frameworks = pytest.mark.skipif(
    not set(FRAMEWORKS) <= set(installed()),
    reason="PyTorch, JAX or TensorFlow is absent: make test-frameworks",
)


@frameworks
@pytest.mark.parametrize("model", ["two-layer", "linear"])
def test_gradients_to_1e_12_and_100_steps_to_1e_10(model: str) -> None:
    request = ParityRequest(settings=Settings(model=model), steps=100)  # type: ignore[arg-type]
    reply = wire.decode(wire.encode(parity(request)), ParityReply)
    assert reply.missing == ""
    assert reply.moments.tolist() == [1, 100]
    for name in FRAMEWORKS:
        found = getattr(reply, name)
        assert found.gradients.max() < 1e-12
        assert found.parameters.shape == (2, 4 if model == "two-layer" else 2)
        assert found.parameters.max() < 1e-10
        assert found.loss == pytest.approx(reply.numpy.loss, abs=1e-12)
        assert found.accuracy == reply.numpy.accuracy
        assert found.step_time > 0
    assert list(unexplained(reply)) == []


@frameworks
def test_in_single_precision_the_differences_are_rounding_too() -> None:
    reply = parity(ParityRequest(settings=Settings(dtype="float32"), steps=200))
    assert list(unexplained(reply)) == []
    for name in FRAMEWORKS:
        assert getattr(reply, name).gradients.max() < 1e-6


@frameworks
def test_many_steps_differ_no_more_than_numpy_does_from_itself() -> None:
    reply = compare(Settings(points=50, hidden=50), 2000)
    assert list(unexplained(reply)) == []


def test_without_a_framework_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FRAMEWORKS:
        absent = registry.Source("unspiral.engines.absent", needs="no_such")
        monkeypatch.setitem(registry.SOURCES, name, absent)
    with pytest.raises(wire.RequestError, match=r"^None of PyTorch, JAX and Tensor"):
        parity(ParityRequest(settings=Settings()))


def test_numpy_against_itself() -> None:
    reply = compare(Settings(points=30, hidden=10), 5)
    assert reply.moments.tolist() == [1, 5]
    assert not reply.numpy.parameters.any()
    assert not reply.numpy.gradients.any()
    assert reply.numpy.version == np.__version__
    assert 0 < reply.rounding.parameters.max() < 1e-14
    absent = set(FRAMEWORKS) - set(installed())
    assert {name for name in FRAMEWORKS if getattr(reply, name) is None} == absent
    for name in absent:
        assert f"pip install 'unspiral[{name}]'." in reply.missing


def test_a_run_that_diverges_is_refused() -> None:
    settings = Settings(learning_rate=1000.0, reg=10.0)
    with pytest.raises(wire.RequestError, match=r"^The run diverges at step \d+, so "):
        compare(settings, 100)


def test_what_is_no_rounding_is_named() -> None:
    reply = compare(Settings(points=30, hidden=10), 5)
    off = structs.replace(
        reply.numpy,
        gradients=reply.numpy.gradients + 1e-6,
        parameters=reply.numpy.parameters + 1e-6,
    )
    wrong = structs.replace(reply, jax=off)
    assert "jax: a gradient differs by 1.0e-06 at step 0." in unexplained(wrong)
    assert "jax: a parameter differs by 1.0e-06 at step 5." in unexplained(wrong)
