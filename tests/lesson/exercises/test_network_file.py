"""`network.py`: put together, run, taken apart."""

import subprocess
import sys
from pathlib import Path

import pytest

from unspiral.lesson.exercises.check import check_file
from unspiral.lesson.exercises.exercise import exercises
from unspiral.lesson.exercises.network_file import (
    TRAINING,
    ConflictError,
    put_together,
    take_apart,
    write_exercises,
)

SOLVED = {each.function: each.solution for each in exercises()}


def test_solved_it_learns_the_spiral_without_this_package(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(put_together(SOLVED))
    run = subprocess.run(
        [sys.executable, "-I", "network.py"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    first, *_, last = run.stdout.splitlines()
    assert first.startswith("step    0: loss 1.0986, accuracy ")
    assert float(last.split()[-1].removesuffix("%")) >= 97
    assert "unspiral" not in put_together(SOLVED)


def test_taken_apart_it_is_what_it_was_made_of() -> None:
    work = take_apart(put_together(SOLVED))
    assert work.functions == SOLVED
    assert work.besides == ""
    assert work.training == TRAINING


def test_what_is_not_solved_yet_is_there_as_its_template() -> None:
    work = take_apart(put_together({"softmax": SOLVED["softmax"]}))
    assert work.functions["softmax"] == SOLVED["softmax"]
    for each in exercises():
        if each.function != "softmax":
            assert work.functions[each.function] == each.template


MINE = '''\
"""My own notes."""
import math
import numpy as np
from functools import partial

SCALE = 0.01  # of the weights
UNUSED = [1, 2]


def relu(z):
    return np.maximum(ZERO, z)


ZERO = 0


# The forward pass, as in chapter 4.
def forward(X, W1, b1, W2, b2):
    hidden = relu(X @ W1 + b1)
    return hidden, hidden @ W2 + b2


def softmax(scores):
    rows = []
    for row in scores:
        e = [math.exp(s - max(row)) for s in row]
        rows.append([v / sum(e) for v in e])
    return np.array(rows)


def curve(losses):
    """Something else of mine."""
    return sorted(losses)


if __name__ == "__main__":
    print(curve([3, 1, 2]))
'''


def test_helpers_and_imports_go_with_the_functions_that_use_them() -> None:
    work = take_apart(MINE)
    assert set(work.functions) == {"forward", "softmax"}
    forward = work.functions["forward"]
    assert "def relu" in forward
    assert "ZERO = 0" in forward
    assert "# The forward pass, as in chapter 4." in forward
    assert "math" not in forward
    assert work.functions["softmax"].startswith("import math\nimport numpy as np\n\n\n")
    assert "curve([3, 1, 2])" in work.training


def test_nothing_of_a_file_is_lost() -> None:
    work = take_apart(MINE)
    again = put_together(work.functions, work.besides, work.training)
    for line in MINE.splitlines():
        assert line in again, line
    # And once it has this form, it keeps it.
    work = take_apart(again)
    assert put_together(work.functions, work.besides, work.training) == again


def test_a_helper_that_two_functions_share_is_there_once() -> None:
    helper = "def half(x):\n    return x / 2\n"
    functions = {
        name: f"{helper}\n\ndef {name}(x):\n    return half(x)\n"
        for name in ("softmax", "affine")
    }
    text = put_together(functions)
    assert text.count("def half") == 1
    assert take_apart(text).functions["affine"].count("def half") == 1


def test_two_helpers_of_one_name_are_refused() -> None:
    functions = {
        "affine": "def f(x):\n    return x\n\n\ndef affine(X):\n    return f(X)\n",
        "softmax": "def f(x):\n    return 2\n\n\ndef softmax(s):\n    return f(s)\n",
    }
    with pytest.raises(ConflictError, match="`f` is one thing in affine and another"):
        put_together(functions)


def test_work_that_is_no_python_yet_is_kept_and_found_again() -> None:
    broken = "import numpy as np\n\n\ndef softmax(scores):\n    return np.exp(scores\n"
    text = put_together(SOLVED | {"softmax": broken})
    work = take_apart(text)
    assert "return np.exp(scores" in work.functions["softmax"]
    assert work.functions["affine"] == SOLVED["affine"]
    assert work.functions["update"] == SOLVED["update"]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_the_ends_of_lines_do_not_matter(ends: str) -> None:
    text = put_together(SOLVED).replace("\n", ends)
    assert take_apart(text).functions == SOLVED


def test_of_two_functions_of_one_name_the_last_counts_as_in_python() -> None:
    text = "def affine(X, W, b):\n    return 1\n\n\n" + SOLVED["affine"]
    work = take_apart(text)
    assert "X @ W" in work.functions["affine"]


def test_the_files_are_written_and_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    files = write_exercises(folder)
    assert [file.name for file in files][:3] == [
        "network.py",
        "1_spiral.py",
        "2_affine.py",
    ]
    reports = check_file((folder / "network.py").read_text())
    assert not any(report.started for report in reports)

    (folder / "network.py").unlink()
    (folder / "5_softmax.py").write_text("precious")
    with pytest.raises(FileExistsError, match="nothing was written"):
        write_exercises(folder)
    assert (folder / "5_softmax.py").read_text() == "precious"
    assert not (folder / "network.py").exists()


def test_a_comment_at_the_end_of_an_exercise_stays_with_it() -> None:
    commented = SOLVED["softmax"] + "\n\n# Slow?\n# No.\n"
    work = take_apart(put_together(SOLVED | {"softmax": commented}))
    assert work.functions == SOLVED | {"softmax": commented}


def test_helpers_of_helpers_go_along_however_many_there_are() -> None:
    helpers = [f"h{i} = lambda x: h{i + 1}(x)" for i in range(800)]
    function = "def softmax(scores):\n    return h0(scores)"
    work = take_apart("\n".join([*helpers, "h800 = np.exp", function]))
    assert list(work.functions) == ["softmax"]
    assert all(f"h{i} = " in work.functions["softmax"] for i in range(801))
