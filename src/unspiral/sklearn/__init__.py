"""The lesson's two classifiers as scikit-learn has them: `fit`, `predict`, `score`."""

from unspiral.extras import imported

imported("sklearn", extra="sklearn")  # says so in one sentence where there is none

from unspiral.sklearn.classifiers import (  # noqa: E402
    LinearSoftmaxClassifier,
    TwoLayerClassifier,
)

__all__ = ["LinearSoftmaxClassifier", "TwoLayerClassifier"]
