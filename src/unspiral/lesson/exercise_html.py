"""An exercise in a chapter: all that it is without JavaScript, and what it begins with.

`web/src/exercises/` has the element that makes an editor of it.
"""

import ast
from collections.abc import Callable, Mapping
from html import escape

from markupsafe import Markup

from unspiral.lesson.chapter import chapters
from unspiral.lesson.exercises.exercise import Exercise, exercise, exercises
from unspiral.lesson.highlighting import highlighted
from unspiral.lesson.listings import listing_html
from unspiral.lesson.mistakes import Mistake
from unspiral.lesson.parsing import parse
from unspiral.lesson.templates import templates

TAG = "code-exercise"
NETWORK_TAG = "my-network"


def asked_for(attributes: Mapping[str, str], caption: str, chapter: int) -> Exercise:
    """Find the exercise that a tag in a chapter asks for."""
    if caption or list(attributes) != ["name"]:
        raise Mistake(f'an exercise is written <{TAG} name="softmax"></{TAG}>')
    try:
        found = exercise(attributes["name"])
    except KeyError as error:
        raise Mistake(error.args[0]) from None
    if found.chapter != chapter:
        raise Mistake(f"{found.function} is an exercise of chapter {found.chapter}")
    return found


def exercise_html(asked: Exercise, id_: str, inline: Callable[[str], str]) -> str:
    """Write an exercise as HTML.

    Parameters
    ----------
    asked
        The exercise.
    id_
        Of its heading, unique on its page.
    inline
        Makes HTML of Markdown.
    """
    return templates.get_template("exercise.html").render(
        name=asked.function,
        id=id_,
        number=asked.number,
        title=asked.title,
        task=Markup(inline(f"Write the function `{asked.function}`. {purpose(asked)}")),
        template=code(asked.template),
        hints=[Markup(inline(hint)) for hint in asked.hints],
        solution=code(asked.solution),
        listings=[Markup(listing_html(target)) for target in asked.package],
        next=Markup(what_is_next(asked)),
    )


def network_html() -> str:
    """Write where the reader's whole network is: its parts are the exercises."""
    parts = "\n".join(
        f'<li><a href="{address(each)}">{escape(each.title)}</a></li>'
        for each in exercises()
    )
    return f"<{NETWORK_TAG}>\n<ol>\n{parts}\n</ol>\n</{NETWORK_TAG}>\n"


def id_of(asked: Exercise) -> str:
    """Name an exercise's heading in addresses."""
    return f"exercise-{asked.function.replace('_', '-')}"


def purpose(asked: Exercise) -> str:
    """Return the first line of the docstring: what the function is for."""
    (function,) = (
        node for node in parse(asked.template).body if isinstance(node, ast.FunctionDef)
    )
    return (ast.get_docstring(function) or "").split("\n")[0]


def code(source: str) -> Markup:
    """Write Python, in colours."""
    return Markup(highlighted(source.removesuffix("\n"), "python"))


def what_is_next(asked: Exercise) -> str:
    """Lead to the next exercise, and from the last to where the network is trained."""
    if asked.number == len(exercises()):
        return (
            "That was the last one: all the parts of a network are yours now. In "
            '<a href="7-live-training#your-own-network">chapter 7</a> it learns the '
            "spirals."
        )
    following = exercises()[asked.number]
    here = following.chapter == asked.chapter
    href = f"#{id_of(following)}" if here else address(following)
    where = "" if here else f" of chapter {following.chapter}"
    return (
        f'Next is <a href="{href}">exercise {following.number}'
        f"{where}: {escape(following.title)}</a>."
    )


def address(asked: Exercise) -> str:
    """Where an exercise is, seen from any chapter."""
    page = next(c.slug for c in chapters() if c.number == asked.chapter)
    return f"{page}#{id_of(asked)}"
