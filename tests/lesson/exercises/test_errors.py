"""What exceptions mean: those that Python and NumPy really raise."""

import numpy as np
import pytest

from unspiral.lesson.exercises.errors import meaning, meanings

A, B, v = np.ones((5, 3)), np.ones((4, 2)), np.ones(5)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("A @ B", "the left one has 3 columns and the right one 4 rows"),
        ("np.dot(A, B)", "The shapes (5,3) and (4,2) cannot be multiplied"),
        ("A / v", "The shapes (5,3) and (5,) do not fit together entry by entry"),
        ("A * B", "If a product of matrices is meant, write `@`"),
        ("np.einsum('ij,jk->ik', A, B)", "stands for two different lengths"),
        ("A[:, 3]", "There is no index 3 along axis 1: its length is 3"),
        ("v[0, 1]", "This array has 1 axes, and 2 indices are given"),
        ("A[v]", "Indices have to be whole numbers"),
        ("max(0, A)", "`np.maximum`"),
        ("np.max(0, A)", "the larger of two, entry by entry, is `np.maximum(0, a)`"),
        ("v.sum(axis=1)", "There is no axis 1: this array has 1"),
        ("math.exp(A)", "A single number is wanted here"),
        ("math.exp(1000)", "more than a float can hold"),
        ("math.log(0)", "positive numbers only"),
        ("np.zeros(3, 4)", "in parentheses of its own"),
        ("rng.randn(3)", "`rng.standard_normal(shape)`"),
        ("np.softmax(A)", "you make it yourself"),
        ("np.exq(A)", "Look for a slip in the name"),
        ("[1, 2].T", "only a NumPy array has `T`"),
        ("[1, 2] - 1", "Lists and tuples cannot be calculated with"),
        ("rows[0, 0]", "Only an array takes several"),
        ("A.append(1)", "An array keeps its length"),
        ("nothing()[0]", "Something here is `None`"),
        ("A(1)", "Parentheses after an array call it like a function"),
        ("A.shape(0)", "A shape has none: `X.shape`"),
        ("whole.__isub__(0.5)", "cannot be changed in place into floats"),
        ("A.reshape(4, 4)", "15 numbers do not fill the shape (4,4)"),
        ("exp(A)", "write `np.exp`"),
        ("dscore", "Nothing is called `dscore` here"),
        ("self", "there is no `self`"),
        ("nothing(1)", "too many or too few arguments"),
        ("1 / 0", "divided by 0"),
        ("{}['W1']", "There is no entry 'W1'"),
        ("range(3.0)", "`/` always gives a float"),
        ("import_scipy()", "There is no module"),
    ],
)
def test_a_common_exception_has_its_meaning(code: str, words: str) -> None:
    import math

    def nothing() -> None: ...

    def import_scipy() -> None:
        import a_module_that_is_not_there  # type: ignore[import-not-found]  # noqa: F401

    known = {"np": np, "math": math, "A": A, "B": B, "v": v, "nothing": nothing}
    known |= {"rng": np.random.default_rng(0), "whole": np.ones(3, dtype=int)}
    known |= {"import_scipy": import_scipy, "rows": [[1, 2]]}
    with pytest.raises(Exception) as raised:  # noqa: PT011 - each has its own
        eval(code, known)
    error = raised.value
    assert words in meaning(type(error).__name__, str(error)), error


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def f(x)\n    return x", "ends with a colon"),
        ("def f(x):\nreturn x", "belong to the function definition on line 1"),
        ("def f(x):\n    a = 1\n     b = 2", "indented further"),
        ("def f(x):\n    a = 1\n  b = 2", "at which no line above begins"),
        ("def f(x):\n\ta = 1\n        b = 2", "some lines are indented with tabs"),
        ("x = (1", "The bracket `(` has no partner"),
        ("x = 1)", "The bracket `)` has no partner"),
        ("x = 'a", "not closed on its line"),
        ("if x = 1: pass", "To compare, write `==`"),
        ("f(x) = 3", "may stand on its left"),
        ("return 1", "belongs to no function"),
        ("y = x \N{MINUS SIGN}1", "is none of Python's"),
        ("y = x @", "Look for a missing operator"),
    ],
)
def test_so_has_an_error_of_syntax(code: str, words: str) -> None:
    with pytest.raises(SyntaxError) as raised:
        compile(code, "network.py", "exec")
    said = meaning(type(raised.value).__name__, raised.value.msg)
    assert words.lower() in said.lower(), raised.value.msg


def test_of_an_exception_that_nobody_knows_nothing_is_said() -> None:
    assert meaning("StopAsyncIteration", "whatever") == ""


def test_each_meaning_is_a_sentence() -> None:
    for each in meanings():
        assert each.sentence.endswith((".", "?")), each.pattern
