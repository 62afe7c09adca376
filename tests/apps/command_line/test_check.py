import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from unspiral.lesson.exercises.exercise import exercises
from unspiral.lesson.exercises.network_file import put_together

Run = Callable[..., subprocess.CompletedProcess[str]]

SOLVED = put_together({each.function: each.solution for each in exercises()})
FUNCTIONS = [each.function for each in exercises()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "network.py"
    path.write_text(SOLVED, encoding="utf-8")
    return path


def replace(file: Path, old: str, new: str) -> None:
    source = file.read_text(encoding="utf-8")
    assert source.count(old) == 1
    file.write_text(source.replace(old, new), encoding="utf-8")


def test_a_right_network(unspiral: Run, file: Path) -> None:
    result = unspiral("check", str(file))
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert [line.split()[1:] for line in lines[:9]] == [[f, "right"] for f in FUNCTIONS]
    assert lines[-1] == "9 of 9 exercises are right."


def test_a_mistake_is_named_with_its_line(unspiral: Run, file: Path) -> None:
    replace(file, "dhidden = dhidden * (hidden > 0)", "pass")
    result = unspiral("check", str(file))
    assert result.returncode == 1
    assert "8  backward                wrong" in result.stdout
    assert "The gate of the ReLU is missing." in result.stdout
    assert "8 of 9 exercises are right." in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    *_, place = [line for line in result.stdout.splitlines() if "   line " in line]
    number, _, code = place.strip().removeprefix("line ").partition(": ")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[int(number) - 1].strip() == code == "dhidden = dscores @ W2.T"


def test_one_exercise_alone(unspiral: Run, file: Path) -> None:
    replace(file, "dhidden = dhidden * (hidden > 0)", "pass")
    assert unspiral("check", str(file), "--exercise", "softmax").returncode == 0
    assert unspiral("check", str(file), "--exercise", "backward").returncode == 1


def test_json_is_one_object_and_nothing_else(unspiral: Run, file: Path) -> None:
    replace(file, "costs.mean()", "costs.sum()")
    result = unspiral("check", str(file), "--json")
    assert result.returncode == 1
    assert result.stderr == ""
    told = json.loads(result.stdout)
    assert told["right"] is False
    wrong = [each for each in told["exercises"] if not each["right"]]
    assert [each["exercise"] for each in wrong] == ["loss"]
    assert [mistake["name"] for mistake in wrong[0]["mistakes"]] == ["sum-for-mean"]


def test_what_python_cannot_read(unspiral: Run, file: Path) -> None:
    replace(file, "def softmax(scores):", "def softmax(scores:")
    result = unspiral("check", str(file))
    assert result.returncode == 1
    assert result.stdout.startswith("Python cannot read the file.")
    assert "SyntaxError" in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nope.py"], "nope.py cannot be read: No such file or directory."),
        (["{file}", "--exercise", "sofmax"], "--exercise is sofmax; allowed is one of"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    unspiral: Run, file: Path, words: list[str], sentence: str
) -> None:
    result = unspiral("check", *(word.format(file=file) for word in words))
    assert result.returncode == 2
    assert sentence in result.stderr


def test_the_files_to_solve_are_written_once(unspiral: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    result = unspiral("exercises", str(folder))
    assert result.returncode == 0
    names = [path.name for path in sorted(folder.iterdir())]
    numbered = [f"{i}_{function}.py" for i, function in enumerate(FUNCTIONS, 1)]
    assert names == [*numbered, "network.py"]
    assert all(str(folder / name) in result.stdout for name in names)

    check = unspiral("check", str(folder / "network.py"))
    assert check.returncode == 1
    assert "0 of 9 exercises are right." in check.stdout

    mine = folder / "network.py"
    mine.write_text("# mine", encoding="utf-8")
    again = unspiral("exercises", str(folder))
    assert again.returncode == 1
    assert "is there already; nothing was written." in again.stderr
    assert mine.read_text(encoding="utf-8") == "# mine"
