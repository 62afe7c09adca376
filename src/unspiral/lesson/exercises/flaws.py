"""Mistakes that show without comparing numbers.

What comes back, and in which order; what is done to the arguments; where the random
numbers come from.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from unspiral.lesson.exercises.exercise import Exercise
from unspiral.lesson.exercises.report import Found
from unspiral.lesson.exercises.results import Result, as_array
from unspiral.lesson.exercises.sandbox import Other, Outcome, Returned, Value
from unspiral.lesson.exercises.source import body_of

Function = ast.FunctionDef | None


def listed(names: Iterable[str]) -> str:
    """Write names one after the other: `W1`, `b1` and `W2`."""
    *first, last = [f"`{name}`" for name in names]
    return f"{', '.join(first)} and {last}" if first else last


# --- What comes back ----------------------------------------------------------------


def nothing_returned(
    exercise: Exercise, outcomes: Sequence[Outcome], node: Function
) -> Found | None:
    """Find that nothing comes back: no `return`, or one without a value."""
    returned = [outcome for outcome in outcomes if isinstance(outcome, Returned)]
    if not returned or any(outcome.value is not None for outcome in returned):
        return None
    wanted = listed(exercise.returns)
    returns = (
        [inner for inner in ast.walk(node) if isinstance(inner, ast.Return)]
        if (node)
        else []
    )
    if any(outcome.output for outcome in returned) and not returns:
        return Found(
            name="printed-not-returned",
            sentence="The result is printed, but not returned. What is printed is for "
            f"you to read; `return` hands {wanted} back to the caller.",
        )
    line = returns[-1].lineno if returns else None
    return Found(
        name="nothing-returned",
        sentence=f"Nothing comes back. The function ends with `return` and {wanted}.",
        line=line,
    )


def as_tuple(exercise: Exercise, value: Value | Other) -> tuple[Any, Found | None]:
    """Take arrays out of a dict or an array of arrays, where a tuple was asked for."""
    if not isinstance(value, dict) or len(exercise.returns) == 1:
        return value, None
    for prefix in ("", "d"):
        keys = [name.removeprefix(prefix) for name in exercise.returns]
        if sorted(keys) == sorted(value):
            found = Found(
                name="returned-a-dict",
                sentence="A dict comes back. Return the arrays themselves, side by "
                f"side: {listed(exercise.returns)}.",
            )
            return tuple(value[key] for key in keys), found
    return value, None


def order_of(
    exercise: Exercise, value: Any, expected: Mapping[str, np.ndarray | None]
) -> tuple[int, ...]:
    """Find the order in which things come back, if their shapes tell another one."""
    as_asked = tuple(range(len(exercise.returns)))
    if not isinstance(value, tuple | list) or len(value) != len(as_asked):
        return as_asked
    arrays = [as_array(part) for part in value]
    shapes = [None if array is None else array.shape for array in arrays]
    wanted = [np.shape(expected[name]) for name in exercise.returns]  # type: ignore[arg-type]
    fitting = [
        order
        for order in permutations(as_asked)
        if [shapes[index] for index in order] == wanted
    ]
    return as_asked if as_asked in fitting or not fitting else fitting[0]


def other_order(exercise: Exercise) -> Found:
    """Say that the right things come back in the wrong order."""
    return Found(
        name="returned-in-another-order",
        sentence="The things that come back are in another order. It is "
        f"{listed(exercise.returns)}.",
    )


def other_number(exercise: Exercise, value: Any) -> Found | None:
    """Find that too few or too many things come back."""
    wanted = exercise.returns
    if len(wanted) == 1:
        return None
    if isinstance(value, tuple | list):
        parts: Sequence[Any] = value
    else:
        parts = [value]
    if len(parts) == len(wanted) or as_array(parts[0] if parts else None) is None:
        return None
    if len(parts) > len(wanted):
        return Found(
            name="too-much-returned",
            sentence=f"{len(parts)} things come back, and {len(wanted)} are wanted: "
            f"{listed(wanted)}.",
        )
    return Found(
        name="too-little-returned",
        sentence=f"{len(parts)} of {len(wanted)} things come back. Wanted are "
        f"{listed(wanted)}.",
    )


def lists(exercise: Exercise, value: Any, expected: Result) -> Found | None:
    """Find lists that come back in place of arrays."""
    parts = [value] if len(exercise.returns) == 1 else value
    if not isinstance(parts, tuple | list) or len(parts) != len(exercise.returns):
        return None
    wrong = [
        name
        for name, part in zip(exercise.returns, parts, strict=True)
        if isinstance(part, list | tuple)
        and np.ndim(expected.arrays[name]) > 0  # type: ignore[arg-type]
        and as_array(part) is not None
    ]
    if not wrong:
        return None
    return Found(
        name="list-for-array",
        sentence=f"{listed(wrong)} {'is a list' if len(wrong) == 1 else 'are lists'}. "
        "The functions that come after this one calculate with whole arrays: "
        "`np.array(...)` makes one of a list.",
        arrays=tuple(wrong),
    )


# --- What it does to its arguments ------------------------------------------------


def changed_arguments(
    exercise: Exercise,
    calls: Iterable[tuple[Sequence[Value], Outcome]],
    node: Function,
) -> Found | None:
    """Find arguments that are changed in place."""
    changed: dict[str, None] = {}
    aliased: dict[str, str] = {}
    for args, outcome in calls:
        if not isinstance(outcome, Returned):
            continue
        for index, (before, after) in enumerate(
            zip(args, outcome.args_after, strict=True)
        ):
            if not isinstance(before, np.ndarray) or equal(before, after):
                continue
            name = exercise.parameters[index]
            changed[name] = None
            for value_path, other in outcome.shared:
                if other == ("args", index):
                    place = value_path[1] if len(value_path) > 1 else 0
                    aliased[name] = exercise.returns[int(place)]
    if not changed:
        return None
    assigned, line = second_name(node, exercise, changed)
    if assigned:
        given = next(iter(changed)) if len(changed) == 1 else assigned[1]
        return Found(
            name="second-name-no-copy",
            sentence=f"`{given}` itself is changed. `{assigned[0]} = {assigned[1]}` "
            "makes no copy: it gives the same array a second name. "
            f"`{assigned[1]}.copy()` makes a copy.",
            line=line,
        )
    return Found(
        name="changes-its-arguments",
        sentence=f"{listed(changed)} {'is' if len(changed) == 1 else 'are'} changed in "
        f"place, and belong{'s' if len(changed) == 1 else ''} to the caller. Make new "
        "arrays: `a = a - b` makes one, while `a -= b` changes the one that was given.",
        line=changing_line(node, exercise, changed),
    )


def equal(before: np.ndarray, after: Any) -> bool:
    """Whether an argument is as it was."""
    return isinstance(after, np.ndarray) and np.array_equal(
        before, after, equal_nan=before.dtype.kind == "f"
    )


def second_name(
    node: Function, exercise: Exercise, changed: Iterable[str]
) -> tuple[tuple[str, str] | None, int | None]:
    """Find a line that gives an argument a second name, as in ``dscores = probs``."""
    own = own_names(node, exercise, changed)
    for inner in ast.walk(node) if node else ():
        match inner:
            case ast.Assign(targets=[ast.Name(id=new)], value=ast.Name(id=old)):
                if old in own and new not in own:
                    return (new, old), inner.lineno
    return None, None


def changing_line(
    node: Function, exercise: Exercise, changed: Iterable[str]
) -> int | None:
    """Find a line that changes an argument in place."""
    own = own_names(node, exercise, changed)
    for inner in ast.walk(node) if node else ():
        match inner:
            case (
                ast.AugAssign(target=ast.Name(id=name))
                | ast.AugAssign(target=ast.Subscript(value=ast.Name(id=name)))
                | ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))])
            ) if name in own:
                return inner.lineno
            case ast.keyword(arg="out", value=ast.Name(id=name)) if name in own:
                return inner.value.lineno
    # Under another name, as in a loop over all parameters.
    for inner in ast.walk(node) if node else ():
        if isinstance(inner, ast.AugAssign):
            return inner.lineno
    return None


def own_names(node: Function, exercise: Exercise, changed: Iterable[str]) -> set[str]:
    """Names that the learner gave to these parameters."""
    given = [argument.arg for argument in node.args.args] if node else []
    places = [exercise.parameters.index(name) for name in changed]
    return {given[place] for place in places if place < len(given)}


# --- Random numbers, and memory ------------------------------------------------------


def random_numbers(
    exercise: Exercise,
    once: Result,
    again: Result,
    other_seed: Result,
    node: Function,
) -> Found | None:
    """Find that the random numbers do not come from `rng`."""
    if not exercise.random or not (once.arrays and again.arrays):
        return None
    if not identical(once, again):
        return Found(
            name="not-from-rng",
            sentence="With the same seed, other numbers come out each time: they do "
            "not come from `rng`. Draw them with `rng.standard_normal`, so that the "
            "same seed gives the same numbers.",
            line=own_source(node),
        )
    if identical(once, other_seed) and any(
        array.dtype.kind == "f" and np.ptp(array) > 0  # something was drawn
        for array in once.arrays.values()
        if array is not None and array.size
    ):
        return Found(
            name="own-seed",
            sentence="Whatever the seed, the same numbers come out: the function makes "
            "its own source of random numbers. Draw them with `rng.standard_normal`.",
            line=own_source(node),
        )
    return None


def own_source(node: Function) -> int | None:
    """Find a line that draws from somewhere else than `rng`."""
    for inner in ast.walk(node) if node else ():
        if isinstance(inner, ast.Attribute | ast.Name):
            words = ast.unparse(inner).split(".")
            if words[0] != "rng" and "random" in words[:2]:
                return inner.lineno
    return None


def remembers(exercise: Exercise, once: Result, again: Result) -> Found | None:
    """Find that the same call gives something else the second time."""
    if exercise.random or not (once.arrays and again.arrays) or identical(once, again):
        return None
    if any(array is None for array in once.arrays.values()):
        return None
    return Found(
        name="remembers-earlier-calls",
        sentence="Called a second time with the same arguments, it gives something "
        "else. It must not keep anything from one call to the next: look for a name "
        "outside the function that it changes.",
    )


def identical(a: Result, b: Result) -> bool:
    """Whether two results are the same to the last digit."""
    return a.arrays.keys() == b.arrays.keys() and all(
        a.arrays[name] is not None
        and b.arrays[name] is not None
        and np.array_equal(a.arrays[name], b.arrays[name], equal_nan=True)  # type: ignore[arg-type]
        for name in a.arrays
    )


# --- The text of the function ---------------------------------------------------------


def sizes_written_in(node: Function) -> Found | None:
    """Find one of the lesson's sizes, written into the code as a number."""
    for line in body_of(node) if node else ():
        for inner in ast.walk(line):
            if isinstance(inner, ast.Constant) and inner.value in (300, 100, 3):
                number = inner.value
            elif (
                isinstance(inner, ast.Call)
                and "range" in ast.unparse(inner.func)
                and [ast.unparse(argument) for argument in inner.args] == ["2"]
            ):
                number = 2
            else:
                continue
            return Found(
                name="sizes-written-in",
                sentence=f"It works for the lesson's sizes, and for no others. A size "
                f"such as {number} is written into the code: take it from the "
                "arguments, or from their shapes.",
                line=inner.lineno,
            )
    return None


def other_parameters(exercise: Exercise, node: Function) -> Found | None:
    """Find that there are other parameters, or the same in another order."""
    if not node or node.args.vararg:
        return None
    given = [argument.arg for argument in node.args.posonlyargs + node.args.args]
    wanted = list(exercise.parameters)
    least = len(given) - len(node.args.defaults)
    if least <= len(wanted) <= len(given) and not (
        sorted(given) == sorted(wanted) and given != wanted
    ):
        return None
    return Found(
        name="other-parameters",
        sentence=f"The function takes {listed(given) if given else 'nothing'}. It is "
        f"called with {listed(wanted)}, in this order.",
        line=node.lineno,
    )
