"""Networks as PyTorch has them."""

from typing import Any

from unspiral.core import Network, TwoLayerNet
from unspiral.extras import imported
from unspiral.weights.layout import to_torch_layout


def to_torch(network: Network) -> Any:
    """Return the same network as a `torch.nn.Sequential`, in the same precision.

    It has copies of the parameters. PyTorch's random numbers are not touched.
    """
    torch = imported("torch", extra="torch")
    state = to_torch_layout(network)
    layers = []
    for name, weight in state.items():
        if name.endswith("weight"):
            outputs, inputs = weight.shape
            layers.append(torch.nn.Linear(inputs, outputs, device="meta"))
    if isinstance(network, TwoLayerNet):
        layers.insert(1, torch.nn.ReLU())
    model = torch.nn.Sequential(*layers)
    tensors = {name: torch.from_numpy(array) for name, array in state.items()}
    model.load_state_dict(tensors, assign=True)
    return model
