"""Start a network, and train it for some steps."""

import numpy as np

from unspiral.core import (
    LinearClassifier,
    Network,
    TwoLayerNet,
    gradient_descent,
)
from unspiral.core.spiral import spiral
from unspiral.engines import Engine, MissingPackageError, engine
from unspiral.lab.data import data_of
from unspiral.lab.diagnosis import dead_units, diagnose
from unspiral.lab.messages import (
    InitializeReply,
    InitializeRequest,
    MomentsReply,
    MomentsRequest,
    Settings,
    TrainReply,
    TrainRequest,
    network_of,
    params_of,
)
from unspiral.lab.wire import RequestError


def engine_of(settings: Settings) -> Engine:
    """Return the engine that is to train, or refuse the settings if it is absent."""
    try:
        return engine(settings.engine)
    except MissingPackageError as error:
        raise RequestError(f"settings.engine: {error}") from error


def initial_network(settings: Settings) -> Network:
    """Draw the network at step 0."""
    rng = np.random.default_rng(settings.seed)
    if settings.weights_seed is None:
        spiral(rng, points=settings.points, classes=settings.classes)  # goes first
    else:
        rng = np.random.default_rng(settings.weights_seed)

    network: Network
    if settings.model == "linear":
        network = LinearClassifier.random(
            rng, classes=settings.classes, init=settings.init
        )
    else:
        network = TwoLayerNet.random(
            rng, hidden=settings.hidden, classes=settings.classes, init=settings.init
        )
    return network.astype(np.dtype(settings.dtype).type)


def initialize(request: InitializeRequest) -> InitializeReply:
    """Start: initial parameters, and how they do before any training."""
    settings = request.settings
    engine_of(settings)  # better refused now than at the first step
    X, y = data_of(settings)
    start = next(gradient_descent(initial_network(settings), X, y, reg=settings.reg))
    dead = dead_units(start.network, X)
    return InitializeReply(
        params=params_of(start.network),
        loss=start.loss,
        accuracy=start.accuracy,
        dead_units=dead,
        diagnosis=diagnose(start, dead),
    )


def train(request: TrainRequest) -> TrainReply:
    """Take some steps of gradient descent, up to divergence."""
    settings = request.settings
    X, y = data_of(settings)
    run = engine_of(settings).train(
        network_of(request.params),
        X,
        y,
        learning_rate=settings.learning_rate,
        reg=settings.reg,
        steps=request.steps,
    )
    last, diverged_at = run.last, run.diverged_at
    if diverged_at is not None:
        diverged_at += request.step
    reached = request.step + last.step
    dead = dead_units(last.network, X)
    return TrainReply(
        params=params_of(last.network),
        step=reached,
        losses=run.losses,
        accuracies=run.accuracies,
        dead_units=dead,
        diverged_at=diverged_at,
        diagnosis=diagnose(last, dead, step=reached, diverged_at=diverged_at),
    )


def moments(request: MomentsRequest) -> MomentsReply:
    """Train on and on, and keep the networks on the way.

    One round trip for several pictures, each of which needs the network before.
    """
    replies: list[TrainReply] = []
    params, step = request.params, request.step
    while len(replies) < request.count:
        reply = train(
            TrainRequest(
                settings=request.settings, params=params, step=step, steps=request.steps
            )
        )
        replies.append(reply)
        if reply.diverged_at is not None:
            break
        params, step = reply.params, reply.step
    return MomentsReply(moments=tuple(replies))
