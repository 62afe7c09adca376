"""Networks in `.safetensors` files, with PyTorch's names and shapes."""

from pathlib import Path

from unspiral.core import Network
from unspiral.extras import imported
from unspiral.weights.layout import from_torch_layout, to_torch_layout


def save(network: Network, path: Path) -> None:
    """Write the parameters as `torch.nn.Sequential.load_state_dict` takes them."""
    safetensors = imported("safetensors.numpy", extra="safetensors")
    path.write_bytes(safetensors.save(to_torch_layout(network), {"format": "pt"}))


def load(path: Path) -> Network:
    """Read what `save` wrote, or PyTorch did from such a `torch.nn.Sequential`."""
    safetensors = imported("safetensors", extra="safetensors")
    try:
        with safetensors.safe_open(path, "numpy") as file:
            arrays = {name: file.get_tensor(name) for name in file.offset_keys()}
    except safetensors.SafetensorError as error:
        raise ValueError("it is damaged") from error
    except TypeError as error:  # such as bfloat16
        raise ValueError("its numbers are not float64 or float32") from error
    return from_torch_layout(arrays)
