"""The data of the exercises: that each file says what it should."""

from itertools import combinations

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from unspiral.lesson.chapter import chapters
from unspiral.lesson.exercises.check import check
from unspiral.lesson.exercises.exercise import (
    Exercise,
    exercise,
    exercises,
    parameters,
)
from unspiral.lesson.exercises.inputs import SIZES, arguments, arrays, words
from unspiral.lesson.exercises.misconceptions import (
    Variation,
    misconceptions,
    variations,
)
from unspiral.lesson.exercises.naming import cases, cells, expected, inert, single
from unspiral.lesson.exercises.plain import plain
from unspiral.lesson.exercises.reference import REFERENCE
from unspiral.lesson.exercises.results import agree, computed
from unspiral.lesson.formulas import formula
from unspiral.lesson.listings import listing

EACH = pytest.mark.parametrize("each", exercises(), ids=lambda each: each.function)

NOT_TOLD_APART: set[frozenset[str]] = set()
"""Pairs of mistakes that give the same in all cases. There are none: a new one either
gets a case that tells it apart, or stands here, and is then not named."""


def test_they_are_nine_in_the_order_of_the_lesson() -> None:
    assert [each.function for each in exercises()] == [
        "spiral",
        "affine",
        "initial_parameters",
        "forward",
        "softmax",
        "loss",
        "cross_entropy_backward",
        "backward",
        "update",
    ]
    assert [each.number for each in exercises()] == list(range(1, 10))
    assert [each.chapter for each in exercises()] == [1, 2, 3, 4, 5, 5, 6, 6, 6]
    assert {each.chapter for each in exercises()} <= {c.number for c in chapters()}


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="no exercise 'backwards'; there are spiral, "):
        exercise("backwards")


@EACH
def test_the_template_is_open_and_its_solution_has_the_same_parameters(
    each: Exercise,
) -> None:
    report = check(each.function, each.template)
    assert not report.right
    assert not report.started
    assert parameters(each.solution, each.function) == each.parameters
    assert len(each.hints) == 3


@EACH
def test_the_solution_passes_its_own_check(each: Exercise) -> None:
    report = check(each.function, each.solution)
    assert report.right, report.sentence
    assert not report.notes


@EACH
def test_the_package_has_the_functions_that_are_shown(each: Exercise) -> None:
    for target in each.package:
        assert listing(target, docstring=True).code


def test_each_exercise_has_a_case_in_which_all_sizes_differ() -> None:
    for each in exercises():
        letters = {letter for name in each.parameters for letter in SIZES.get(name, ())}
        letters -= {"reg", "learning_rate"}
        sizes = {getattr(each.case[0], letter) for letter in letters}
        assert len(sizes) == len(letters), each.function


def test_the_inputs_fit_together_as_the_package_computes_them() -> None:
    case = exercise("backward").case[0]
    made: dict[str, np.ndarray] = arrays(case)  # type: ignore[assignment]
    hidden, scores = REFERENCE["forward"](
        *(made[name] for name in ("X", "W1", "b1", "W2", "b2"))
    )
    assert_array_equal(made["hidden"], hidden)
    assert_array_equal(made["probs"], REFERENCE["softmax"](scores))
    assert words(exercise("backward"), case) == (
        "with n = 5, K = 3, D = 2, h = 4, reg = 0.0"
    )


def test_one_case_has_activations_of_0_from_sums_of_exactly_0() -> None:
    (case,) = [c for c in exercise("backward").case if c.twist == "origin"]
    made: dict[str, np.ndarray] = arrays(case)  # type: ignore[assignment]
    sums = made["X"] @ made["W1"] + made["b1"]
    assert (sums[0] == 0).all()
    assert (made["hidden"][0] == 0).all()


# --- The mistakes ------------------------------------------------------------------


@EACH
def test_each_mistake_makes_a_difference(each: Exercise) -> None:
    for variation, difference in zip(variations(each), ~inert(each), strict=True):
        (mistake,) = variation.mistakes
        if not mistake.apart:  # a single line of several may make none
            assert difference.any(), variation.source
    for mistake in misconceptions(each):
        made = [v.mistakes[0] == mistake for v in variations(each)]
        assert (~inert(each)[made]).any(), mistake.name


@EACH
def test_a_mistake_that_passes_does_no_harm_in_the_cases_that_count(
    each: Exercise,
) -> None:
    count = [case.use == "count" for case in cases(each)]
    for variation, unharmed in zip(variations(each), inert(each), strict=True):
        if variation.mistakes[0].remark:
            assert unharmed[count].all()
            assert not unharmed.all()
        elif not variation.mistakes[0].apart:
            assert not unharmed[count].all(), variation.source


@EACH
def test_which_mistakes_cannot_be_told_apart(each: Exercise) -> None:
    alike = {
        one.names | other.names
        for (one, gives), (other, gives_too) in combinations(single(each), 2)
        if one.names != other.names
        and not cells(gives, expected(each), each).all()
        and all(map(agree, gives, gives_too))
    }
    assert alike == {pair for pair in NOT_TOLD_APART if pair <= names(each)}


def names(each: Exercise) -> set[str]:
    return {mistake.name for mistake in misconceptions(each)}


@EACH
def test_names_are_used_once_and_sentences_end(each: Exercise) -> None:
    assert len(names(each)) == len(misconceptions(each)) >= 15
    for mistake in misconceptions(each):
        assert mistake.sentence.endswith(".")
        assert formula(mistake.formula, display=True)
        assert "\\" not in plain(mistake.formula)


@EACH
def test_the_file_with_a_mistake_does_what_the_workbench_does(each: Exercise) -> None:
    for variation, results in single(each):
        file: dict[str, object] = {}
        exec(variation.source, file)
        function = file[each.function]
        assert callable(function)
        for case, result in zip(cases(each), results, strict=True):
            assert agree(computed(function, arguments(each, case), each), result)


def test_two_mistakes_are_made_together_unless_they_change_one_line() -> None:
    backward = exercise("backward")
    no_gate, no_reg, upside_down = (
        next(v for v in variations(backward) if v.names == {name})
        for name in ("no-gate", "no-reg", "gate-upside-down")
    )
    both = no_gate.with_(no_reg)
    assert isinstance(both, Variation)
    assert both.names == {"no-gate", "no-reg"}
    assert "hidden > 0" not in both.source
    assert "reg * W" not in both.source
    assert no_gate.with_(upside_down) is None
