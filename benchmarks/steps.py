"""One step of the case study, by everyone: a process each, in turn, on one core."""

from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.measure import Peer, Timing
from benchmarks.peers import PEERS
from benchmarks.task import right_loss

CHECKED = 100
"""Steps after which all must have come to the same loss."""
AGREE = {"float64": 1e-6, "float32": 1e-3}
NEEDS = {"fused": "numba"} | {
    package: package for package in ("torch", "jax", "tensorflow", "sklearn")
}


@dataclass
class Row:
    """What a peer takes for a step."""

    peer: str
    dtype: str
    step: Timing
    peak: float
    """Memory of the whole process, in MiB."""


def measure(rounds: int, seconds: float = 0.02) -> list[Row]:
    """Time all that are installed, some `seconds` for each in each round."""
    peers = {}
    for dtype in AGREE:
        for name in PEERS:
            if all(find_spec(p) for key, p in NEEDS.items() if name.startswith(key)):
                peers[name, dtype] = Peer(name, dtype)
    lengths = {}
    for (name, dtype), peer in peers.items():
        _, loss = peer.train(CHECKED)  # compiles, too
        if abs(loss / right_loss(dtype, CHECKED) - 1) > AGREE[dtype]:
            raise ValueError(f"{name} {dtype} comes to {loss}: not the same task")
        once, _ = peer.train(CHECKED)
        lengths[name, dtype] = max(round(CHECKED * seconds / once), 10)
        peer.train(lengths[name, dtype])  # jax.lax.scan compiles for each length
    for _ in range(rounds):
        for key, peer in peers.items():
            spent, _ = peer.train(lengths[key])
            peer.timing.seconds.append(spent / lengths[key])
    for peer in peers.values():
        peer.end()
    return [Row(*key, peer.timing, peer.peak) for key, peer in peers.items()]
