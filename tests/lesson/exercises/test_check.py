"""What is said of one function."""

import json

import msgspec
import numpy as np
import pytest

from unspiral.lesson.exercises.check import check, check_file
from unspiral.lesson.exercises.exercise import exercises
from unspiral.lesson.exercises.report import Report
from unspiral.lesson.exercises.telling import numbers

SOLVED = "\n\n".join(each.solution for each in exercises())


def checked(name: str, body: str, top: str = "import numpy as np") -> Report:
    """Check a function with this body."""
    (parameters,) = [each.parameters for each in exercises() if each.function == name]
    lines = [top, f"def {name}({', '.join(parameters)}):"]
    lines += [f"    {line}" for line in body.split("\n")]
    return check(name, "\n".join(lines))


def found(report: Report) -> list[str]:
    return [mistake.name for mistake in report.mistakes]


# --- Right ---------------------------------------------------------------------------


def test_a_right_function() -> None:
    report = checked("affine", "return X @ W + b")
    assert report.right
    assert report.sentence == "`affine` is right."
    assert report == Report(
        exercise="affine", right=True, sentence="`affine` is right."
    )


def test_a_list_in_place_of_the_tuple_and_whole_numbers_for_zeros_will_do() -> None:
    report = checked(
        "forward", "h = np.maximum(0, X @ W1 + b1)\nreturn [h, h @ W2 + b2]"
    )
    assert report.right
    report = checked(
        "initial_parameters",
        "W1 = 0.01 * rng.standard_normal((features, hidden))\n"
        "W2 = 0.01 * rng.standard_normal((hidden, classes))\n"
        "return W1, np.zeros((1, hidden), int), W2, np.zeros((1, classes), int)",
    )
    assert report.right


# --- Wrong ---------------------------------------------------------------------------


def test_wrong_numbers_where_and_by_how_much() -> None:
    report = checked("affine", "s = X @ W + b\ns[2, 1] += 0.5\nreturn s")
    assert not report.right
    difference = report.difference
    assert difference
    assert (difference.array, difference.kind) == ("scores", "value")
    assert difference.index == (2, 1)
    assert (difference.wrong, difference.entries) == (1, 15)
    assert difference.value is not None
    assert difference.expected is not None
    assert difference.value - difference.expected == pytest.approx(0.5)
    assert "`scores` is wrong in 1 of its 15 entries. At `[2, 1]`" in report.sentence
    assert difference.case == "with n = 5, D = 2, K = 3"


def test_a_wrong_shape_with_both_shapes() -> None:
    report = checked("affine", "return (X @ W + b)[:, :2]")
    assert report.difference
    assert report.difference.kind == "shape"
    assert (report.difference.shape, report.difference.expected_shape) == (
        (5, 2),
        (5, 3),
    )
    assert report.sentence == (
        "`scores` has the shape (5, 2). It should have the shape (5, 3)."
    )


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("affine", "return 'scores'", "`scores` is text. It has to be an array of"),
        ("affine", "return (s for s in X)", "something of the type `generator`"),
        ("affine", "return [[1], [2, 3]]", "a list that is no array of numbers"),
        ("forward", "return {'a': 1}", "`forward` returns a dict. It returns `hidden`"),
        ("loss", "return np.array([1.0])", "`loss` has the shape (1,). It should be a"),
        ("loss", "return {}", "`loss` is a dict. It has to be a single number."),
        (
            "loss",
            "return 1j",
            "`loss` holds complex numbers. It should hold real ones.",
        ),
    ],
)
def test_something_of_the_wrong_type(name: str, body: str, sentence: str) -> None:
    report = checked(name, body)
    assert not report.right
    assert sentence in report.sentence


def test_the_first_wrong_array_is_the_first_that_is_computed() -> None:
    report = checked(
        "backward",
        "g = dscores @ W2.T\nreturn X.T @ g, g.sum(0), 3 * hidden.T @ dscores, b2",
    )
    assert report.difference
    assert report.difference.array == "dW2"


def test_what_is_so_of_an_array_though_the_mistake_is_not_known() -> None:
    report = checked("affine", "return 7 * (X @ W + b)")
    assert report.notes == ("Every number in `scores` is 7 times what it should be.",)
    report = checked("softmax", "return np.full(scores.shape, np.nan)")
    assert report.notes == ()
    assert report.difference
    assert report.difference.value is None  # it is not finite


def test_two_numbers_are_written_so_that_they_differ() -> None:
    assert numbers(1.0, 2.0) == ("1", "2")
    assert numbers(1.0, 1.0 + 1e-9) == ("1", "1.000000001")


# --- Exceptions, and no function at all ----------------------------------------------


def test_an_exception_with_its_line_and_what_it_means() -> None:
    report = checked("affine", "s = X @ W\nreturn s @ b")
    error = report.error
    assert error
    assert (error.type, error.line, error.text) == ("ValueError", 4, "return s @ b")
    assert "cannot be multiplied as matrices" in error.meaning
    assert error.case == "with n = 5, D = 2, K = 3"
    assert report.sentence == "`affine` stops with a ValueError in line 4."


def test_a_file_that_is_no_python() -> None:
    report = checked("affine", "return X @ W + (b")
    assert report.error
    assert (report.error.type, report.error.line) == ("SyntaxError", 3)
    assert report.error.column == 20
    assert report.error.case == ""
    assert "has no partner" in report.error.meaning


def test_a_function_that_is_not_there() -> None:
    report = check("softmax", "def soft_max(scores): return scores")
    assert report.sentence == "The file does not define a function named `softmax`."
    assert report.started


