import subprocess
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest
from typer.testing import CliRunner

from unspiral.apps.command_line import app
from unspiral.lab.cs231n import LINEAR, TWO_LAYER, Figure

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_all_published_figures_are_reproduced(unspiral: Run) -> None:
    result = unspiral("reproduce")
    assert result.returncode == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert max(len(line) for line in lines) <= 80
    rows = [line.split() for line in lines if line.split()[1:2] == ["loss"]]
    assert [row[2] for row in rows] == [
        f"{loss:.6f}" for loss in (*LINEAR.losses, *TWO_LAYER.losses)
    ]
    for step, _, published, computed, difference in rows:
        assert float(computed) == pytest.approx(float(published), abs=1e-5), step
        assert float(difference) == pytest.approx(float(computed) - float(published))
    accuracies = [line.split() for line in lines if " accuracy " in line]
    assert accuracies == [
        ["200", "accuracy", "0.49", "0.49", "0"],
        ["10,000", "accuracy", "0.98", "0.98", "0"],
    ]
    assert lines[-1] == "All 32 figures are reproduced to within 0.000010."


def test_a_figure_that_differs_is_named_and_exits_with_1(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    as_published = [
        Figure(run, "loss", run.every * i, loss, loss, digits=6)
        for run in (LINEAR, TWO_LAYER)
        for i, loss in enumerate(run.losses)
    ]
    wrong = replace(as_published[3], computed=as_published[3].published - 2e-5)
    figures = [*as_published[:3], wrong, *as_published[4:]]
    module = import_module("unspiral.apps.command_line.reproduce")
    monkeypatch.setattr(module, "figures", lambda: figures)
    result = CliRunner().invoke(app, ["reproduce"])
    assert result.exit_code == 1
    assert (
        "Largest difference: 0.000020 (linear classifier, loss at step 30)."
        in result.stdout
    )
    assert "That is more than 0.000010: not reproduced." in result.stderr
