"""Each exercise stands alone: for the others' functions the lesson's own stand in.

So a function may call those of earlier exercises, solved or not, and a mistake is found
where it is made, and nowhere else.
"""

import ast
import textwrap

from unspiral.lesson.exercises.exercise import Exercise, exercises
from unspiral.lesson.exercises.source import function_of, lines_in, names_used, parsed


def alone(exercise: Exercise, source: str) -> str:
    """Take the functions of all other exercises out of a file.

    Their lines stay, empty, so that all others keep their numbers.
    """
    tree = parsed(source)
    lines = lines_in(source)
    others = {other.function for other in exercises() if other is not exercise}
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef) and node.name in others:
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            for number in range(first, (node.end_lineno or first) + 1):
                lines[number - 1] = ""
    return "\n".join(lines)


def the_others(exercise: Exercise, source: str) -> str:
    """Write the lesson's own functions of other exercises, if a file uses them.

    They bring no name into the file but their own.
    """
    tree = parsed(source)
    if tree is None:
        return ""
    used = names_used(tree)
    return "\n\n".join(
        stand_in(other)
        for other in exercises()
        if other is not exercise
        and other.function in used
        and not function_of(tree, other.function)
        and not is_assigned(tree, other.function)
    )


def stand_in(exercise: Exercise) -> str:
    """Write the solution of an exercise as code that defines its function alone."""
    inner = textwrap.indent(exercise.solution.strip(), "    ")
    name = exercise.function
    return f"def {name}():\n{inner}\n\n    return {name}\n\n\n{name} = {name}()\n"


def is_assigned(tree: ast.Module, name: str) -> bool:
    """Whether a file gives this name to something else, such as a variable or import.

    Then what the name means is the file's own business.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=found, ctx=ast.Store()) | ast.arg(arg=found):
                pass
            case ast.alias(name=full, asname=short):
                found = short or full
            case ast.FunctionDef(name=found):
                pass
            case _:
                continue
        if found == name:
            return True
    return False
