"""The check of an exercise: run the learner's function, compare it, and say what is so.

`check` is for one exercise, as the page has it; `check_file` is for a whole network.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import structs

from unspiral.lesson.exercises import flaws
from unspiral.lesson.exercises.exercise import Case, Exercise, exercise, exercises
from unspiral.lesson.exercises.facts import facts
from unspiral.lesson.exercises.inputs import arguments, words
from unspiral.lesson.exercises.misconceptions import Misconception
from unspiral.lesson.exercises.naming import Names, expected, name_mistakes
from unspiral.lesson.exercises.reference import REFERENCE
from unspiral.lesson.exercises.report import Difference, Error, Found, Report, Stopped
from unspiral.lesson.exercises.results import Result, alike, computed, result, result_of
from unspiral.lesson.exercises.samples import is_sample
from unspiral.lesson.exercises.sandbox import (
    Call,
    Ended,
    Missing,
    Outcome,
    Raised,
    Returned,
    Rng,
    Value,
    run,
)
from unspiral.lesson.exercises.source import (
    LONGEST,
    function_of,
    is_open,
    line_like,
    lines_in,
    parsed,
)
from unspiral.lesson.exercises.standing_in import alone, the_others
from unspiral.lesson.exercises.telling import difference_of, error_of
from unspiral.lesson.formulas import formula

SECONDS = 2.0
"""How long all calls of a function may take."""
OTHER_SEED = 1_000_000
"""Added to a seed to make another."""


def check(name: str, source: str, *, seconds: float = SECONDS) -> Report:
    """Check the function of one exercise.

    Parameters
    ----------
    name
        The exercise, by its function, such as ``backward``.
    source
        A Python file that defines this function, and whatever else it needs. Other
        exercises' functions may be called and need not be there.
    seconds
        How long it may run, in the sandbox.

    Returns
    -------
    Report

    Raises
    ------
    KeyError
        When there is no such exercise.
    """
    asked = exercise(name)
    if len(source) > LONGEST:
        return Report(
            exercise=name,
            right=False,
            sentence=f"This file has {len(source):,} characters, more than the "
            f"{LONGEST:,} that are read.",
        )
    node = function_of(parsed(source), name)
    if node is not None and is_open(node):
        sentence = f"`{name}` is still open."
        return Report(exercise=name, right=False, started=False, sentence=sentence)
    return Trial(asked, source, seconds).report()


def check_file(source: str, *, seconds: float = SECONDS) -> list[Report]:
    """Check all exercises in a file that holds a whole network.

    Each stands alone: see `check`. A mistake is reported where it is made.
    """
    return [
        check(each.function, alone(each, source), seconds=seconds)
        for each in exercises()
    ]


@dataclass(frozen=True)
class Trial:
    """All calls of a learner's function, and what came of them."""

    exercise: Exercise
    source: str
    seconds: float

    # --- The calls ------------------------------------------------------------------

    @cached_property
    def counting(self) -> list[int]:
        """Numbers of the cases in which a right function is right."""
        return [i for i, case in enumerate(self.exercise.case) if case.use == "count"]

    @cached_property
    def args(self) -> list[tuple[Value, ...]]:
        """The arguments of every call: all cases, and one of them once more.

        A function that draws at random is called with another seed as well.
        """
        each = [arguments(self.exercise, case) for case in self.exercise.case]
        again = each[self.counting[-1] if self.exercise.random else 0]
        reseeded = tuple(
            Rng(arg.seed + OTHER_SEED) if isinstance(arg, Rng) else arg for arg in again
        )
        return [*each, again, reseeded]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What came of every call."""
        calls = [Call(self.exercise.function, args) for args in self.args]
        besides = the_others(self.exercise, self.source)
        return run(self.source, calls, self.seconds, besides)

    @cached_property
    def cases(self) -> list[tuple[Case, Outcome]]:
        """The cases, and what came of them."""
        return list(zip(self.exercise.case, self.outcomes, strict=False))

    # --- The results -----------------------------------------------------------------

    @cached_property
    def expected(self) -> list[Result]:
        """What is right, for every case."""
        function = REFERENCE[self.exercise.function]
        some = iter(expected(self.exercise))
        return [
            computed(function, arguments(self.exercise, case), self.exercise)
            if case.use == "sizes"
            else next(some)
            for case in self.exercise.case
        ]

    @cached_property
    def order(self) -> tuple[int, ...]:
        """In which order things come back."""
        for index in self.counting:
            outcome = self.outcomes[index]
            if isinstance(outcome, Returned):
                value, _ = flaws.as_tuple(self.exercise, outcome.value)
                right = self.expected[index].arrays
                return flaws.order_of(self.exercise, value, right)
        return tuple(range(len(self.exercise.returns)))

    def value(self, outcome: Returned) -> Any:
        """Return what came back, in the order that was asked for."""
        value, _ = flaws.as_tuple(self.exercise, outcome.value)
        several = len(self.order) > 1 and isinstance(value, tuple | list)
        if not several or len(value) != len(self.order):
            return value
        return tuple(value[index] for index in self.order)

    def result(self, outcome: Outcome) -> Result:
        """Return what came of a call, array by array."""
        if isinstance(outcome, Returned):
            return result(self.value(outcome), self.exercise)
        return result_of(outcome, self.exercise)

    @cached_property
    def results(self) -> list[Result]:
        """What came of every call."""
        return [self.result(outcome) for outcome in self.outcomes]

    def is_right(self, index: int) -> bool:
        """Whether all arrays of a case are what they should be."""
        given, right = self.results[index].arrays, self.expected[index].arrays
        return bool(given) and all(alike(given[name], right[name]) for name in right)

    def is_another_sample(self, index: int) -> bool:
        """Whether the random numbers of a case are good, and only others."""
        names = self.exercise.parameters
        inputs = dict(zip(names, self.args[index], strict=True))
        arrays = self.results[index].arrays
        return bool(arrays) and is_sample(self.exercise.function, inputs, arrays)

    @cached_property
    def wrong(self) -> list[int]:
        """Numbers of the cases that count and are wrong."""
        return [
            index
            for index in self.counting
            if not self.is_right(index) and not self.is_another_sample(index)
        ]

    # --- The report ------------------------------------------------------------------

    def report(self) -> Report:
        """Say how the function does."""
        name, first = self.exercise.function, self.outcomes[0]
        nothing = Report(
            exercise=name, right=False, sentence="", output=first.output.strip("\n")
        )
        if isinstance(first, Missing):
            what = "a function" if first.type_name is None else "something to call"
            sentence = f"The file does not define {what} named `{name}`."
            return structs.replace(nothing, sentence=sentence)
        for outcome in self.outcomes:
            if isinstance(outcome, Ended):
                stopped = Stopped(
                    reason=outcome.reason, sentence=outcome.sentence, line=outcome.line
                )
                return structs.replace(
                    nothing, sentence=outcome.sentence, stopped=stopped
                )

        found = [self.with_text(flaw) for flaw in self.flaws()]
        if not self.wrong and not found:
            return structs.replace(
                nothing,
                right=True,
                sentence=f"`{name}` is right.",
                notes=tuple(self.notes()),
            )
        error, difference = self.first_wrong()
        names = name_mistakes(self.exercise, self.told) if self.wrong else Names()
        found += [self.found(m, names, error) for m in names.mistakes]
        if self.wrong and not found and self.is_right_for_the_lesson:
            written_in = flaws.sizes_written_in(self.node)
            found += [self.with_text(written_in)] if written_in else []
        return structs.replace(
            nothing,
            sentence=headline(name, error, difference, found),
            error=error,
            difference=difference,
            mistakes=tuple(found),
            maybe=tuple(self.found(m, names, error) for m in names.maybe),
            notes=tuple(self.facts(difference) if not found else ()),
        )

    @cached_property
    def node(self) -> flaws.Function:
        """The function in the learner's file."""
        return function_of(parsed(self.source), self.exercise.function)

    @cached_property
    def told(self) -> list[Result]:
        """The results by which mistakes are told apart."""
        return [
            result
            for result, case in zip(self.results, self.exercise.case, strict=False)
            if case.use != "sizes"
        ]

    @cached_property
    def is_right_for_the_lesson(self) -> bool:
        """Whether it is right for the lesson's own sizes."""
        return any(
            case.use == "sizes" and self.is_right(index)
            for index, case in enumerate(self.exercise.case)
        )

    def flaws(self) -> Iterable[Found]:
        """Find what is wrong whatever the numbers are."""
        asked, node, cases = self.exercise, self.node, len(self.exercise.case)
        outcomes = [self.outcomes[index] for index in self.counting]
        once = self.results[self.counting[-1] if asked.random else 0]
        again, reseeded = self.results[cases : cases + 2]
        returned = [outcome for outcome in outcomes if isinstance(outcome, Returned)]
        for found in (
            flaws.nothing_returned(asked, outcomes, node),
            flaws.changed_arguments(
                asked, [(self.args[i], self.outcomes[i]) for i in self.counting], node
            ),
            flaws.random_numbers(asked, once, again, reseeded, node),
            flaws.remembers(asked, once, again),
            flaws.other_parameters(asked, node) if self.wrong else None,
        ):
            if found:
                yield found
        if returned and returned[0].value is not None:
            value = self.value(returned[0])
            index = self.outcomes.index(returned[0])
            for found in (
                flaws.as_tuple(asked, returned[0].value)[1],
                flaws.other_number(asked, value),
                flaws.lists(asked, value, self.expected[index]),
            ):
                if found:
                    yield found
            if self.order != tuple(range(len(asked.returns))):
                yield flaws.other_order(asked)

    def first_wrong(self) -> tuple[Error | None, Difference | None]:
        """Say what happens in the first case that is wrong."""
        if not self.wrong:
            return None, None
        index = self.wrong[0]
        case = words(self.exercise, self.exercise.case[index])
        outcome = self.outcomes[index]
        if isinstance(outcome, Raised):
            return error_of(outcome, case), None
        assert isinstance(outcome, Returned)
        return None, difference_of(
            self.exercise,
            self.value(outcome),
            self.results[index],
            self.expected[index],
            case,
        )

    def found(self, mistake: Misconception, names: Names, error: Error | None) -> Found:
        """Say where a mistake is to be looked for."""
        arrays = names.arrays.get(mistake.name, ())
        line, text = line_like(
            mistake.look, self.source, self.exercise.function, arrays
        )
        if line is None and error:
            line, text = error.line, error.text
        return Found(
            name=mistake.name,
            sentence=mistake.sentence,
            tex=mistake.formula,
            mathml=formula(mistake.formula, display=True),
            line=line,
            text=text,
            arrays=arrays,
        )

    def with_text(self, found: Found) -> Found:
        """Add the text of its line."""
        if found.line is None:
            return found
        text = lines_in(self.source)[found.line - 1].strip()
        return structs.replace(found, text=text)

    def facts(self, difference: Difference | None) -> list[str]:
        """Say what is known of a wrong array whose mistake is not."""
        if difference is None or difference.array not in self.exercise.returns:
            return []
        index = self.wrong[0]
        array = self.results[index].arrays[difference.array]
        right = self.expected[index].arrays[difference.array]
        if array is None or right is None:
            return []
        return facts(difference.array, array, right, self.exercise.case[index])

    def notes(self) -> Iterable[str]:
        """Say what is worth knowing of a right function."""
        if not all(self.is_right(index) for index in self.counting):
            yield (
                "Your random numbers are as good as the lesson's, but drawn in another "
                "order. So the same seed gives you other numbers than the lesson's."
            )
        elif not all(self.is_right(i) for i, _ in enumerate(self.exercise.case)):
            names = name_mistakes(self.exercise, self.told)
            yield from (m.sentence for m in names.mistakes if m.remark)
        first = self.outcomes[0]
        if isinstance(first, Returned) and is_single_precision(first.value):
            yield (
                "The result is float32, with about 7 digits. That is right, and enough "
                "to train; the lesson has float64, with about 16."
            )


def is_single_precision(value: Any) -> bool:
    """Whether arrays hold 32-bit floats, or shorter ones."""
    parts = value if isinstance(value, tuple | list) else [value]
    dtypes = [part.dtype for part in parts if isinstance(part, np.ndarray | np.generic)]
    return any(dtype in (np.float32, np.float16) for dtype in dtypes)


def headline(
    name: str,
    error: Error | None,
    difference: Difference | None,
    found: list[Found],
) -> str:
    """Say in one sentence what is wrong."""
    if error:
        article = "an" if error.type[0] in "AEIOU" else "a"
        where = f" in line {error.line}" if error.line else ""
        return f"`{name}` stops with {article} {error.type}{where}."
    if difference:
        return difference.sentence
    return found[0].sentence
