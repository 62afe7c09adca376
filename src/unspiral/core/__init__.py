"""The network of the lesson, in plain NumPy. Read it in this order.

spiral -> layers -> loss -> network -> training -> gradcheck
"""

from unspiral.core.gradcheck import GradientCheck, check_gradients
from unspiral.core.network import LinearClassifier, Network, TwoLayerNet
from unspiral.core.spiral import spiral
from unspiral.core.training import Step, gradient_descent

__all__ = [
    "GradientCheck",
    "LinearClassifier",
    "Network",
    "Step",
    "TwoLayerNet",
    "check_gradients",
    "gradient_descent",
    "spiral",
]
