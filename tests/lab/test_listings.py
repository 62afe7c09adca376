"""`listings` are whole programs that train the very network of the lab."""

import ast
import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from unspiral.lab import initialize, listings, train
from unspiral.lab.listings import FRAMEWORKS, OTHERS
from unspiral.lab.messages import (
    InitializeRequest,
    ListingsRequest,
    Settings,
    TrainReply,
    TrainRequest,
)

MANY_SETTINGS = {
    "default": Settings(),
    "another sample": Settings(seed=7, noise=0.5, points=30, classes=5),
    "he": Settings(init="he", hidden=20, learning_rate=0.32),
    "weights of their own": Settings(weights_seed=3, reg=0.01, hidden=8),
    "no noise, no reg": Settings(noise=0.0, reg=0.0),
    "float32": Settings(dtype="float32"),
}
MODULES = {
    "numpy": "numpy",
    "pytorch": "torch",
    "jax": "jax",
    "tensorflow": "tensorflow",
}
RESULT = re.compile(r"step (\d+): loss ([\d.]+), accuracy ([\d.]+)")

each_settings = pytest.mark.parametrize(
    "settings", MANY_SETTINGS.values(), ids=MANY_SETTINGS.keys()
)


def run(program: str) -> tuple[dict[str, Any], list[str]]:
    """Run a program; return its variables and the lines that it printed."""
    variables: dict[str, Any] = {"__name__": "__main__"}
    with redirect_stdout(io.StringIO()) as output:
        exec(compile(program, "program", "exec"), variables)
    return variables, output.getvalue().splitlines()


def trained(settings: Settings, steps: int) -> TrainReply:
    params = initialize(InitializeRequest(settings=settings)).params
    return train(TrainRequest(settings=settings, params=params, step=0, steps=steps))


@each_settings
def test_the_numpy_program_ends_at_the_very_loss_of_the_lab(settings: Settings) -> None:
    program = listings(ListingsRequest(settings=settings, steps=150)).exact.numpy
    variables, printed = run(program)
    lab = trained(settings, 150)
    # In single precision the program adds up the parts of the loss in float32 too.
    exact = 0 if settings.dtype == "float64" else 1e-7
    assert variables["loss"] == pytest.approx(lab.losses[-1], rel=exact, abs=0)
    assert variables["accuracy"] == lab.accuracies[-1]
    for name in ("W1", "b1", "W2", "b2"):
        np.testing.assert_array_equal(variables[name], getattr(lab.params, name))
        assert variables[name].dtype == settings.dtype

    assert len(printed) == 11
    assert printed[0].startswith("step 0: loss ")
    last = f"loss {lab.losses[-1]:.6f}, accuracy {lab.accuracies[-1]:.3f}"
    assert printed[-1] == f"step 150: {last}"
    thirtieth = f"loss {lab.losses[29]:.6f}, accuracy {lab.accuracies[29]:.3f}"
    assert printed[2] == f"step 30: {thirtieth}"


@pytest.mark.parametrize("steps", [1, 7, 23])
def test_the_last_step_is_printed_whatever_the_number_of_steps(steps: int) -> None:
    settings = Settings(points=5, hidden=3)
    reply = listings(ListingsRequest(settings=settings, steps=steps))
    _, printed = run(reply.exact.numpy)
    loss = trained(settings, steps).losses[-1]
    assert printed[-1].startswith(f"step {steps}: loss {loss:.6f}")
    assert len(printed) <= 13


@each_settings
def test_all_programs_start_from_the_same_data_and_weights(settings: Settings) -> None:
    reply = listings(ListingsRequest(settings=settings, steps=9))
    starts = set()
    for framework in FRAMEWORKS:
        program = getattr(reply.exact, framework)
        begin = program.index("learning_rate = ")
        end = "b2 = np.zeros((1, K), dtype)\n"
        starts.add(program[begin : program.index(end) + len(end)])
    (start,) = starts
    variables, _ = run("import numpy as np\n" + start)
    begun = initialize(InitializeRequest(settings=settings)).params
    for name in ("W1", "b1", "W2", "b2"):
        assert variables[name].tobytes() == getattr(begun, name).tobytes()
    assert variables["learning_rate"] == settings.learning_rate
    assert variables["reg"] == settings.reg
    assert variables["steps"] == 9