@pytest.mark.parametrize(
    "body", ["...", "pass", "'''Docs.'''", "raise NotImplementedError('later')"]
)
def test_a_function_that_is_still_open(body: str) -> None:
    report = checked("softmax", body)
    assert not report.started
    assert not report.right
    assert report.sentence == "`softmax` is still open."


def test_an_endless_loop_ends_with_a_sentence() -> None:
    source = "def softmax(scores):\n    while True:\n        pass\n"
    report = check("softmax", source, seconds=0.3)
    assert report.stopped
    assert report.stopped.reason == "time"
    assert report.stopped.line in (2, 3)
    assert report.sentence == report.stopped.sentence


def test_a_file_that_is_far_too_long() -> None:
    report = check("softmax", "x = 1\n" * 20_000)
    assert "120,000 characters, more than the 100,000 that are read" in report.sentence


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000,
        "-" * 50_000 + "1",
        "def softmax(scores):\n" + "\n".join(f"{' ' * i}if 1:" for i in range(1, 300)),
        "\0",
        "x = '\\d'",
        "\ud800",
    ],
    ids=["brackets", "minus signs", "deep blocks", "zero", "escape", "surrogate"],
)
def test_text_that_parsers_fear(source: str) -> None:
    report = check("softmax", source)
    assert not report.right
    assert report.sentence


# --- What it does besides -------------------------------------------------------------


def test_what_it_prints_is_in_the_report() -> None:
    report = checked("affine", "print(X.shape)\nreturn X @ W")
    assert report.output == "(5, 2)"


@pytest.mark.parametrize(
    ("name", "body", "mistake"),
    [
        (
            "softmax",
            "scores -= 1\ne = np.exp(scores)\nreturn e",
            "changes-its-arguments",
        ),
        ("affine", "X[0] = 0\nreturn X @ W + b", "changes-its-arguments"),
        ("affine", "Z = X\nZ += 1\nreturn (Z - 1) @ W + b", "second-name-no-copy"),
        ("affine", "print(X @ W + b)", "printed-not-returned"),
        ("affine", "s = X @ W + b", "nothing-returned"),
        ("affine", "return (X @ W + b).tolist()", "list-for-array"),
        ("forward", "return X, X, X", "too-much-returned"),
    ],
)
def test_what_is_wrong_whatever_the_numbers(name: str, body: str, mistake: str) -> None:
    report = checked(name, body)
    assert not report.right
    assert mistake in found(report)


def test_a_dict_of_gradients_is_understood_and_not_accepted() -> None:
    report = checked(
        "update",
        "lr = learning_rate\n"
        "return {'W1': W1 - lr * dW1, 'b1': b1 - lr * db1,"
        " 'W2': W2 - lr * dW2, 'b2': b2 - lr * db2}",
    )
    assert found(report) == ["returned-a-dict"]


def test_memory_from_one_call_to_the_next_is_noticed() -> None:
    report = checked(
        "affine",
        "seen.append(1)\nreturn X @ W + b * (len(seen) < 6)",
        top="import numpy as np; seen = []",
    )
    assert "remembers-earlier-calls" in found(report)


# --- Each exercise stands alone -------------------------------------------------------


def test_functions_of_other_exercises_may_be_called_and_need_not_be_there() -> None:
    report = checked(
        "forward",
        "hidden = np.maximum(0, affine(X, W1, b1))\n"
        "return hidden, affine(hidden, W2, b2)",
    )
    assert report.right


def test_numpy_is_not_there_unless_it_is_imported() -> None:
    # The lesson's own functions stand in, and do not bring it along.
    report = checked("forward", "return np.maximum(0, affine(X, W1, b1))", top="")
    assert report.error
    assert report.error.type == "NameError"


def test_a_helper_may_have_the_name_of_another_exercise() -> None:
    report = checked(
        "forward",
        "hidden = affine(X, W1) + b1\nhidden = hidden * (hidden > 0)\n"
        "return hidden, affine(hidden, W2) + b2",
        top="import numpy as np\ndef affine(inputs, weights): return inputs @ weights",
    )
    assert report.right


def test_an_exception_in_a_function_that_stands_in_is_told_where_they_call_it() -> None:
    report = checked("forward", "return affine(X, W1.T, b1), 0")
    assert report.error
    assert report.error.text == "return affine(X, W1.T, b1), 0"


def test_in_a_whole_file_a_mistake_is_reported_where_it_is_made() -> None:
    wrong = SOLVED.replace("scores = X @ W\n", "scores = X @ W * 2\n").replace(
        "out = X @ W1\n    out = out + b1\n", "out = affine(X, W1, b1)\n"
    )
    reports = check_file(wrong)
    assert [report.exercise for report in reports if not report.right] == ["affine"]


def test_all_of_a_right_file_is_right_and_can_be_sent() -> None:
    reports = check_file(SOLVED)
    assert all(report.right for report in reports)
    sent = json.loads(msgspec.json.encode(reports))
    assert [each["exercise"] for each in sent] == [e.function for e in exercises()]
    assert (
        msgspec.msgpack.decode(msgspec.msgpack.encode(reports), type=list[Report])
        == reports
    )


def test_a_check_changes_nothing_that_the_next_one_needs() -> None:
    first = checked("backward", "X[:] = 0\nreturn W1, b1, W2, b2")
    assert found(first)
    assert checked("affine", "return X @ W + b").right
    assert np.isfinite(1.0)
