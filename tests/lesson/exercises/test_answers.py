"""Answers as beginners write them, right and wrong, and what is said of them.

They are files in `right/` and `wrong/`. The first lines of a wrong one say what has to
be found: ``# mistakes:`` and their names, or ``# error:`` and the exception, or
``# stopped:`` and the reason. They were not written from the library of mistakes: they
have other names, loops in place of arrays, another order.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from unspiral.lesson.exercises import flaws
from unspiral.lesson.exercises.check import check
from unspiral.lesson.exercises.exercise import exercises
from unspiral.lesson.exercises.misconceptions import misconceptions
from unspiral.lesson.exercises.report import Report

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Answer:
    exercise: str
    name: str
    source: str
    says: dict[str, set[str]]
    """Of ``# mistakes: no-gate, no-reg``: the key, and a set."""

    def __str__(self) -> str:
        return f"{self.exercise}/{self.name}"


def answers(kind: str) -> list[Answer]:
    found = []
    for path in sorted((FOLDER / kind).glob("*/*.py.txt")):
        source = path.read_text()
        says = {
            key: {value.strip() for value in values.split(",")}
            for key, values in re.findall(r"(?m)^# (\w+): (.*)$", source)
        }
        name = path.name.removesuffix(".py.txt")
        found.append(Answer(path.parent.name, name, source, says))
    return found


WRONG, RIGHT = answers("wrong"), answers("right")
Checked = list[tuple[Answer, Report]]


@pytest.fixture(scope="module")
def wrong() -> Checked:
    """All wrong answers, checked; two at a time."""
    with ThreadPoolExecutor(2) as pool:
        reports = pool.map(
            lambda answer: check(answer.exercise, answer.source, seconds=8), WRONG
        )
        return list(zip(WRONG, reports, strict=True))


def found(report: Report) -> set[str]:
    return {mistake.name for mistake in report.mistakes}


def is_named_rightly(answer: Answer, report: Report) -> bool:
    if "error" in answer.says:
        assert not report.right
        return report.error is not None and {report.error.type} == answer.says["error"]
    if "stopped" in answer.says:
        return (
            report.stopped is not None
            and {report.stopped.reason} == answer.says["stopped"]
        )
    return found(report) == answer.says["mistakes"]


def test_there_are_enough_answers_and_several_in_each_exercise() -> None:
    assert len(WRONG) >= 60
    assert len(RIGHT) >= 20
    for exercise in exercises():
        name = exercise.function
        assert sum(answer.exercise == name for answer in WRONG) >= 8, name
        assert sum(answer.exercise == name for answer in RIGHT) >= 3, name


def test_at_least_95_percent_of_the_mistakes_are_named(wrong: Checked) -> None:
    missed = [
        f"{answer}: {sorted(found(report))}"
        for answer, report in wrong
        if not is_named_rightly(answer, report)
    ]
    assert len(missed) <= 0.05 * len(wrong), missed


def test_no_mistake_is_named_that_is_not_there(wrong: Checked) -> None:
    invented = [
        f"{answer}: {sorted(found(report))}"
        for answer, report in wrong
        if not found(report) <= answer.says.get("mistakes", set())
    ]
    assert not invented


def test_no_wrong_answer_passes(wrong: Checked) -> None:
    assert not [str(answer) for answer, report in wrong if report.right]


def test_it_is_said_in_which_arrays_if_not_in_all(wrong: Checked) -> None:
    checked = [pair for pair in wrong if "arrays" in pair[0].says]
    assert checked
    for answer, report in checked:
        (mistake,) = report.mistakes
        assert set(mistake.arrays) == answer.says["arrays"], answer


def test_each_report_has_a_sentence_and_each_line_is_in_the_file(
    wrong: Checked,
) -> None:
    for answer, report in wrong:
        assert report.sentence.endswith((".", "?")), answer
        lines = answer.source.split("\n")
        for mistake in report.mistakes:
            assert mistake.sentence.endswith("."), answer
            if mistake.line is not None:
                assert lines[mistake.line - 1].strip().startswith(mistake.text)
                assert mistake.text, answer


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("backward/no_gate", "dhidden = np.dot(dscores, W2.T)"),
        ("backward/gate_at_zero", "dh[hidden < 0] = 0"),
        ("cross_entropy_backward/cs231n_alias", "dscores = probs"),
        ("cross_entropy_backward/early_division", "d = probs / n"),
        ("forward/computed_but_unused", "z2 = z1 @ W2 + b2"),
        ("initial_parameters/flat_biases", "b1 = np.zeros(hidden)"),
        ("initial_parameters/seeded", "rng = np.random.default_rng(0)"),
        ("loss/sum_and_no_half", "L += reg * w * w"),
        ("softmax/textbook", "e = np.exp(scores)"),
        ("spiral/labels_one_based", "for arm in range(1, classes + 1):"),
        ("update/one_sign", "W2 = W2 + learning_rate * dW2"),
    ],
)
def test_the_line_to_look_at(wrong: Checked, answer: str, text: str) -> None:
    (report,) = [report for each, report in wrong if str(each) == answer]
    assert text in [mistake.text for mistake in report.mistakes]


def test_the_names_in_the_files_are_those_of_mistakes_we_know() -> None:
    known = {
        mistake.name for exercise in exercises() for mistake in misconceptions(exercise)
    }
    known |= set(re.findall(r'name="([a-z-]+)"', Path(flaws.__file__).read_text()))
    for answer in WRONG:
        assert answer.says.get("mistakes", set()) <= known, answer


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_in_another_style_is_right(answer: Answer) -> None:
    report = check(answer.exercise, answer.source, seconds=8)
    assert report.right, report.sentence
    assert not report.mistakes
    # What is worth a remark gets one, and nothing else does.
    (note,) = answer.says.get("note", {""})
    assert note in " ".join(report.notes)
    assert bool(report.notes) == bool(note)
