"""A run of the lab, piece by piece: there is progress to show, and Ctrl-C to hear."""

from dataclasses import dataclass, field

from unspiral.apps.command_line.options import RunSettings
from unspiral.lab.messages import Diagnosis, InitializeRequest, Params, TrainRequest
from unspiral.lab.training import initialize, train


@dataclass
class Run:
    """How far a run has come."""

    settings: RunSettings
    step: int = 0
    params: Params = field(init=False)
    losses: list[float] = field(init=False)
    """Of each step, from step 0 on."""
    accuracies: list[float] = field(init=False)
    dead_units: int = field(init=False)
    diverged_at: int | None = None
    diagnosis: Diagnosis | None = field(init=False)

    def __post_init__(self) -> None:
        """Start it."""
        start = initialize(InitializeRequest(settings=self.settings))
        self.params = start.params
        self.losses, self.accuracies = [start.loss], [start.accuracy]
        self.dead_units, self.diagnosis = start.dead_units, start.diagnosis

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return self.step == self.settings.steps or self.diverged_at is not None

    def go_on(self) -> None:
        """Take the next steps, as many as go into some 0.1 s."""
        settings = self.settings
        width = settings.classes if settings.model == "linear" else settings.hidden
        work = settings.points * settings.classes * width
        steps = min(max(10_000_000 // work, 1), 1000, settings.steps - self.step)
        reply = train(
            TrainRequest(
                settings=settings, params=self.params, step=self.step, steps=steps
            )
        )
        self.params, self.step = reply.params, reply.step
        self.losses.extend(reply.losses.tolist())
        self.accuracies.extend(reply.accuracies.tolist())
        self.dead_units, self.diverged_at = reply.dead_units, reply.diverged_at
        self.diagnosis = reply.diagnosis
