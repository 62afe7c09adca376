"""The sandbox as it is meant: a learner's file runs, and we hear what came of it."""

import ast
import sys
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from unspiral.lesson.exercises.sandbox import (
    Call,
    Ended,
    Missing,
    Other,
    Outcome,
    Raised,
    Returned,
    Rng,
    Value,
    inside,
    run,
)


def only(source: str, *args: Value, seed: int | None = None) -> Outcome:
    """Run a file and call its function `f` once."""
    (outcome,) = run(source, [Call("f", args, seed)], seconds=20)
    return outcome


def returned(source: str, *args: Value, seed: int | None = None) -> Returned:
    outcome = only(source, *args, seed=seed)
    assert isinstance(outcome, Returned), outcome
    return outcome


def raised(source: str, *args: Value) -> Raised:
    outcome = only(source, *args)
    assert isinstance(outcome, Raised), outcome
    return outcome


# --- What comes back ---------------------------------------------------------------


def test_arrays_go_in_and_come_back() -> None:
    X = np.arange(6.0).reshape(2, 3)
    value = returned("def f(X):\n    return X.T * 2", X).value
    assert isinstance(value, np.ndarray)
    np.testing.assert_array_equal(value, X.T * 2)


def test_values_keep_their_types() -> None:
    values = {
        "None": None,
        "True": True,
        "-3": -3,
        "2.5": 2.5,
        "'σ'": "σ",
        "(1, [2.0, ()])": (1, [2.0, ()]),
        "{'dW1': 1}": {"dW1": 1},
        "np.float64(0.5)": np.float64(0.5),
        "np.int64(3)": np.int64(3),
        "np.bool_(True)": np.bool_(True),
    }
    source = f"import numpy as np\ndef f():\n    return [{', '.join(values)}]"
    found = returned(source).value
    assert isinstance(found, list)
    for value, expected in zip(found, values.values(), strict=True):
        assert value == expected
        assert type(value) is type(expected)


def test_arrays_keep_their_dtypes() -> None:
    dtypes = ["bool", "int8", "int64", "float32", "float64", "complex128"]
    arrays = [np.ones((2, 0, 3), dtype) for dtype in dtypes]
    values = returned("def f(*arrays):\n    return arrays", *arrays).value
    assert isinstance(values, tuple)
    for value, dtype in zip(values, dtypes, strict=True):
        assert isinstance(value, np.ndarray)
        assert value.dtype == dtype
        assert value.shape == (2, 0, 3)


def test_a_named_tuple_comes_back_as_a_tuple() -> None:
    source = """
from typing import NamedTuple

class Gradients(NamedTuple):
    dW1: float
    db1: float

def f():
    return Gradients(db1=2.0, dW1=1.0)
"""
    assert returned(source).value == (1.0, 2.0)


def test_of_anything_else_the_type_is_told() -> None:
    names = {
        "(i for i in [1])": "generator",
        "lambda: 1": "function",
        "print": "builtin_function_or_method",
        "int": "type",
        "{1, 2}": "set",
        "np": "module",
        "np.matrix([1])": "matrix",
        "np.array([1, None])": "ndarray of dtype object",
        "np.array(['a'])": "ndarray of dtype text",
        "{1: 2}": "dict with keys that are not text",
        "10 ** 1000": "int of hundreds of digits",
    }
    source = f"import numpy as np\ndef f():\n    return [{', '.join(names)}]"
    assert returned(source).value == [Other(name) for name in names.values()]


def test_changes_in_place_show_in_the_arguments() -> None:
    outcome = returned("def f(p, y):\n    p[0] -= 1\n    y.append(3)", np.ones(2), [1])
    assert outcome.value is None
    probs, y = outcome.args_after
    assert isinstance(probs, np.ndarray)
    np.testing.assert_array_equal(probs, [0, 1])
    assert y == [1, 3]


def test_changes_in_place_do_not_reach_our_arrays() -> None:
    probs = np.ones(2)
    returned("def f(probs):\n    probs -= 1", probs)
    np.testing.assert_array_equal(probs, [1, 1])


def test_shared_memory_is_told() -> None:
    source = """
def f(probs, others):
    dscores = probs
    return dscores, probs.copy(), {"rows": others["W1"][1:]}
"""
    outcome = returned(source, np.ones((2, 2)), {"W1": np.ones((3, 2))})
    assert outcome.shared == (
        (("value", 0), ("args", 0)),
        (("value", 2, "rows"), ("args", 1, "W1")),
    )


