"""Networks in PyTorch: its own modules take our weights as they are."""

from pathlib import Path

import numpy as np
import pytest

from unspiral.core import LinearClassifier, Network, TwoLayerNet, spiral
from unspiral.weights import load, save, to_torch

ABSENT = "a framework is absent: make test-frameworks"
torch = pytest.importorskip("torch", reason=ABSENT)


def networks() -> list[Network]:
    rng = np.random.default_rng(0)
    two_layer = TwoLayerNet.random(rng, hidden=20, init="he")
    return [two_layer, two_layer.astype(np.float32), LinearClassifier.random(rng)]


@pytest.mark.parametrize("network", networks(), ids=["64", "32", "linear"])
def test_the_same_scores_in_the_same_precision(network: Network) -> None:
    X, _ = spiral(np.random.default_rng(1))
    X = X.astype(network.weights()[0].dtype)
    scores = to_torch(network)(torch.from_numpy(X)).detach().numpy()
    assert scores.dtype == X.dtype
    tolerance = 1e-6 if X.dtype == np.float32 else 1e-14
    np.testing.assert_allclose(scores, network.forward(X)[1], atol=tolerance)


def test_training_it_changes_no_network_of_ours() -> None:
    network = networks()[0]
    before = {name: p.copy() for name, p in network.parameters().items()}
    model = to_torch(network)
    assert all(p.requires_grad for p in model.parameters())
    with torch.no_grad():
        for p in model.parameters():
            p += 1
    for name, p in network.parameters().items():
        assert np.array_equal(p, before[name])


def test_random_numbers_of_pytorch_are_not_touched() -> None:
    torch.manual_seed(0)
    expected = torch.rand(3)
    torch.manual_seed(0)
    to_torch(networks()[0])
    assert torch.equal(torch.rand(3), expected)


def test_load_state_dict_takes_a_file_as_it_is(tmp_path: Path) -> None:
    safetensors = pytest.importorskip(
        "safetensors.torch", reason="make test-frameworks has it"
    )
    two_layer, _, linear = networks()
    for network, model in (
        (
            two_layer,
            torch.nn.Sequential(
                torch.nn.Linear(2, 20), torch.nn.ReLU(), torch.nn.Linear(20, 3)
            ),
        ),
        (linear, torch.nn.Sequential(torch.nn.Linear(2, 3))),
    ):
        save(network, tmp_path / "ours.safetensors")
        model.double().load_state_dict(
            safetensors.load_file(tmp_path / "ours.safetensors")
        )
        X, _ = spiral(np.random.default_rng(1))
        scores = model(torch.from_numpy(X)).detach().numpy()
        np.testing.assert_allclose(scores, network.forward(X)[1], atol=1e-14)

        safetensors.save_file(model.state_dict(), tmp_path / "theirs.safetensors")
        back = load(tmp_path / "theirs.safetensors").parameters()
        for name, p in network.parameters().items():
            assert np.array_equal(back[name], p)
