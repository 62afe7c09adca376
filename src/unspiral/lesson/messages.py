"""What the page sends about exercises; the replies are here, or a `Report`."""

from typing import Annotated

from msgspec import Meta

from unspiral.lab.messages.base import Message
from unspiral.lesson.exercises.source import LONGEST

Name = Annotated[str, Meta(max_length=100)]
Source = Annotated[str, Meta(max_length=LONGEST)]


class CheckRequest(Message, frozen=True):
    """Ask whether a function is right."""

    exercise: Name
    """The exercise, by its function, such as ``backward``."""
    source: Source
    """A Python file with this function."""


class NetworkFile(Message, frozen=True):
    """A whole network in one file."""

    source: Source


class NetworkParts(Message, frozen=True):
    """The same, by exercise."""

    functions: dict[Name, Source]
    """A Python file for each function that is written, by its name."""
    besides: Source = ""
    """What no function needs."""
    training: Source | None = None
    """What is done when the file is run; None for the lesson's."""
