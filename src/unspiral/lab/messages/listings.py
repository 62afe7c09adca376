"""The network as a program."""

from typing import Annotated

from msgspec import Meta

from unspiral.lab.messages.base import Message
from unspiral.lab.messages.networks import Settings


class ListingsRequest(Message, frozen=True):
    """Ask for the network with these settings as a program, in four frameworks."""

    settings: Settings
    steps: Annotated[int, Meta(ge=1, le=100_000)] = 1000
    """How long each program trains."""

    def __post_init__(self) -> None:
        """Refuse the linear classifier."""
        if self.settings.model != "two-layer":
            raise ValueError(
                f"settings.model is {self.settings.model!r}; allowed is 'two-layer'"
            )


class Programs(Message, frozen=True):
    """The network, trained by four complete programs. Each prints its loss."""

    numpy: str
    pytorch: str
    jax: str
    tensorflow: str


class ListingsReply(Message, frozen=True):
    """The programs in two forms."""

    exact: Programs
    """They train the very network of the lab."""
    usual: Programs
    """As most people would write them: their comments say what differs."""