@each_settings
@pytest.mark.parametrize("framework", ["pytorch", "jax", "tensorflow"])
def test_each_program_ends_at_the_loss_and_accuracy_of_the_lab(
    framework: str, settings: Settings, tmp_path: Path
) -> None:
    pytest.importorskip(MODULES[framework], reason="absent: make test-frameworks")
    reply = listings(ListingsRequest(settings=settings, steps=50))
    step, loss, accuracy = end_of(getattr(reply.exact, framework), tmp_path)
    lab = trained(settings, 50)
    assert step == 50
    # It prints six digits, and in float32 has hardly more.
    far = 1e-6 if settings.dtype == "float64" else 1e-5
    assert loss == pytest.approx(lab.losses[-1], abs=far)
    assert accuracy == pytest.approx(lab.accuracies[-1], abs=6e-4)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_each_exact_program_ends_where_it_promises(
    framework: str, tmp_path: Path
) -> None:
    pytest.importorskip(MODULES[framework], reason="absent: make test-frameworks")
    program = getattr(listings(ListingsRequest(settings=Settings())).exact, framework)
    promised_loss, promised_percent = promise(program)
    step, loss, accuracy = end_of(program, tmp_path)
    assert step == 1000
    assert loss == pytest.approx(promised_loss, abs=5.1e-5)
    assert 100 * accuracy == pytest.approx(promised_percent, abs=0.06)


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("framework", OTHERS)
def test_each_usual_program_ends_near_what_it_promises_whatever_its_seed(
    framework: str, seed: int, tmp_path: Path
) -> None:
    pytest.importorskip(MODULES[framework], reason="absent: make test-frameworks")
    request = ListingsRequest(settings=Settings(weights_seed=seed))
    program = getattr(listings(request).usual, framework)
    promised_loss, promised_percent = promise(program)
    step, loss, accuracy = end_of(program, tmp_path)
    assert step == 1000
    # Both are rounded, and every draw of the weights ends at another third digit.
    assert loss == pytest.approx(promised_loss, abs=0.01)
    assert 100 * accuracy == pytest.approx(promised_percent, abs=2)


def promise(program: str) -> tuple[float, float]:
    """Read the loss and the percentage in the comment at a program's top."""
    ((loss, percent),) = re.findall(
        r"^# .*?([\d.]+), with ([\d.]+) % right\.$", program, re.M
    )
    return float(loss), float(percent)


def end_of(program: str, folder: Path) -> tuple[int, float, float]:
    """Run a program as a reader does: in a process of its own; read its last line."""
    file = folder / "program.py"
    file.write_text(program)
    done = subprocess.run(
        [sys.executable, "-W", "error", file], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    *_, last = done.stdout.splitlines()
    step, loss, accuracy = RESULT.fullmatch(last).groups()  # type: ignore[union-attr]
    return int(step), float(loss), float(accuracy)


@each_settings
@pytest.mark.parametrize("form", ["exact", "usual"])
def test_programs_are_python_that_fits_the_figure(
    form: str, settings: Settings
) -> None:
    reply = listings(ListingsRequest(settings=settings))
    for framework, module in MODULES.items():
        program = getattr(getattr(reply, form), framework)
        ast.parse(program)
        assert max(len(line) for line in program.split("\n")) <= 88
        assert "$" not in program
        assert f"import {module}" in program


@each_settings
def test_usual_programs_have_the_same_data_and_their_frameworks_weights(
    settings: Settings,
) -> None:
    reply = listings(ListingsRequest(settings=settings, steps=9))
    assert reply.usual.numpy == reply.exact.numpy
    seed = settings.seed if settings.weights_seed is None else settings.weights_seed
    exact = data_of(reply.exact.pytorch)
    for framework, drawing in {
        "pytorch": f"torch.manual_seed({seed})",
        "jax": f"jax.random.key({seed})",
        "tensorflow": f"set_random_seed({seed})",
    }.items():
        program = getattr(reply.usual, framework)
        assert data_of(program) == exact
        assert drawing in program
        assert "W1 = (" not in program


def data_of(program: str) -> str:
    """Cut the settings and the drawing of the data from a program."""
    begin, end = "learning_rate = ", "] = j\n"
    return program[program.index(begin) : program.index(end)]
