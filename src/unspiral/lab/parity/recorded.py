"""What `unspiral parity --json` wrote on one machine, on one day."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from unspiral.lab.messages import ParityReply


def recorded(dtype: str) -> ParityReply:
    """Read the results of 10,000 steps with the default settings, in one precision.

    To record them anew: ``unspiral parity --dtype float64 --json >
    src/unspiral/lab/parity/float64.json``, and the same with float32.
    """
    text = Path(__file__).with_name(f"{dtype}.json").read_bytes()
    return msgspec.json.decode(text, type=ParityReply, dec_hook=array)


def array(_: type, numbers: Any) -> np.ndarray:
    """Turn lists into an array."""
    return np.array(numbers)
