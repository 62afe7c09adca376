"""The live figure with PyTorch, JAX and TensorFlow, where they are installed."""

import pytest
from live_training import LiveTraining
from playwright.sync_api import expect
from test_live_training import after

from unspiral.engines import installed
from unspiral.lab.parity import FRAMEWORKS


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_it_trains_as_numpy_does(figure: LiveTraining, name: str) -> None:
    if name not in installed():
        pytest.skip(f"{name} is absent: make test-frameworks")
    figure.open()
    engine = figure.root.get_by_label("Engine")
    engine.select_option(name)
    expect(figure.step).to_be_enabled(timeout=120_000)  # it has started
    figure.auto.click()
    figure.wait_beyond(50)
    figure.pause.click()
    expect(figure.auto).to_be_visible()
    expect(engine).to_have_value(name)
    assert figure.loss == pytest.approx(after(figure.shown_step).loss, rel=1e-6)
