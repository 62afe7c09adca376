"""What holds for each command: exit codes, streams, widths, refusals."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from unspiral.apps.command_line import app
from unspiral.apps.command_line.options import HELP, RunSettings

Run = Callable[..., subprocess.CompletedProcess[str]]
COMMANDS = ["lesson", "train", "reproduce", "check-gradients", "parity"]


def refused(*words: str) -> str:
    """Run the command line in this process, and return its refusal as one line."""
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "80"})
    assert result.exit_code == 2
    assert result.stdout == ""
    return " ".join(result.stderr.replace("│", " ").split())


def test_the_version(unspiral: Run) -> None:
    result = unspiral("--version")
    assert result.returncode == 0
    assert result.stdout == f"unspiral {version('unspiral')}\n"


def test_the_installed_script_is_the_same_program(unspiral: Run) -> None:
    script = shutil.which("unspiral", path=Path(sys.executable).parent)
    assert script is not None
    result = subprocess.run([script, "--version"], capture_output=True, text=True)
    assert result.stdout == unspiral("--version").stdout


def test_help_lists_the_commands(unspiral: Run) -> None:
    result = unspiral("--help")
    assert result.returncode == 0
    assert all(command in result.stdout for command in COMMANDS)


@pytest.mark.parametrize("words", [[], *([command] for command in COMMANDS)], ids=str)
def test_help_fits_into_80_columns_and_pipes_without_colour(
    unspiral: Run, words: list[str]
) -> None:
    result = unspiral(*words, "--help")
    assert result.returncode == 0
    assert result.stderr == ""
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert "\x1b" not in result.stdout
    assert "…" not in result.stdout  # nothing is cut off
    assert unspiral(*words, "-h").stdout == result.stdout


def test_help_has_colour_for_who_asks(unspiral: Run) -> None:
    assert "\x1b[" in unspiral("train", "--help", FORCE_COLOR="1").stdout


def test_help_shows_each_default_and_range(unspiral: Run) -> None:
    lines = unspiral("train", "--help", COLUMNS="120").stdout.splitlines()
    for expected in (
        ("--hidden", "1..500", "[default: 100]"),
        ("--learning-rate", ">0..1000", "[default: 1.0]"),
        ("--noise", "0..2", "[default: 0.2]"),
        ("--init", "he|small", "[default: small]"),
        ("--steps", "0..10000000", "[default: 10000]"),
    ):
        assert any(all(word in line for word in expected) for line in lines), expected


def test_each_setting_of_the_lab_is_an_option() -> None:
    described = [name for texts in HELP.values() for name in texts]
    assert sorted(described) == sorted(RunSettings.__struct_fields__)


def test_without_a_command_it_shows_the_help(unspiral: Run) -> None:
    result = unspiral()
    assert result.returncode == 2
    assert "Usage: unspiral [OPTIONS] COMMAND" in result.stdout + result.stderr


def test_an_unknown_command() -> None:
    assert "No such command 'trian'. Did you mean 'train'?" in refused("trian")


def test_an_unknown_option() -> None:
    assert "No such option: --hiden" in refused("train", "--hiden", "3")


def test_an_option_without_its_value() -> None:
    assert "Option '--hidden' requires an argument." in refused("train", "--hidden")


def test_a_word_too_many() -> None:
    assert "Got unexpected extra argument(s) (hard)" in refused("train", "hard")


@pytest.mark.parametrize("command", ["train", "check-gradients"])
@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("--points", "0", "a whole number from 1 to 500"),
        ("--points", "501", "a whole number from 1 to 500"),
        ("--points", "2.5", "a whole number from 1 to 500"),
        ("--classes", "1", "a whole number from 2 to 10"),
        ("--classes", "11", "a whole number from 2 to 10"),
        ("--noise", "-0.1", "a number from 0 to 2"),
        ("--noise", "nan", "a number from 0 to 2"),
        ("--noise", "much", "a number from 0 to 2"),
        ("--seed", "-1", "a whole number from 0 to 4294967295"),
        ("--seed", "9" * 40, "a whole number from 0 to 4294967295"),
        ("--model", "cubic", "'linear' or 'two-layer'"),
        ("--hidden", "0", "a whole number from 1 to 500"),
        ("--hidden", "ten", "a whole number from 1 to 500"),
        ("--hidden", "''", "a whole number from 1 to 500"),
        ("--init", "big", "'he' or 'small'"),
        ("--learning-rate", "0", "a number above 0 and up to 1000"),
        ("--learning-rate", "inf", "a number above 0 and up to 1000"),
        ("--reg", "-1", "a number from 0 to 10"),
        ("--reg", "1e2", "a number from 0 to 10"),
        ("--steps", "-1", "a whole number from 0 to 10000000"),
        ("--steps", "10,000", "a whole number from 0 to 10000000"),
    ],
)
def test_a_setting_out_of_bounds_is_refused_as_the_lab_does(
    command: str, option: str, value: str, allowed: str
) -> None:
    text = refused(command, option, value.strip("'"))
    assert f"{option} is {value}; allowed is {allowed}." in text


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("--weights-seed", "x", "a whole number from 0 to 4294967295"),
        ("--dtype", "float16", "'float32' or 'float64'"),
    ],
)
def test_so_are_those_of_a_training_run_alone(
    option: str, value: str, allowed: str
) -> None:
    text = refused("train", option, value)
    assert f"{option} is {value}; allowed is {allowed}." in text


def test_a_reader_that_goes_away_is_no_error(environment: dict[str, str]) -> None:
    for command in ("train --steps 10", "train --steps 10 --json", "train --help"):
        result = subprocess.run(
            f"{sys.executable} -m unspiral {command} | true",
            shell=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        assert result.stderr == ""


def test_the_server_is_imported_only_for_the_lesson() -> None:
    script = "import sys, unspiral.apps.command_line; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not {"starlette", "uvicorn"} & set(result.stdout.split())


def test_a_command_does_not_wait_for_what_only_another_one_needs() -> None:
    script = "import sys, unspiral.apps.command_line; print(*sys.modules)"
    modules = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    assert "unspiral.lab" in modules
    assert not {"unspiral.lesson", "starlette", "numba"} & set(modules)
