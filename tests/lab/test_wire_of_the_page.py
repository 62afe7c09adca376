"""Both ends write the same bytes: web/src/lab/wire.test.ts is the other half.

`fixtures/wire.json` has each message in hexadecimal digits.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import Struct

from unspiral.lab import wire
from unspiral.lab.messages import (
    DecisionMapReply,
    Settings,
    SpiralReply,
    TrainReply,
    TrainRequest,
    TwoLayerParams,
)

FIXTURES = json.loads(
    (Path(__file__).parent / "fixtures" / "wire.json").read_text(encoding="utf-8")
)
PARAMS = TwoLayerParams(
    W1=np.array([[0.5], [-1.25]]),
    b1=np.array([[0.1]]),
    W2=np.array([[1.0, 1 / 3]]),
    b2=np.array([[0.0, -0.0]]),
)
REPLIES = {
    "spiral_reply": SpiralReply(
        X=np.array([[0.0, 0.0], [0.25, -1.0]]),
        y=np.array([0, 1], np.int32),
        r=np.array([0.0, 0.5]),
        t=np.array([-0.25, 4.0]),
    ),
    "train_reply": TrainReply(
        params=PARAMS,
        step=12,
        losses=np.array([1.5, 1 / 3]),
        accuracies=np.array([0.5, 1.0]),
        dead_units=0,
        diverged_at=None,
        diagnosis=None,
    ),
    "decision_map_reply": DecisionMapReply(
        scores=np.array([[[0, -0.75], [-0.1, 0]]], np.float32),
        confidence=np.array([[0.75, 0.5]], np.float32),
    ),
}


@pytest.mark.parametrize("name", REPLIES)
def test_replies_are_those_that_the_page_reads(name: str) -> None:
    assert wire.encode(REPLIES[name]).hex() == FIXTURES[name]


def test_request_that_the_page_writes_is_understood() -> None:
    expected = TrainRequest(
        settings=Settings(hidden=1, classes=2, learning_rate=0.32),
        params=PARAMS,
        step=10,
        steps=2,
    )
    request = wire.decode(bytes.fromhex(FIXTURES["train_request"]), TrainRequest)
    assert plain(request) == plain(expected)


def plain(value: Any) -> Any:
    """Make messages comparable: arrays by their dtype, shape and bytes."""
    if isinstance(value, Struct):
        fields = {name: plain(getattr(value, name)) for name in value.__struct_fields__}
        return type(value), fields
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.tobytes()
    return value
