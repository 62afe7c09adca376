import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from unspiral.engines import installed
from unspiral.lab.parity import FRAMEWORKS

Run = Callable[..., subprocess.CompletedProcess[str]]
present = [name for name in FRAMEWORKS if name in installed()]
some_framework = pytest.mark.skipif(
    not present, reason="no framework: make test-frameworks"
)


def test_without_a_framework_it_says_how_to_install_one(
    unspiral: Run, without_frameworks: dict[str, str]
) -> None:
    result = unspiral("parity", "--steps", "1", **without_frameworks)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"The engine {name} needs {name}, which is not installed. "
        f"Install it with: pip install 'unspiral[{name}]'."
        for name in FRAMEWORKS
    ]


def test_a_framework_that_does_not_start_is_named_and_left_out(
    unspiral: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text(
        "raise OSError('libtorch.so: cannot open shared object file\\nand more')\n"
    )
    paths = [str(tmp_path), environment.get("PYTHONPATH", "")]
    path = {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    sentence = (
        "The engine torch needs torch, which is installed but does not start: "
        "OSError: libtorch.so: cannot open shared object file"
    )
    result = unspiral("parity", "--steps", "1", "--points", "5", **path)
    assert result.returncode == (0 if set(present) - {"torch"} else 1)
    assert f"{sentence}." in result.stderr.splitlines()
    assert "Traceback" not in result.stderr
    result = unspiral("train", "--engine", "torch", **path)
    assert result.returncode == 2
    assert "installed but does not start" in " ".join(result.stderr.split())


@some_framework
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_table(unspiral: Run, dtype: str) -> None:
    result = unspiral("parity", "--steps", "20", "--dtype", dtype)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert max(len(line.rstrip()) for line in lines) <= 80
    assert "…" not in result.stdout
    rows = {line[:24].strip(): line[24:].split() for line in lines}
    assert len(rows["dW1 at step 0"]) == len(present) + 1
    assert len(rows["b2 after 20 steps"]) == len(present) + 1
    assert "All these differences are rounding" in result.stdout
    assert "hidden unit's kink" in " ".join(result.stdout.split())
    assert "µs a step" not in result.stdout  # of so few


@some_framework
def test_a_linear_network_has_no_kink(unspiral: Run) -> None:
    result = unspiral("parity", "--steps", "101", "--model", "linear")
    assert result.returncode == 0
    assert "All these differences are rounding" in result.stdout
    assert "kink" not in result.stdout
    assert "µs a step" in result.stdout


@some_framework
def test_json(unspiral: Run) -> None:
    result = unspiral("parity", "--steps", "3", "--model", "linear", "--json")
    assert result.returncode == 0
    reply = json.loads(result.stdout)
    assert reply["moments"] == [1, 3]
    assert reply["settings"]["model"] == "linear"
    for name in present:
        assert max(reply[name]["gradients"]) < 1e-12
        assert len(reply[name]["parameters"]) == 2


def test_no_steps_are_refused(unspiral: Run) -> None:
    result = unspiral("parity", "--steps", "0")
    assert result.returncode == 2
    assert "--steps is 0; allowed is a whole number from 1 on." in result.stderr


@some_framework
def test_a_run_that_diverges_is_refused(unspiral: Run) -> None:
    result = unspiral("parity", "--learning-rate", "1000", "--reg", "10")
    assert result.returncode == 1
    sentence = " ".join(result.stderr.split())
    assert sentence.startswith("The run diverges at step ")
    assert sentence.endswith("lower the learning rate or the regularisation.")
