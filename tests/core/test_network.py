import math
from typing import Any

import numpy as np
import pytest

from unspiral.core import LinearClassifier, Network, TwoLayerNet, spiral

KINDS = pytest.mark.parametrize("kind", [LinearClassifier, TwoLayerNet])


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_the_linear_classifier_weighs_and_adds() -> None:
    network = LinearClassifier(
        W=np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), b=np.array([[0.5, 0.0, 0.0]])
    )
    _, scores = network.forward(np.array([[3.0, 4.0]]))
    assert scores.tolist() == [[3.5, 4, 2]]


def test_the_two_layer_network_cuts_off_in_between() -> None:
    network = TwoLayerNet(
        W1=np.array([[1.0, -1.0], [0.0, 2.0]]),
        b1=np.array([[0.0, 1.0]]),
        W2=np.array([[1.0, 10.0, 0.0], [100.0, 0.0, 1.0]]),
        b2=np.array([[0.0, 0.0, 5.0]]),
    )
    hidden, scores = network.forward(np.array([[3.0, 0.5], [-3.0, 0.5]]))
    assert hidden.tolist() == [[3, 0], [0, 5]]  # before ReLU: 3 and -1, -3 and 5
    assert scores.tolist() == [[3, 30, 5], [500, 0, 10]]


def test_without_relu_two_layers_are_one() -> None:
    # Where all units are on, the network is the linear classifier W1 W2.
    net = TwoLayerNet.random(rng(), init="he")
    net = TwoLayerNet(net.W1, net.b1 + 100, net.W2, net.b2)
    linear = LinearClassifier(net.W1 @ net.W2, net.b1 @ net.W2 + net.b2)
    X, _ = spiral(rng())
    assert np.allclose(net.forward(X)[1], linear.forward(X)[1])


@pytest.mark.parametrize(("n", "D", "h", "K"), [(1, 1, 1, 2), (7, 5, 4, 10)])
def test_arrays_have_the_shapes_of_the_lesson(n: int, D: int, h: int, K: int) -> None:
    net = TwoLayerNet.random(rng(), features=D, hidden=h, classes=K)
    shapes = {name: array.shape for name, array in net.parameters().items()}
    assert shapes == {"W1": (D, h), "b1": (1, h), "W2": (h, K), "b2": (1, K)}
    X, y = rng().standard_normal((n, D)), np.arange(n) % K
    hidden, scores = net.forward(X)
    assert hidden.shape == (n, h)
    assert scores.shape == (n, K)
    gradients = net.gradients(X, y)
    assert {name: array.shape for name, array in gradients.items()} == shapes


@KINDS
def test_a_point_that_no_weight_reaches_pays_ln_k(kind: type[Network]) -> None:
    zeros = kind(*(np.zeros_like(p) for p in random(kind).parameters().values()))
    X, y = spiral(rng())
    assert zeros.loss(X, y) == pytest.approx(math.log(3), rel=1e-15)


def random(kind: type[Network], **settings: Any) -> Network:
    assert issubclass(kind, LinearClassifier | TwoLayerNet)
    return kind.random(rng(), **settings)


def test_the_loss_by_hand() -> None:
    # One point, two classes, scores 0 and ln 3: p = 1/4 and 3/4.
    network = LinearClassifier(W=np.array([[0.0, math.log(3)]]), b=np.zeros((1, 2)))
    X, y = np.array([[1.0]]), np.array([0])
    expected = math.log(4) + 0.5 * 0.1 * math.log(3) ** 2
    assert network.loss(X, y, reg=0.1) == pytest.approx(expected)


def test_biases_are_not_regularised() -> None:
    # The loss sees b as well: equal biases only shift all scores.
    network = LinearClassifier(W=np.zeros((2, 3)), b=np.full((1, 3), 7.0))
    X, y = spiral(rng())
    assert network.loss(X, y, reg=10.0) == pytest.approx(math.log(3))


@KINDS
def test_the_gradients_of_a_class_with_no_points(kind: type[Network]) -> None:
    # Nothing asks for its score, so each point pushes its bias down.
    X, y = spiral(rng(), classes=3)
    network = random(kind, classes=4)
    assert math.isfinite(network.loss(X, y))
    *_, db = network.gradients(X, y).values()
    assert db[0, 3] == pytest.approx(1 / 4, abs=1e-3)


@KINDS
def test_float32_stays_float32(kind: type[Network]) -> None:
    X, y = spiral(rng())
    network = random(kind).astype(np.float32)
    gradients = network.gradients(X.astype(np.float32), y)
    stepped = network.updated(gradients, 1.0)
    for array in [*gradients.values(), *stepped.parameters().values()]:
        assert array.dtype == np.float32
    double = random(kind).gradients(X, y)
    for name, array in gradients.items():
        assert np.allclose(array, double[name], atol=1e-6)


@KINDS
def test_a_step_goes_against_the_gradient(kind: type[Network]) -> None:
    network = random(kind)
    gradients = {name: np.ones_like(p) for name, p in network.parameters().items()}
    stepped = network.updated(gradients, 0.25)
    for name, parameter in network.parameters().items():
        assert np.array_equal(stepped.parameters()[name], parameter - 0.25)


def test_initial_weights_have_the_scale_that_is_asked_for() -> None:
    # 100,000 weights: the sample's standard deviation is within 1 % of the true one.
    small = TwoLayerNet.random(rng(), features=200, hidden=500, classes=200)
    assert np.std(small.W1) == pytest.approx(0.01, rel=0.01)
    assert np.std(small.W2) == pytest.approx(0.01, rel=0.01)
    he = TwoLayerNet.random(rng(), features=200, hidden=500, classes=200, init="he")
    assert np.std(he.W1) == pytest.approx(math.sqrt(2 / 200), rel=0.01)
    assert np.std(he.W2) == pytest.approx(math.sqrt(2 / 500), rel=0.01)
    for net in (small, he):
        assert not net.b1.any()
        assert not net.b2.any()


def test_the_same_seed_draws_the_same_weights_w1_before_w2() -> None:
    net, numbers = TwoLayerNet.random(rng()), rng().standard_normal(500)
    assert np.array_equal(net.W1, 0.01 * numbers[:200].reshape(2, 100))
    assert np.array_equal(net.W2, 0.01 * numbers[200:].reshape(100, 3))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hidden": 0}, "a weight matrix cannot be 2 x 0"),
        ({"classes": 0}, "a weight matrix cannot be 100 x 0"),
        ({"features": -1}, "a weight matrix cannot be -1 x 100"),
    ],
)
def test_a_network_that_cannot_be_is_refused_in_words(
    wrong: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        TwoLayerNet.random(rng(), **wrong)
