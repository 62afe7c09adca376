"""The classifiers do all that scikit-learn asks of its own."""

import doctest
import pickle
import re
import subprocess
import sys
from itertools import islice
from typing import Any

import numpy as np
import pytest

from unspiral.core import LinearClassifier, TwoLayerNet, gradient_descent, spiral

ABSENT = "scikit-learn is absent: make test-frameworks"
sklearn = pytest.importorskip("sklearn", reason=ABSENT)

from sklearn.base import clone  # noqa: E402
from sklearn.datasets import load_iris  # noqa: E402
from sklearn.exceptions import NotFittedError  # noqa: E402
from sklearn.model_selection import GridSearchCV  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

from unspiral.sklearn import (  # noqa: E402
    LinearSoftmaxClassifier,
    TwoLayerClassifier,
    classifiers,
)

KINDS = (TwoLayerClassifier, LinearSoftmaxClassifier)
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def data() -> tuple[np.ndarray, np.ndarray]:
    return spiral(np.random.default_rng(0), points=50)


@parametrize_with_checks([kind() for kind in KINDS])  # type: ignore[untyped-decorator]
def test_scikit_learn_s_own_checks(estimator: Any, check: Any) -> None:
    check(estimator)


@each_kind
def test_it_is_gradient_descent_of_core(kind: Any, data: Any) -> None:
    X, y = data
    model = kind(steps=20, learning_rate=0.5, reg=0.01, random_state=3).fit(X, y)
    rng = np.random.RandomState(3)
    network = (TwoLayerNet if kind is TwoLayerClassifier else LinearClassifier).random(
        rng
    )
    run = gradient_descent(network, X, y, learning_rate=0.5, reg=0.01)
    *before, last = islice(run, 21)
    assert model.n_iter_ == len(model.loss_curve_) == 20
    assert model.loss_curve_ == [step.loss for step in before]
    assert model.loss_ == last.loss
    assert model.score(X, y) == last.accuracy
    for name, parameter in last.network.parameters().items():
        assert np.array_equal(model.network_.parameters()[name], parameter)


@each_kind
def test_probabilities(kind: Any, data: Any) -> None:
    X, y = data
    names = np.array(["one", "two", "three"])[y]
    model = kind(random_state=0, steps=300).fit(X, names)
    assert model.classes_.tolist() == ["one", "three", "two"]
    probs = model.predict_proba(X)
    np.testing.assert_allclose(probs.sum(axis=1), 1)
    np.testing.assert_allclose(np.log(probs), model.predict_log_proba(X))
    assert (model.classes_[probs.argmax(axis=1)] == model.predict(X)).all()


@each_kind
def test_single_precision_stays_single(kind: Any, data: Any) -> None:
    X, y = data
    model = kind(random_state=0, steps=3).fit(X.astype(np.float32), y)
    assert model.predict_proba(X).dtype == np.float32


@each_kind
def test_as_many_calls_of_partial_fit_as_steps_of_fit(kind: Any, data: Any) -> None:
    X, y = data
    at_once = kind(steps=5, random_state=0).fit(X, y)
    pieces = kind(random_state=0).partial_fit(X, y, classes=[2, 1, 0])
    for _ in range(4):
        pieces.partial_fit(X, y)
    assert pieces.n_iter_ == 5
    assert pieces.loss_curve_ == at_once.loss_curve_
    assert np.array_equal(pieces.predict_proba(X), at_once.predict_proba(X))
    again = clone(at_once).fit(X, y).partial_fit(X[:10], y[:10])
    assert again.n_iter_ == 6


@each_kind
def test_partial_fit_may_see_some_classes_only(kind: Any, data: Any) -> None:
    X, y = data
    model = kind(random_state=0).partial_fit(X[:50], y[:50], classes=[0, 1, 2])
    assert model.predict_proba(X).shape == (150, 3)
    with pytest.raises(ValueError, match="y has 7; the classes are 0, 1, 2"):
        model.partial_fit(X[:2], [0, 7])
    with pytest.raises(ValueError, match="classes is 0, 1; in the first call it was 0"):
        model.partial_fit(X[:2], [0, 1], classes=[0, 1])
    with pytest.raises(ValueError, match="classes is not given; the first call of"):
        kind().partial_fit(X, y)


@each_kind
def test_in_a_pipeline_and_a_grid_search(kind: Any) -> None:
    X, y = load_iris(return_X_y=True)
    name = kind.__name__.lower()
    model = make_pipeline(StandardScaler(), kind(random_state=0, steps=200))
    search = GridSearchCV(
        model, {f"{name}__learning_rate": [1e-6, 0.3], f"{name}__reg": [0, 1e-3]}
    ).fit(X, y)
    assert search.best_params_[f"{name}__learning_rate"] == 0.3
    assert search.best_score_ > 0.9
    copy = pickle.loads(pickle.dumps(search))
    assert np.array_equal(copy.predict(X), search.predict(X))


@each_kind
@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("learning_rate", 0, "a number above 0"),
        ("learning_rate", np.nan, "a number above 0"),
        ("learning_rate", "fast", "a number above 0"),
        ("reg", -1e-3, "a number from 0 on"),
        ("init", "big", "'small' or 'he'"),
        ("init", ["he"], "'small' or 'he'"),
        ("steps", 0, "a whole number from 1 on"),
        ("steps", 1.5, "a whole number from 1 on"),
    ],
)
def test_settings_out_of_bounds_are_refused(
    kind: Any, name: str, value: Any, allowed: str, data: Any
) -> None:
    model = kind(**{name: value})  # only fit says so
    for fit in model.fit, model.partial_fit:
        sentence = re.escape(f"{name} is {value!r}; allowed is {allowed}")
        with pytest.raises(ValueError, match=f"^{sentence}$"):
            fit(*data)


def test_hidden_units_out_of_bounds(data: Any) -> None:
    with pytest.raises(ValueError, match="hidden is 0; allowed is a whole number from"):
        TwoLayerClassifier(hidden=0).fit(*data)


@each_kind
def test_a_run_that_diverges_says_what_to_do(kind: Any, data: Any) -> None:
    X, y = data
    with pytest.raises(ValueError, match=r"not finite at step \d+: give features of"):
        kind(learning_rate=100, reg=10).fit(X, y)
    with pytest.raises(NotFittedError):
        kind().predict(X)


def test_its_examples() -> None:
    result = doctest.testmod(classifiers)
    assert result.attempted == 13
    assert result.failed == 0


def test_without_scikit_learn_it_says_how_to_install_it() -> None:
    script = (
        "import sys; sys.modules['sklearn'] = None\n"
        "sys.meta_path.insert(0, type('', (), {'find_spec': lambda *_: None}))\n"
        "import unspiral.sklearn"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "pip install 'unspiral[sklearn]'" in result.stderr