def test_two_returned_arrays_that_share_memory() -> None:
    source = "def f(a):\n    b = a + 1\n    return b, b[::2], b[1::2]"
    outcome = returned(source, np.ones(4))
    # b with each half of it; the halves interleave, but have no element in common.
    assert outcome.shared == (
        (("value", 0), ("value", 1)),
        (("value", 0), ("value", 2)),
    )


def test_what_was_printed() -> None:
    source = "import sys\ndef f():\n    print('a', 1)\n    print('b', file=sys.stderr)"
    assert returned(source).output == "a 1\nb\n"


def test_each_call_has_its_own_output_and_the_first_that_of_reading_the_file() -> None:
    outcomes = run("print('read')\ndef f(i):\n    print(i)", [Call("f", [1])] * 2, 20)
    outputs = [each.output for each in outcomes]
    assert outputs == ["read\n1\n", "1\n"]


def test_long_output_is_cut() -> None:
    output = returned("def f():\n    print('x' * 10_500)").output
    assert output == "x" * 10_000 + "\n… and 501 characters more"


def test_a_warning_is_shown_with_its_line() -> None:
    source = "import numpy as np\ndef f(scores):\n    return np.exp(scores)  # here"
    output = returned(source, np.array([1000.0])).output
    assert output == (
        "network.py:3: RuntimeWarning: overflow encountered in exp\n"
        "  return np.exp(scores)  # here\n"
    )


# --- Randomness --------------------------------------------------------------------


def test_a_generator_as_an_argument() -> None:
    outcome = returned("def f(rng, n):\n    return rng.normal(size=n)", Rng(7), 3)
    expected = np.random.default_rng(7).normal(size=3)
    np.testing.assert_array_equal(outcome.value, expected)
    assert outcome.args_after == (Other("Generator"), 3)


def test_a_seed_for_code_that_uses_the_old_functions() -> None:
    source = """
import random
import numpy as np
def f():
    return np.random.randn(2, 2), random.random()
"""
    one, same = (returned(source, seed=5).value for _ in range(2))
    other = returned(source, seed=6).value
    assert repr(one) == repr(same) != repr(other)
    old = np.random.RandomState(5).randn(2, 2)
    np.testing.assert_array_equal(one[0], old)  # type: ignore[index]


# --- What is raised ----------------------------------------------------------------


def test_an_exception_with_its_line() -> None:
    source = """
import numpy as np

def forward(X):
    return helper(X)

def helper(X):
    return np.dot(
        X, np.ones(3)
    )

def f(X):
    return forward(X)
"""
    error = raised(source, np.ones(2))
    assert error == Raised(
        type="ValueError",
        builtin="ValueError",
        message="shapes (2,) and (3,) not aligned: 2 (dim 0) != 3 (dim 0)",
        line=8,
        text="return np.dot(",
        output="",
    )


