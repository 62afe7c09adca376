"""Two layers without ReLU are one, and draw the linear classifier's picture."""

import numpy as np
import pytest

from unspiral.core import check_gradients, spiral
from unspiral.lab import collapse, decision_map, initialize, train
from unspiral.lab.collapse import WithoutReLU
from unspiral.lab.messages import (
    CollapseReply,
    CollapseRequest,
    DecisionMapRequest,
    InitializeRequest,
    Params,
    Settings,
    TrainRequest,
)


def collapsed(steps: int = 300, **settings: object) -> CollapseReply:
    return collapse(CollapseRequest(settings=Settings(**settings), steps=steps))  # type: ignore[arg-type]


def test_its_gradients_are_right() -> None:
    rng = np.random.default_rng(0)
    X, y = spiral(rng, points=20)
    network = WithoutReLU.random(rng, hidden=5, init="he")
    check = check_gradients(network, X, y, reg=0.1)
    assert check.worst_entry.relative_error < 1e-6


@pytest.mark.parametrize("steps", [0, 1, 300])
def test_the_product_gives_the_same_scores(steps: int) -> None:
    reply = collapsed(steps, hidden=8)
    p, product = reply.params, reply.product
    np.testing.assert_array_equal(product.W, p.W1 @ p.W2)
    np.testing.assert_array_equal(product.b, p.b1 @ p.W2 + p.b2)
    X, y = spiral(np.random.default_rng(0))
    scores = (X @ p.W1 + p.b1) @ p.W2 + p.b2
    same_scores = X @ product.W + product.b
    largest = abs(scores - same_scores).max()
    assert reply.largest_difference == pytest.approx(largest, abs=1e-14)
    assert reply.largest_difference < 1e-13
    assert reply.accuracy == np.mean(scores.argmax(axis=1) == y)


def test_the_loss_counts_the_weights_of_both_layers() -> None:
    reply = collapsed(50, hidden=8, reg=0.1)
    X, y = spiral(np.random.default_rng(0))
    exponentials = np.exp(X @ reply.product.W + reply.product.b)
    p = exponentials[np.arange(300), y] / exponentials.sum(axis=1)
    squares = np.sum(reply.params.W1**2) + np.sum(reply.params.W2**2)
    assert reply.loss == pytest.approx(-np.log(p).mean() + 0.05 * squares)


def test_step_0_is_that_of_the_network_with_relu() -> None:
    begun = initialize(InitializeRequest(settings=Settings(hidden=8)))
    reply = collapsed(0, hidden=8)
    for name in ("W1", "b1", "W2", "b2"):
        same = getattr(begun.params, name)
        assert getattr(reply.params, name).tobytes() == same.tobytes()


def test_the_linear_classifier_is_the_one_that_train_trains() -> None:
    settings = Settings(model="linear")
    params = initialize(InitializeRequest(settings=settings)).params
    trained = train(TrainRequest(settings=settings, params=params, step=0, steps=300))
    reply = collapsed(300)
    assert reply.linear.W.tobytes() == trained.params.W.tobytes()  # type: ignore[union-attr]
    assert reply.linear_loss == trained.losses[-1]
    assert reply.linear_accuracy == trained.accuracies[-1]


def classes(params: Params) -> np.ndarray:
    """Which class is chosen where."""
    return decision_map(DecisionMapRequest(params=params)).scores.argmax(axis=-1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("hidden", [2, 3, 8, 100])
@pytest.mark.parametrize("init", ["small", "he"])
def test_both_draw_the_same_picture_soon(hidden: int, init: str, seed: int) -> None:
    reply = collapsed(200, hidden=hidden, init=init, seed=seed)
    assert np.mean(classes(reply.product) == classes(reply.linear)) > 0.99
    assert reply.agreement > 0.98
    assert abs(reply.accuracy - reply.linear_accuracy) < 0.02
    assert reply.loss == pytest.approx(reply.linear_loss, abs=0.03)


@pytest.mark.parametrize("hidden", [2, 8])
def test_a_smaller_learning_rate_takes_longer(hidden: int) -> None:
    reply = collapsed(300, hidden=hidden, learning_rate=0.32)
    assert np.mean(classes(reply.product) == classes(reply.linear)) > 0.98
    assert collapsed(200, hidden=hidden, learning_rate=0.1).loss > 1.05


def test_one_hidden_unit_is_too_few_for_the_picture() -> None:
    reply = collapsed(500, hidden=1)
    assert np.linalg.matrix_rank(reply.product.W) == 1
    assert np.mean(classes(reply.product) == classes(reply.linear)) < 0.8
    assert reply.linear_loss < reply.loss - 0.1


def test_agreement_is_the_part_of_points_with_the_same_choice() -> None:
    reply = collapsed(5, hidden=2)
    X, _ = spiral(np.random.default_rng(0))
    one = (X @ reply.product.W + reply.product.b).argmax(axis=1)
    other = (X @ reply.linear.W + reply.linear.b).argmax(axis=1)
    assert reply.agreement == np.mean(one == other)


def test_divergence_is_told_and_all_numbers_are_finite() -> None:
    reply = collapsed(500, hidden=8, learning_rate=1000.0, reg=1.0)
    assert reply.diverged_at is not None
    numbers = [reply.loss, reply.linear_loss, reply.largest_difference]
    assert np.isfinite(numbers).all()
    assert np.isfinite(reply.product.W).all()
    assert collapsed(300).diverged_at is None


def test_any_model_in_the_settings_gives_the_same() -> None:
    one, other = collapsed(9, model="linear"), collapsed(9, model="two-layer")
    assert one.product.W.tobytes() == other.product.W.tobytes()
    assert one.linear.W.tobytes() == other.linear.W.tobytes()
