"""What the page asks about exercises: functions from a message to a message.

`check` and `train_mine` run the learner's code, in the sandbox; that takes up to 2
seconds. The others read it. All raise `wire.RequestError`, with a sentence for the
page.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from unspiral.core import Step, TwoLayerNet
from unspiral.lab.data import data_of
from unspiral.lab.diagnosis import dead_units, diagnose
from unspiral.lab.messages import Params, TwoLayerParams, network_of, params_of
from unspiral.lab.wire import RequestError
from unspiral.lesson.exercises import check as checking
from unspiral.lesson.exercises import network_file
from unspiral.lesson.exercises.exercise import exercises
from unspiral.lesson.exercises.report import Report
from unspiral.lesson.exercises.train_mine import train_mine as train
from unspiral.lesson.messages import (
    CheckRequest,
    NetworkFile,
    NetworkParts,
    TrainMineReply,
    TrainMineRequest,
)


def check(request: CheckRequest) -> Report:
    """Say how a function does in its exercise."""
    try:
        report = checking.check(request.exercise, request.source)
    except KeyError as error:
        raise RequestError(f"exercise: {error.args[0]}.") from error
    return msgspec.convert(sendable(msgspec.to_builtins(report)), Report)


def sendable(value: Any) -> Any:
    """Put a question mark for each half of a character: no UTF-8 has it.

    The learner's code may have put such halves into what it printed or raised.
    """
    match value:
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {key: sendable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [sendable(inner) for inner in value]
    return value


def put_together(request: NetworkParts) -> NetworkFile:
    """Make one file of all functions; an open one is taken from its template."""
    training = request.training or network_file.TRAINING
    try:
        source = network_file.put_together(request.functions, request.besides, training)
    except network_file.ConflictError as error:
        raise RequestError(str(error)) from error
    return NetworkFile(source=source)


def take_apart(request: NetworkFile) -> NetworkParts:
    """Find the functions in a file; one that is still open is not among them."""
    work = network_file.take_apart(request.source)
    written = {
        exercise.function: work.functions[exercise.function]
        for exercise in exercises()
        if work.functions.get(exercise.function, exercise.template) != exercise.template
    }
    return NetworkParts(
        functions=written,
        besides=work.besides,
        training=None if work.training == network_file.TRAINING else work.training,
    )


def train_mine(request: TrainMineRequest) -> TrainMineReply:
    """Take some steps with the learner's network, up to divergence."""
    settings = request.settings
    X, y = data_of(settings)
    training = train(
        request.source,
        X,
        y,
        two_layer(request.params),
        steps=request.steps,
        step=request.step,
        package=two_layer(request.package) if request.package else None,
        learning_rate=settings.learning_rate,
        reg=settings.reg,
    )
    sentence = sendable(training.sentence)
    if not training.losses.size:
        raise RequestError(sentence)
    finite = np.isfinite(training.losses)
    losses, accuracies = training.losses[finite], training.accuracies[finite]
    taken = max(len(losses) - 1, 0)
    diverged_at = None if finite.all() else request.step + len(losses)
    network = TwoLayerNet(**training.params)
    last = Step(taken, network, training.losses[taken], training.accuracies[taken])
    dead = dead_units(network, X)
    diagnosis = diagnose(last, dead, step=request.step + taken, diverged_at=diverged_at)
    if diagnosis and diagnosis.kind == "diverged" and training.parting:
        diagnosis = msgspec.structs.replace(  # the package's own run goes on
            diagnosis,
            sentence=f"Your run ends: at step {diverged_at:,} its loss is no longer a "
            "finite number.",
        )
    return TrainMineReply(
        params=params_of(network),
        step=request.step + taken,
        losses=losses[1:],
        accuracies=accuracies[1:],
        dead_units=dead,
        diverged_at=diverged_at,
        diagnosis=diagnosis,
        package_losses=training.package_losses[1:],
        package=TwoLayerParams(**training.package_params),
        parted_at=training.parting.step if training.parting else None,
        sentence=sentence,
    )


def two_layer(params: Params) -> TwoLayerNet:
    """Return the network that has these parameters; others were refused."""
    network = network_of(params)
    assert isinstance(network, TwoLayerNet)
    return network


OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "check": check,
    "put_together": put_together,
    "take_apart": take_apart,
    "train_mine": train_mine,
}
RUNNING = ("check", "train_mine")
"""Those that run the learner's code."""