@pytest.mark.parametrize(
    ("line", "name", "builtin"),
    [
        ("undefined", "NameError", "NameError"),
        ("np.zeros(2).sum(axis=5)", "AxisError", "ValueError"),
        ("np.linalg.inv(np.zeros((2, 2)))", "LinAlgError", "ValueError"),
        ("np.ones((10**6, 10**6))", "MemoryError", "MemoryError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
def test_an_exception_and_which_of_pythons_own_it_is(
    line: str, name: str, builtin: str
) -> None:
    error = raised(f"import numpy as np\ndef f():\n    {line}")
    assert (error.type, error.builtin, error.line) == (name, builtin, 3)


def test_what_was_printed_before_the_exception() -> None:
    assert raised("def f():\n    print('so far')\n    1 / 0").output == "so far\n"


@pytest.mark.parametrize(
    ("source", "name", "message", "line", "column", "text"),
    [
        (
            "def f(x):\n    return x +* 2\n",
            *("SyntaxError", "invalid syntax", 2, 15, "return x +* 2"),
        ),
        (
            "def f(x):\nreturn x\n",
            "IndentationError",
            "expected an indented block after function definition on line 1",
            *(2, 1, "return x"),
        ),
    ],
)
def test_wrong_syntax(
    source: str, name: str, message: str, line: int, column: int, text: str
) -> None:
    error = raised(source)
    assert (error.type, error.message) == (name, message)
    assert (error.line, error.column, error.text) == (line, column, text)
    assert error.on_import


def test_an_exception_when_the_file_is_read_is_that_of_every_call() -> None:
    one, two = run("import numpy as np\nnp.nothing", [Call("f", []), Call("g", [])])
    assert one == two
    assert isinstance(one, Raised)
    assert one.on_import
    assert one.line == 2


def test_after_an_exception_the_next_call_is_made() -> None:
    source = "def f(x):\n    return 1 / x"
    wrong, right = run(source, [Call("f", [0]), Call("f", [2])], seconds=20)
    assert isinstance(wrong, Raised)
    assert isinstance(right, Returned)
    assert right.value == 0.5


def test_after_a_lack_of_memory_the_next_call_is_made() -> None:
    source = "def f(n):\n    return len('x' * n)"
    wrong, right = run(source, [Call("f", [2**40]), Call("f", [3])], seconds=20)
    assert isinstance(wrong, Raised)
    assert wrong.type == "MemoryError"
    assert isinstance(right, Returned)
    assert right.value == 3


@pytest.mark.parametrize(("source", "kind"), [("", None), ("softmax = 3", "int")])
def test_a_function_that_is_not_there(source: str, kind: str | None) -> None:
    (outcome,) = run(source, [Call("softmax", [])], seconds=20)
    assert outcome == Missing("softmax", kind, output="")


# --- The learner's file ------------------------------------------------------------


def test_it_is_read_once_and_is_not_the_main_program() -> None:
    source = """
count = 0
if __name__ == "__main__":
    count = 100

def f():
    global count
    count += 1
    return count
"""
    outcomes = run(source, [Call("f", [])] * 2, seconds=20)
    assert [each.value for each in outcomes if isinstance(each, Returned)] == [1, 2]


def test_it_may_define_a_dataclass_and_import_from_the_standard_library() -> None:
    source = """
import math
from collections import namedtuple
from dataclasses import dataclass
from fractions import Fraction

@dataclass
class Step:
    loss: float

def f():
    return Step(math.pi).loss, str(Fraction(1, 3))
"""
    assert returned(source).value == (np.pi, "1/3")


def test_other_packages_are_not_there() -> None:
    error = raised("import jinja2")
    assert error.type == "ModuleNotFoundError"
    assert error.message == (
        "No module named 'jinja2' here: there are only NumPy and Python's own modules"
    )


def test_lines_are_counted_as_python_does() -> None:
    # A form feed and a line separator are no line ends; a lone \r is one.
    source = "x = '\u2028\x0c'\r\ny = 1\rdef f():\n    1 / 0"
    error = raised(source)
    assert (error.line, error.text) == (4, "1 / 0")


def test_its_environment_is_empty() -> None:
    source = "import os, sys\ndef f():\n    return dict(os.environ), sys.argv"
    assert returned(source).value == ({}, [""])


def test_its_changes_to_builtins_are_its_own() -> None:
    source = (
        "import builtins\nbuiltins.len = lambda x: 42\ndef f(x):\n    return len(x)"
    )
    assert returned(source, [1]).value == 42


# --- Asking wrongly ----------------------------------------------------------------


def test_no_calls() -> None:
    assert run("1 / 0", []) == []


@pytest.mark.parametrize("seconds", [0, -1, 61, float("nan")])
def test_seconds_out_of_bounds(seconds: float) -> None:
    with pytest.raises(ValueError, match=r"seconds is from 0\.01 to 60, not"):
        run("", [Call("f", [])], seconds)


def test_an_argument_that_cannot_be_sent() -> None:
    calls = [Call("g", []), Call("f", [1, {"a": [np.array([None])]}])]
    with pytest.raises(ValueError, match=r"f: args\[1\]\['a'\]\[0\] cannot be sent"):
        run("", calls)


def test_arguments_that_are_too_large() -> None:
    with pytest.raises(ValueError, match=r"too much to send: .* shape \(3000, 1000\)"):
        run("", [Call("f", [np.ones((3000, 1000))])])


def test_a_seed_out_of_bounds() -> None:
    with pytest.raises(ValueError, match="a seed is 0 or more, not -1"):
        Rng(-1)
    with pytest.raises(ValueError, match="not -1"):
        Call("f", [], seed=-1)


# --- Several at a time -------------------------------------------------------------


def test_several_threads_may_run_at_a_time() -> None:
    results: dict[int, Outcome] = {}

    def work(number: int) -> None:
        source = "def f(x):\n    while x == 3: pass\n    return x"
        (results[number],) = run(source, [Call("f", [number])], seconds=3)

    threads = [Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    endless = results.pop(3)
    assert isinstance(endless, Ended)
    values = {
        n: each.value for n, each in results.items() if isinstance(each, Returned)
    }
    assert values == {0: 0, 1: 1, 2: 2, 4: 4, 5: 5}


def test_what_runs_inside_needs_nothing_but_numpy() -> None:
    assert inside.__file__
    files = list(Path(inside.__file__).parent.glob("*.py"))
    assert len(files) > 5
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            else:
                continue
            packages = {name.partition(".")[0] for name in names}
            assert packages <= sys.stdlib_module_names | {"numpy"}, file
