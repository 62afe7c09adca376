"""What the figures ask for besides training."""

import numpy as np

from benchmarks.measure import Timing, in_turn
from unspiral import lab
from unspiral.lab.messages import (
    DecisionMapRequest,
    FeaturesRequest,
    InitializeRequest,
    ScoreSpaceRequest,
    Settings,
    TrainRequest,
    TwoLayerParams,
)


def measure(rounds: int) -> dict[str, Timing]:
    """Time the lab's answers for a network of 100 units, and a frame's training."""
    settings = Settings()
    params = lab.initialize(InitializeRequest(settings=settings)).params
    assert isinstance(params, TwoLayerParams)
    X = np.random.default_rng(0).uniform(-1, 1, (300, 2))
    fused = Settings(engine="fused")
    return in_turn(
        {
            "decision map, 100 x 100": lambda: lab.decision_map(
                DecisionMapRequest(params=params, resolution=100, extent=1.1)
            ),
            "decision map, 200 x 200": lambda: lab.decision_map(
                DecisionMapRequest(params=params, resolution=200, extent=1.1)
            ),
            "tiles, 100 of 24 x 24": lambda: lab.features(
                FeaturesRequest(
                    settings=settings, params=params, resolution=24, extent=1.1
                )
            ),
            "score space, 41 x 41": lambda: lab.score_space(
                ScoreSpaceRequest(params=params, X=X, resolution=41, extent=1.1)
            ),
            "200 steps, numpy": lambda: lab.train(
                TrainRequest(settings=settings, params=params, step=0, steps=200)
            ),
            "200 steps, fused": lambda: lab.train(
                TrainRequest(settings=fused, params=params, step=0, steps=200)
            ),
        },
        rounds,
    )
