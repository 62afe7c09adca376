import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from unspiral import core, lab
from unspiral.engines import installed
from unspiral.lab.messages import InitializeRequest, Settings, TrainRequest, network_of
from unspiral.lab.parity import FRAMEWORKS
from unspiral.weights import load

Run = Callable[..., subprocess.CompletedProcess[str]]
# Steps of 1000 with reg = 10 multiply each weight by some -10,000.
DIVERGING = ["--learning-rate", "1000", "--reg", "10"]
# At this rate every unit dies within few steps.
DYING = ["--learning-rate", "30", "--steps", "10"]


def read_json(text: str) -> Any:
    """Read one JSON object: with no NaN, which is no JSON, and nothing after it."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


def test_with_the_default_settings_97_percent_and_more_are_right(unspiral: Run) -> None:
    result = unspiral("train", "--json")
    assert result.returncode == 0
    assert result.stderr == ""
    reply = read_json(result.stdout)
    assert reply["accuracy"] >= 0.97
    assert reply["loss"] < 0.26
    assert reply["steps"] == 10_000
    assert reply["seconds"] > 0
    assert reply["diverged_at"] is None
    assert reply["diagnosis"] is None
    assert Settings(**reply["settings"]) is not None
    assert reply["settings"]["learning_rate"] == 1.0


def test_the_summary_says_where_the_run_came_to(unspiral: Run) -> None:
    words = ["train", "--steps", "1234", "--init", "he", "--hidden", "20"]
    result = unspiral(*words)
    assert result.returncode == 0
    assert result.stderr == ""
    reply = read_json(unspiral(*words, "--json").stdout)
    lines = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert lines["network"] == "two layers, 20 hidden units, 123 parameters"
    assert lines["steps"] == "1,234"
    assert lines["loss"].startswith(f"{reply['loss']:.6g} (from ")
    assert lines["accuracy"] == f"{reply['accuracy']:.1%}"
    assert lines["dead"] == f"units  {reply['dead_units']}"


def test_the_summary_ends_with_the_command_for_the_same_run(unspiral: Run) -> None:
    words = ["train", "--seed", "5", "--model", "linear", "--steps", "20"]
    first = unspiral(*words).stdout
    *_, last = first.splitlines()
    again = last.removeprefix("again with").split()
    assert again == [
        "unspiral",
        "train",
        "--seed",
        "5",
        "--model",
        "linear",
        "--steps",
        "20",
    ]
    assert "dead units" not in first  # it has none
    second = unspiral(*again[1:]).stdout
    timeless = [
        [line for line in text.splitlines() if "time" not in line]
        for text in (first, second)
    ]
    assert timeless[0] == timeless[1]


@pytest.mark.parametrize(
    "words", [["--steps", "0"], DIVERGING, DYING, ["--model", "linear"]], ids=str
)
def test_what_it_prints_fits_into_80_columns(unspiral: Run, words: list[str]) -> None:
    result = unspiral("train", "--steps", "20", *words)
    lines = (result.stdout + result.stderr).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= 80
    assert "…" not in result.stdout
    assert "\x1b" not in result.stdout + result.stderr


def test_no_steps_show_the_network_as_it_starts(unspiral: Run) -> None:
    reply = read_json(unspiral("train", "--steps", "0", "--json").stdout)
    start = lab.initialize(InitializeRequest(settings=Settings()))
    assert reply["steps"] == 0
    assert (reply["loss"], reply["accuracy"]) == (start.loss, start.accuracy)


def test_a_diverging_run_exits_with_1_and_says_so(unspiral: Run) -> None:
    result = unspiral("train", *DIVERGING)
    assert result.returncode == 1
    assert "The run diverged: at step " in result.stderr
    assert "the last with a finite loss" in result.stdout

    result = unspiral("train", *DIVERGING, "--json")
    assert result.returncode == 1
    reply = read_json(result.stdout)
    assert reply["diagnosis"]["kind"] == "diverged"
    assert reply["diverged_at"] == reply["steps"] + 1
    assert np.isfinite(reply["loss"])


def test_a_diverging_run_saves_the_last_finite_state(
    unspiral: Run, tmp_path: Path
) -> None:
    file = tmp_path / "run.npz"
    result = unspiral("train", *DIVERGING, "--json", "--save", str(file))
    assert result.returncode == 1
    with np.load(file) as saved:
        assert saved["step"] == read_json(result.stdout)["steps"]
        assert all(
            np.isfinite(saved[name]).all() for name in saved if name != "settings"
        )


@pytest.mark.parametrize(
    ("words", "sentence", "advice"),
    [
        (DYING, "All 100 hidden units are dead", "Lower the learning rate"),
        (
            ["--learning-rate", "0.001", "--steps", "300"],
            "After 300 steps the loss is 1.099, hardly below ln 3",
            "Raise the learning rate",
        ),
    ],
)
def test_a_run_that_does_not_learn_is_warned_of_and_exits_with_0(
    unspiral: Run, words: list[str], sentence: str, advice: str
) -> None:
    result = unspiral("train", *words)
    assert result.returncode == 0
    warning = " ".join(result.stderr.split())
    assert sentence in warning
    assert advice in warning


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        ("", Settings()),
        (
            "--model linear --classes 4 --noise 0.5 --seed 3",
            Settings(model="linear", classes=4, noise=0.5, seed=3),
        ),
        (
            "--hidden 7 --init he --points 33 --learning-rate 0.3 --reg 0",
            Settings(hidden=7, init="he", points=33, learning_rate=0.3, reg=0.0),
        ),
        ("--dtype float32", Settings(dtype="float32")),
        ("--weights-seed 9", Settings(weights_seed=9)),
    ],
)
def test_saved_weights_are_those_of_the_lab_and_of_python_to_the_last_bit(
    unspiral: Run, tmp_path: Path, words: str, settings: Settings
) -> None:
    steps, file = 400, tmp_path / "run.npz"
    result = unspiral(
        *("train", "--steps", str(steps), "--save", str(file)), *words.split()
    )
    assert result.returncode == 0
    assert f"{file}, written" in result.stdout

    start = lab.initialize(InitializeRequest(settings=settings))
    reply = lab.train(
        TrainRequest(settings=settings, params=start.params, step=0, steps=steps)
    )
    step = by_hand(settings, steps)
    with np.load(file) as saved:
        loaded = load(file).parameters()
        for name, parameter in network_of(reply.params).parameters().items():
            assert np.array_equal(loaded[name], parameter)
            assert saved[name].dtype == parameter.dtype
            assert np.array_equal(saved[name], parameter)
            assert np.array_equal(saved[name], step.network.parameters()[name])
        assert np.array_equal(saved["losses"], [start.loss, *reply.losses])
        assert np.array_equal(saved["accuracies"], [start.accuracy, *reply.accuracies])
        assert saved["losses"][steps] == step.loss
        X, y = data(settings, np.random.default_rng(settings.seed))
        assert np.array_equal(saved["X"], X)
        assert np.array_equal(saved["y"], y)
        assert saved["step"] == steps
        kept = Settings(**json.loads(str(saved["settings"])))
    for name in Settings.__struct_fields__:
        assert getattr(kept, name) == getattr(settings, name)


@pytest.mark.parametrize("package", ["safetensors", "onnx"])
def test_the_weights_alone_go_into_a_file_of_another_kind(
    unspiral: Run, tmp_path: Path, package: str
) -> None:
    file = tmp_path / f"network.{package}"
    result = unspiral("train", "--steps", "3", "--save", str(file))
    if find_spec(package) is None:
        assert result.returncode == 2
        text = "".join(result.stderr.replace("│", "").split())
        assert f"needs{package},whichisnotinstalled:pipinstall'unspiral[" in text
        return
    assert result.returncode == 0
    assert f"{file}, written" in result.stdout
    if package == "safetensors":
        loaded = load(file)
        for name, parameter in by_hand(Settings(), 3).network.parameters().items():
            assert np.array_equal(loaded.parameters()[name], parameter)


def data(settings: Settings, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return core.spiral(
        rng, points=settings.points, classes=settings.classes, noise=settings.noise
    )


def by_hand(settings: Settings, steps: int) -> core.Step:
    """Do the same with nothing but core, as a reader of the lesson would."""
    rng = np.random.default_rng(settings.seed)
    X, y = data(settings, rng)
    if settings.weights_seed is not None:
        rng = np.random.default_rng(settings.weights_seed)
    network: core.Network
    if settings.model == "linear":
        network = core.LinearClassifier.random(rng, classes=settings.classes)
    else:
        network = core.TwoLayerNet.random(
            rng,
            hidden=settings.hidden,
            classes=settings.classes,
            init=settings.init,
        )
    if settings.dtype == "float32":
        network = network.astype(np.float32)
    moments = core.gradient_descent(
        network, X, y, learning_rate=settings.learning_rate, reg=settings.reg
    )
    return next(islice(moments, steps, None))


def test_a_file_that_is_there_is_replaced_and_that_is_said(
    unspiral: Run, tmp_path: Path
) -> None:
    file = tmp_path / "[b] :smile:"  # no markup, no .npz added
    file.write_text("old")
    result = unspiral("train", "--steps", "3", "--save", str(file))
    assert f"{file}, replaced" in result.stdout
    with np.load(file) as saved:
        assert saved["step"] == 3


def test_where_nothing_can_be_saved_nothing_is_trained(
    unspiral: Run, tmp_path: Path
) -> None:
    missing = tmp_path / "missing" / "run.npz"
    for path, problem in (
        (missing, f"there is no folder {missing.parent}."),
        (tmp_path, "this is a folder."),
    ):
        # So many steps would take half an hour.
        result = unspiral("train", "--steps", "10000000", "--save", str(path))
        assert result.returncode == 2
        text = "".join(result.stderr.replace("│", "").split())
        assert "".join(f"--save is {path}; {problem}".split()) in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_full_disk_still_shows_the_run(unspiral: Run) -> None:
    result = unspiral("train", "--steps", "3", "--save", "/dev/full")
    assert result.returncode == 1
    assert result.stderr == "/dev/full cannot be written: No space left on device.\n"
    assert "steps       3\n" in result.stdout


def test_on_a_terminal_it_shows_progress_and_ctrl_c_keeps_what_there_is(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "run.npz"
    words = ["train", "--hidden", "10", "--steps", "10000000", "--save", str(file)]
    terminal, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "unspiral", *words],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment,
        text=True,
    ) as process:
        seen = ""
        while "steps/s" not in seen or "step 0/" in seen.split("\r")[-1]:
            seen += os.read(terminal, 10_000).decode()
        assert "step " in seen
        assert "/10,000,000 loss " in seen
        process.send_signal(signal.SIGINT)
        try:
            stdout, _ = process.communicate(timeout=60)
        finally:
            process.kill()  # if it goes on
    os.close(theirs)
    seen = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert process.returncode == 130
    with np.load(file) as saved:
        reached = int(saved["step"])
        assert 0 < reached < 10_000_000
        assert len(saved["losses"]) == reached + 1
    assert f"Ctrl-C: stopped after step {reached:,} of 10,000,000." in seen
    assert f"steps       {reached:,}\n" in stdout


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_an_engine_that_is_absent_is_refused_with_what_to_do(
    unspiral: Run, without_frameworks: dict[str, str], name: str
) -> None:
    result = unspiral("train", "--engine", name, **without_frameworks)
    assert result.returncode == 2
    assert result.stdout == ""
    sentence = f"--engine is {name}. The engine {name} needs {name}, which is not "
    sentence += f"installed. Install it with: pip install 'unspiral[{name}]'"
    assert sentence in " ".join(result.stderr.replace("│", "").split())


@pytest.fixture(params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name not in installed():
        pytest.skip(f"{name} is absent: make test-frameworks")
    return name


@pytest.mark.parametrize(
    "words", [[], ["--dtype", "float32"], ["--model", "linear"]], ids=str
)
def test_a_framework_trains_to_the_same_loss(
    unspiral: Run, framework: str, words: list[str]
) -> None:
    words = ["train", "--steps", "100", "--json", *words]
    numpy = read_json(unspiral(*words).stdout)
    result = unspiral(*words, "--engine", framework)
    assert (result.returncode, result.stderr) == (0, "")
    found = read_json(result.stdout)
    rounding = 1e-4 if "float32" in words else 1e-9
    assert found["loss"] == pytest.approx(numpy["loss"], rel=rounding)
    assert found["steps"] == 100
    assert found["settings"] == numpy["settings"] | {"engine": framework}


def test_divergence_in_a_framework_is_reported_too(
    unspiral: Run, framework: str
) -> None:
    result = unspiral("train", *DIVERGING, "--engine", framework)
    assert result.returncode == 1
    assert result.stderr.startswith("The run diverged: at step ")
    assert f"engine      {framework}\n" in result.stdout


def test_engines_agree_to_rounding_and_auto_takes_the_fastest(unspiral: Run) -> None:
    words = ["train", "--steps", "200", "--json", "--engine"]
    numpy, fused, auto = (
        read_json(unspiral(*words, engine).stdout)
        for engine in ("numpy", "fused", "auto")
    )
    assert fused["loss"] == pytest.approx(numpy["loss"], rel=1e-9)
    assert fused["accuracy"] == numpy["accuracy"]
    assert auto["loss"] == fused["loss"]
    assert auto["settings"] == fused["settings"]
    assert fused["settings"] == numpy["settings"] | {"engine": "fused"}
