"""Does each framework do what the code written by hand does, and how exactly?"""

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any, cast

import numpy as np

from unspiral import engines
from unspiral.core import Network, Step
from unspiral.core.network import Gradients
from unspiral.engines.framework import Framework
from unspiral.lab.data import data_of
from unspiral.lab.messages import Differences, ParityReply, ParityRequest, Settings
from unspiral.lab.training import initial_network
from unspiral.lab.wire import RequestError

FRAMEWORKS = ("torch", "jax", "tensorflow")
MOMENTS = (1, 100)
"""Besides the last step, the steps after which parameters are compared."""


def parity(request: ParityRequest) -> ParityReply:
    """Train in each framework that is installed, and compare.

    Raises
    ------
    RequestError
        When none is installed.
    """
    if not set(FRAMEWORKS) & set(engines.installed()):
        raise RequestError(
            "None of PyTorch, JAX and TensorFlow is installed. Install one with: "
            "pip install 'unspiral[torch]', for instance."
        )
    return compare(request.settings, request.steps)


def compare(
    settings: Settings, steps: int, show: Callable[[str], None] = lambda _: None
) -> ParityReply:
    """Train in each framework that is installed; tell `show` what is being trained."""
    moments = [moment for moment in MOMENTS if moment < steps] + [steps]
    X, y = data_of(settings)
    show("NumPy")
    ours = trained("numpy", settings, moments, X, y)
    found: dict[str, Differences | None] = dict.fromkeys(FRAMEWORKS)
    missing = []
    for name in FRAMEWORKS:
        show(name)
        try:
            found[name] = differences(trained(name, settings, moments, X, y), ours)
        except engines.MissingPackageError as error:
            missing.append(f"{error}.")
    show("NumPy, in other orders")
    return ParityReply(
        settings=settings,
        moments=np.array(moments, np.int32),
        numpy=differences(ours, ours),
        rounding=rounding(settings, moments, ours),
        **found,
        missing="\n".join(missing),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        machine=f"Python {platform.python_version()}, {platform.machine()}",
    )


@dataclass(frozen=True)
class Trained:
    """What came of a training."""

    version: str
    gradients: Gradients
    """At step 0."""
    networks: list[Network]
    """At each of the moments."""
    last: Step
    step_time: float


def trained(
    name: str, settings: Settings, moments: list[int], X: np.ndarray, y: np.ndarray
) -> Trained:
    """Train with one engine."""
    engine = engines.engine(name)
    network = initial_network(settings)
    if name == "numpy":
        version = np.__version__
        gradients = network.gradients(X.astype(settings.dtype), y, settings.reg)
    else:
        framework = cast(Framework, engine)
        version = framework.VERSION
        gradients = framework.gradients(network, X, y, reg=settings.reg)
    engine.prepare(network, X, y, lambda _: None)
    networks, at, longest, step_time = [], 0, 0, 0.0
    for moment in moments:
        began = time.perf_counter()
        run = engine.train(
            network,
            X,
            y,
            learning_rate=settings.learning_rate,
            reg=settings.reg,
            steps=moment - at,
        )
        seconds = time.perf_counter() - began
        if moment - at > longest:  # a run of few steps is mostly its start
            longest = moment - at
            step_time = seconds / longest
        if run.diverged_at is not None:
            raise RequestError(
                f"The run diverges at step {at + run.diverged_at}, so there is nothing "
                "to compare: lower the learning rate or the regularisation."
            )
        network, at = run.last.network, moment
        networks.append(network)
    return Trained(version, gradients, networks, run.last, step_time)


def differences(found: Trained, ours: Trained) -> Differences:
    """Compare a training with core's."""
    return Differences(
        version=found.version,
        gradients=largest(found.gradients, ours.gradients),
        parameters=np.array(
            [
                largest(theirs.parameters(), own.parameters())
                for theirs, own in zip(found.networks, ours.networks, strict=True)
            ]
        ),
        loss=found.last.loss,
        accuracy=found.last.accuracy,
        step_time=found.step_time,
    )


def largest(found: dict[str, Any], ours: dict[str, Any]) -> np.ndarray:
    """Return the largest difference in each of the arrays."""
    return np.array(
        [
            np.abs(found[name].astype(np.float64) - array.astype(np.float64)).max()
            for name, array in ours.items()
        ]
    )


def rounding(settings: Settings, moments: list[int], ours: Trained) -> Differences:
    """Compare core with itself, on the same points in other orders.

    Every sum over the points is the same then, but for its rounding: what differs is
    rounding, and what training makes of it. Returned are the largest differences.
    """
    X, y = data_of(settings)

    def in_order(seed: int, moments: list[int]) -> Differences:
        order = np.random.default_rng(seed).permutation(len(X))
        return differences(
            trained("numpy", settings, moments, X[order], y[order]),
            Trained(**vars(ours) | {"networks": ours.networks[: len(moments)]}),
        )

    # In single precision, it is luck in which of them a point comes near a kink.
    short = [moment for moment in moments if moment <= 1000]
    all_ = [in_order(seed, moments) for seed in range(4)]
    all_ += [in_order(seed, short) for seed in range(4, 20) if short]
    parameters = np.zeros_like(all_[0].parameters)
    for each in all_:
        part = parameters[: len(each.parameters)]
        np.maximum(part, each.parameters, out=part)
    return Differences(
        version=ours.version,
        gradients=reduce(np.maximum, [each.gradients for each in all_]),
        parameters=parameters,
        loss=all_[0].loss,
        accuracy=all_[0].accuracy,
        step_time=all_[0].step_time,
    )
