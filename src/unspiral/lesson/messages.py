"""What the page sends about exercises; the replies are here, or a `Report`."""

from typing import Annotated

import numpy as np
from msgspec import Meta

from unspiral.lab.messages import TrainReply, TrainRequest, TwoLayerParams
from unspiral.lab.messages.base import Message
from unspiral.lab.messages.networks import check_finite, check_params
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


class TrainMineRequest(TrainRequest, frozen=True):
    """Ask for `steps` more steps of the learner's own network."""

    source: Source
    """A Python file with all of its functions."""
    package: TwoLayerParams | None = None
    """Where the package's run is by then; without it, at `params` too."""

    def __post_init__(self) -> None:
        """Refuse what the learner's network is not."""
        super().__post_init__()
        if self.settings.model != "two-layer":
            raise ValueError(
                "settings.model is 'linear'; a network of your own has two layers"
            )
        if self.settings.dtype != "float64":
            raise ValueError(
                "settings.dtype is 'float32'; a network of your own is trained with "
                "float64"
            )
        if self.package is not None:
            try:
                check_finite(self.package)
                check_params(self.package, self.settings)
            except ValueError as error:  # which speaks of params
                raise ValueError(f"package: {error}") from None


class TrainMineReply(TrainReply, frozen=True):
    """The learner's network after these steps: fewer than asked for if it is slow."""

    package_losses: np.ndarray
    """The package's loss at the same steps; fewer if its run diverges."""
    package: TwoLayerParams
    """Where the package's run is now."""
    parted_at: int | None
    """The first step at which the learner's network does not do as the package."""
    sentence: str
    """What came of it. Markdown."""
