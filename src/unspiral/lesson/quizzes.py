"""Quizzes: a question, options, and for each option why it is right or wrong."""

from collections.abc import Callable
from typing import Annotated

import msgspec
from markupsafe import Markup

from unspiral.lesson.mistakes import Mistake, decode_toml
from unspiral.lesson.templates import templates

Text = Annotated[str, msgspec.Meta(min_length=1)]


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the answers."""

    text: Text
    why: Text
    """Why it is right or wrong."""
    right: bool = False


class Quiz(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question. All its texts are Markdown of one paragraph."""

    question: Text
    option: Annotated[list[Option], msgspec.Meta(min_length=2)]
    id: str = "quiz"


def read_quiz(source: str) -> Quiz:
    """Read the TOML of a quiz, or say what is wrong with it."""
    quiz = decode_toml(source, Quiz)
    if not any(option.right for option in quiz.option):
        raise Mistake("this quiz has no option with `right = true`")
    # TOML turns "\frac" into a form feed and "rac".
    if "".join(texts(quiz)).count("\\") != source.count("\\"):
        line = next(i for i, text in enumerate(source.split("\n")) if "\\" in text)
        raise Mistake("put texts that have a \\ in them between single quotes", line)
    return quiz


def texts(quiz: Quiz) -> list[str]:
    """List all texts of a quiz."""
    options = [text for option in quiz.option for text in (option.text, option.why)]
    return [quiz.question, *options]


def quiz_html(quiz: Quiz, id_: str, inline: Callable[[str], str]) -> str:
    """Write a quiz as HTML; `inline` makes HTML of its texts.

    The explanation of an option is in the page from the start. The stylesheet
    shows it when its option is chosen, so no script is needed.
    """
    return templates.get_template("quiz.html").render(
        id=id_,
        question=Markup(inline(quiz.question)),
        options=[
            {
                "text": Markup(inline(option.text)),
                "why": Markup(inline(option.why)),
                "right": option.right,
            }
            for option in quiz.option
        ],
    )
