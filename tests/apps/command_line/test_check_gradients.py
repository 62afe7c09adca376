import json
import subprocess
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from unspiral.apps.command_line import app
from unspiral.core import TwoLayerNet

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_each_gradient_has_its_line_and_all_agree(unspiral: Run) -> None:
    result = unspiral("check-gradients")
    assert result.returncode == 0
    assert result.stderr == ""
    for name, shape in (
        ("dW1", "2 x 100"),
        ("db1", "1 x 100"),
        ("dW2", "100 x 3"),
        ("db2", "1 x 3"),
    ):
        assert any(
            line.startswith(name) and shape in line
            for line in result.stdout.splitlines()
        )
    *_, verdict = result.stdout.splitlines()
    assert verdict == "All gradients agree: no relative error is above 1e-06."


@pytest.mark.parametrize(
    "words",
    [
        "--model linear",
        "--steps 0",
        "--hidden 1 --points 1 --classes 2",
        "--hidden 40 --classes 10 --points 10 --init he --noise 2 --reg 10 --steps 0",
        "--points 20 --hidden 5 --steps 2000 --seed 4",
    ],
)
def test_they_agree_whatever_the_settings_and_the_table_fits(
    unspiral: Run, words: str
) -> None:
    result = unspiral("check-gradients", *words.split())
    assert result.returncode == 0
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert "…" not in result.stdout


def test_at_step_0_no_first_bias_can_be_compared(unspiral: Run) -> None:
    # Each arm starts at the origin, where all weighted sums are 0.
    result = unspiral("check-gradients", "--steps", "0", "--json")
    reply = json.loads(result.stdout)
    assert reply["gradients"]["db1"]["compared"] == 0
    assert reply["gradients"]["db2"]["compared"] == 3
    result = unspiral("check-gradients", "--steps", "0")
    assert "Entries at a kink are not compared" in result.stdout


def test_json_has_the_worst_entry_in_both_ways(unspiral: Run) -> None:
    result = unspiral("check-gradients", "--model", "linear", "--json")
    assert result.returncode == 0
    reply = json.loads(result.stdout)
    assert reply["agree"] is True
    assert reply["steps"] == 10
    worst = reply["worst"]
    assert worst["relative_error"] <= reply["tolerance"] == 1e-6
    assert worst["analytic"] == pytest.approx(worst["numerical"], rel=1e-5)
    assert worst == reply["gradients"][f"d{worst['name']}"]["worst"]
    assert reply["gradients"]["dW"]["shape"] == [2, 3]


def without_gate(
    self: TwoLayerNet,
    dscores: np.ndarray,
    X: np.ndarray,
    hidden: np.ndarray,
    reg: float,
) -> dict[str, Any]:
    right = backward(self, dscores, X, hidden, reg)
    dhidden = dscores @ self.W2.T  # and not: * (hidden > 0)
    return right | {"W1": X.T @ dhidden + reg * self.W1}


backward = TwoLayerNet.backward


def test_a_wrong_backward_pass_is_named_and_exits_with_1(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(TwoLayerNet, "backward", without_gate)
    words = ["check-gradients", "--hidden", "10", "--init", "he"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 1
    assert "The gradients do not agree: dW1[" in result.stdout
    assert "numerical" in result.stdout
    assert (
        json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)["agree"] is False
    )


def test_a_loss_too_large_to_measure_slopes_on(unspiral: Run) -> None:
    # A step at reg = 10 multiplies each weight by -9.
    result = unspiral("check-gradients", "--reg", "10")
    assert result.returncode == 1
    assert result.stdout == ""
    text = " ".join(result.stderr.split())
    assert "At step 10 the loss is 3.1e+18, too large to measure slopes on." in text
    assert "Take fewer --steps, or a smaller --learning-rate or --reg." in text
