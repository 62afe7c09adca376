"""`sides`: how a line divides the data."""

import msgspec
import numpy as np
import pytest

from unspiral.lab import sides, wire
from unspiral.lab.data import data_of
from unspiral.lab.messages import Settings, SidesReply, SidesRequest


def divided(settings: Settings, *line: tuple[float, float]) -> SidesReply:
    return sides(SidesRequest(settings=settings, line=np.array(line, dtype=float)))


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_a_vertical_line_divides_by_x1(classes: int) -> None:
    settings = Settings(classes=classes, points=50, seed=4)
    X, y = data_of(settings)
    reply = divided(settings, (0.1, -1), (0.1, 1))
    assert reply.counts.dtype == np.int32
    for k, (left, right) in enumerate(reply.counts):
        assert left == np.sum(X[y == k, 0] < 0.1)
        assert left + right == 50


def test_the_other_way_round_the_sides_change_places() -> None:
    ends = (0.3, -0.9), (-0.5, 0.8)
    there, back = divided(Settings(), *ends), divided(Settings(), *ends[::-1])
    np.testing.assert_array_equal(there.counts, back.counts[:, ::-1])


def test_a_line_through_the_points_at_the_origin_has_them_on_its_right() -> None:
    X, _ = data_of(Settings(points=1))
    assert not X.any()
    reply = divided(Settings(points=1), (-1, 0), (1, 0))
    np.testing.assert_array_equal(reply.counts, [[0, 1]] * 3)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (np.zeros((2, 2)), "line goes from a point to that same point"),
        (np.zeros((3, 2)), "line is 3 x 2; it must be 2 x 2"),
        (np.array([[0, 0], [0, 1e9]]), "line holds 1e+09; allowed is"),
    ],
)
def test_what_is_no_line_is_refused(line: np.ndarray, sentence: str) -> None:
    body = {"settings": {}, "line": wire.array_to_wire(line)}
    with pytest.raises(wire.RequestError, match=sentence.replace("+", r"\+")):
        wire.decode(msgspec.msgpack.encode(body), SidesRequest)
