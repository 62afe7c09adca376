"""Which mistake it is: the one that gives the very same wrong results.

A program is run on all cases, and compared with the solution with each known mistake in
it. If several explanations are equally good, only what they have in common is named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

import numpy as np

from unspiral.lesson.exercises.exercise import Case, Exercise
from unspiral.lesson.exercises.inputs import arguments
from unspiral.lesson.exercises.misconceptions import (
    Misconception,
    Variation,
    variations,
)
from unspiral.lesson.exercises.reference import REFERENCE
from unspiral.lesson.exercises.results import NUMERIC, Result, agree, alike, computed

Results = Sequence[Result]
"""A result for each case."""
Cells = np.ndarray
"""(cases, arrays): something about each array in each case, true or false."""

MOST = 3
"""So many mistakes in one program are looked for."""


@dataclass(frozen=True)
class Names:
    """What the results of a program say about its mistakes."""

    mistakes: tuple[Misconception, ...] = ()
    """Those that are in it."""
    arrays: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By the name of a mistake: the arrays that it explains, if not all."""
    maybe: tuple[Misconception, ...] = ()
    """If none is sure: mistakes that explain the results equally well."""


@cache
def cases(exercise: Exercise) -> tuple[Case, ...]:
    """List the cases by which mistakes are told apart."""
    return tuple(case for case in exercise.case if case.use != "sizes")


@cache
def expected(exercise: Exercise) -> Results:
    """Compute what is right in each of these cases."""
    function = REFERENCE[exercise.function]
    return tuple(
        computed(function, arguments(exercise, case), exercise)
        for case in cases(exercise)
    )


@cache
def single(exercise: Exercise) -> tuple[tuple[Variation, Results], ...]:
    """Compute what each known mistake gives."""
    return tuple(
        (
            variation,
            tuple(
                computed(variation.function, arguments(exercise, case), exercise)
                for case in cases(exercise)
            ),
        )
        for variation in variations(exercise)
    )


def cells(a: Results, b: Results, exercise: Exercise) -> Cells:
    """Find where two programs give the same."""
    return np.array(
        [
            [alike(one.arrays[name], other.arrays[name]) for name in exercise.compare]
            if one.arrays and other.arrays
            else [agree(one, other)] * len(exercise.compare)
            for one, other in zip(a, b, strict=True)
        ]
    )


@cache
def inert(exercise: Exercise) -> np.ndarray:
    """Find where a mistake makes no difference: (mistakes, cases, arrays)."""
    right = expected(exercise)
    return np.array([cells(given, right, exercise) for _, given in single(exercise)])


def name_mistakes(exercise: Exercise, results: Results) -> Names:
    """Find the mistakes that explain the results of a wrong program.

    It may be one mistake; the same mistake in some of the arrays only; two mistakes
    that have to do with each other; or several, each in arrays of its own.
    """
    if not is_shown(exercise, results):
        return Names()
    right = cells(results, expected(exercise), exercise)
    matches = np.array(
        [cells(given, results, exercise) for _, given in single(exercise)]
    )
    return (
        by_one(exercise, matches)
        or by_array(exercise, matches, right, most=1, all_of_them=True)
        or by_two(exercise, right, results)
        or by_array(exercise, matches, right, most=MOST)
        or Names()
    )


def is_shown(exercise: Exercise, results: Results) -> bool:
    """Whether there are wrong numbers to compare at all, and not only exceptions."""
    return any(theirs.raised in NUMERIC for theirs in results) or any(
        array is not None and not alike(array, right.arrays[name])
        for theirs, right in zip(results, expected(exercise), strict=True)
        for name, array in theirs.arrays.items()
    )


def by_one(exercise: Exercise, matches: np.ndarray) -> Names | None:
    """Find the single mistake that gives the same in all cases."""
    found = np.flatnonzero(matches.all(axis=(1, 2)))
    made = variations(exercise)
    names = common(made[index].mistakes for index in found)
    if not names or not names.mistakes or not names.mistakes[0].apart:
        return names
    # Made in one line of several: say in which arrays it shows.
    active = np.asarray(~inert(exercise).all(axis=1))  # (mistakes, arrays)
    anywhere = active[[each.mistakes == names.mistakes for each in made]].any(axis=0)
    here = active[found[0]]
    if (here == anywhere).all():
        return names
    arrays = tuple(a for a, is_it in zip(exercise.compare, here, strict=True) if is_it)
    return Names(names.mistakes, {names.mistakes[0].name: arrays})


def by_two(exercise: Exercise, right: Cells, results: Results) -> Names | None:
    """Find two mistakes that together give the same in all cases.

    Most pairs need not be tried: where neither makes a difference, all must be right.
    """
    made, inerts = variations(exercise), inert(exercise)
    found = []
    for index, one in enumerate(made):
        possible = ~(inerts[index] & inerts & ~right).any(axis=(1, 2))
        for other in np.flatnonzero(possible[index + 1 :]) + index + 1:
            both = one.with_(made[other])
            if both and len(both.names) == 2 and gives(both, results):
                found.append(both.mistakes)
    return common(found)


def gives(variation: Variation, results: Results) -> bool:
    """Whether mistakes give these results; the cases that tell most come first."""
    exercise, function = variation.exercise, variation.function
    pairs = zip(cases(exercise), results, strict=True)
    return all(
        agree(computed(function, arguments(exercise, case), exercise), theirs)
        for case, theirs in sorted(pairs, key=lambda pair: not pair[1].arrays)
    )


def by_array(
    exercise: Exercise,
    matches: np.ndarray,
    right: Cells,
    *,
    most: int,
    all_of_them: bool = False,
) -> Names | None:
    """Find mistakes that explain one wrong array each, or several.

    Better are those that make no difference to the arrays which they do not explain.
    With `all_of_them`, no wrong array may be left unexplained.
    """
    possible = np.asarray(matches.all(axis=1))  # (mistakes, arrays)
    fits = np.asarray((matches | inert(exercise)).all(axis=(1, 2)))
    explained = {}
    for index, array in enumerate(exercise.compare):
        if right[:, index].all():
            continue
        found = which(exercise, possible[:, index] & fits) or which(
            exercise, possible[:, index]
        )
        if found:
            explained[array] = found
        elif all_of_them:
            return None
    known = unique(mistake for found in explained.values() for mistake in found)
    for size in range(1, most + 1):
        names = common(
            some
            for some in combinations(known, size)
            if all(set(some) & set(found) for found in explained.values())
        )
        if names:
            where = {
                mistake.name: tuple(a for a in explained if mistake in explained[a])
                for mistake in names.mistakes
            }
            return Names(names.mistakes, where, names.maybe)
    return None


def which(exercise: Exercise, chosen: np.ndarray) -> tuple[Misconception, ...]:
    """List the mistakes that were chosen."""
    pairs = zip(single(exercise), chosen, strict=True)
    return unique(variation.mistakes[0] for (variation, _), is_it in pairs if is_it)


def common(explanations: Iterable[tuple[Misconception, ...]]) -> Names | None:
    """Take what all explanations have in common.

    If that is nothing, single mistakes are kept as what it may be; of several pairs
    there would be too much to say.
    """
    found = list(explanations)
    if not found:
        return None
    mistakes = tuple(m for m in found[0] if all(m in each for each in found))
    if mistakes:
        return Names(mistakes)
    if all(len(each) == 1 for each in found):
        return Names(maybe=unique(mistake for (mistake,) in found))
    return None


def unique(mistakes: Iterable[Misconception]) -> tuple[Misconception, ...]:
    """Leave out those that came before."""
    return tuple(dict.fromkeys(mistakes))
