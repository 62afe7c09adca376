"""Networks in files: what comes back, and what is refused."""

import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from unspiral.core import LinearClassifier, Network, TwoLayerNet, spiral
from unspiral.weights import load, save

ABSENT = "a framework is absent: make test-frameworks"


def networks() -> dict[str, Network]:
    rng = np.random.default_rng(0)
    start: dict[str, Network] = {
        "two-layer": TwoLayerNet.random(rng, hidden=7, classes=4, init="he"),
        "narrow": TwoLayerNet.random(rng, hidden=1, features=5),
        "linear": LinearClassifier.random(rng),
    }
    moved = {  # so that the biases are not 0
        name: network.updated(
            {name: np.ones(p.shape) for name, p in network.parameters().items()}, 0.1
        )
        for name, network in start.items()
    }
    single = {f"{name}, float32": n.astype(np.float32) for name, n in moved.items()}
    return moved | single


each_network = pytest.mark.parametrize(
    "network", networks().values(), ids=networks().keys()
)


def same(one: Network, other: Network) -> bool:
    ours, theirs = one.parameters(), other.parameters()
    return type(one) is type(other) and all(
        ours[name].dtype == theirs[name].dtype
        and ours[name].tobytes() == theirs[name].tobytes()
        and theirs[name].flags.c_contiguous
        for name in ours | theirs
    )


@each_network
@pytest.mark.parametrize("end", [".npz", ".safetensors"])
def test_a_network_comes_back_to_the_last_bit(
    network: Network, end: str, tmp_path: Path
) -> None:
    if end == ".safetensors":
        pytest.importorskip("safetensors", reason=ABSENT)
    file = tmp_path / f"network{end}"
    save(network, file)
    assert same(network, load(file))
    save(network, str(file))
    assert same(network, load(str(file)))


def test_numpy_finds_each_parameter_by_its_name(tmp_path: Path) -> None:
    network = TwoLayerNet.random(np.random.default_rng(0))
    save(network, tmp_path / "network.npz")
    with np.load(tmp_path / "network.npz") as arrays:
        assert list(arrays) == ["W1", "b1", "W2", "b2"]
        assert np.array_equal(arrays["W1"], network.W1)


def test_a_name_with_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"must end in one of .npz, .safetensors, "):
        save(networks()["two-layer"], tmp_path / "network.txt")


def arrays(**changed: np.ndarray | None) -> dict[str, np.ndarray]:
    all_ = networks()["two-layer"].parameters() | changed
    return {name: array for name, array in all_.items() if array is not None}


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        ({"X": np.zeros(3)}, "its arrays are none; allowed is W1, b1, W2, b2 or W, b"),
        (arrays(b2=None), "its arrays are W1, W2, b1; allowed is W1, b1, W2, b2 or"),
        (arrays(W=np.eye(2)), "its arrays are W, W1, W2, b1, b2; allowed is W1, b1"),
        (arrays(W1=np.zeros((2, 6))), r"its b1 has shape \(1, 7\); allowed is \(1, 6"),
        (arrays(b1=np.zeros(7)), r"its b1 has shape \(7,\); allowed is \(1, 7\)"),
        (arrays(b2=np.zeros((4, 4))), r"its b2 has shape \(4, 4\); allowed is \(1, 4"),
        (arrays(W2=np.zeros((7, 0))), r"its W2 has shape \(7, 0\); allowed is \(7, 1"),
        (arrays(W1=np.zeros((2, 7), int)), "its numbers are float64 and int64; allow"),
        (arrays(W1=np.zeros((2, 7), "f4")), "its numbers are float32 and float64; al"),
        (arrays(W1=np.array([["a"]])), "its numbers are <U1 and float64; allowed is"),
        (arrays(b1=np.full((1, 7), np.nan)), "its b1 holds NaN or infinity"),
        (arrays(W2=np.full((7, 4), np.inf)), "its W2 holds NaN or infinity"),
        (arrays(W1=np.array([[{}]])), "Object arrays cannot be loaded"),
    ],
)
def test_arrays_that_are_no_network_are_refused(
    held: dict[str, np.ndarray], problem: str, tmp_path: Path
) -> None:
    file = tmp_path / "other.npz"
    np.savez(file, **held, allow_pickle=True)
    with pytest.raises(ValueError, match=f"holds no network of ours: {problem}"):
        load(file)


def test_files_of_another_kind_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "other"
    for content in (b"", b"P", b"\x93NUMPY\x01\x00v", b"some text, long enough"):
        file.write_bytes(content)
        with pytest.raises(ValueError, match=r"it is neither \.npz nor \.safetensors"):
            load(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(ValueError, match="its arrays are none"):
        load(file)
    with pytest.raises(ValueError, match="holds no network of ours: it is a folder"):
        load(tmp_path)
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "missing.npz")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "damaged.npz"
    save(networks()["two-layer"], file)
    whole = file.read_bytes()
    for content in (whole[:100], whole[:-30], whole.replace(b"float", b"flout")):
        file.write_bytes(content)
        if content != whole:
            with pytest.raises(ValueError, match=r"damaged.npz holds no network"):
                load(file)
    spoilt = bytearray(whole)
    spoilt[150] ^= 255  # in the numbers of W1, whose checksum then differs
    file.write_bytes(spoilt)
    with pytest.raises(ValueError, match="it is damaged"):
        load(file)


def tensors(header: dict[str, object], data: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def test_tensors_that_are_no_network_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("safetensors", reason=ABSENT)
    file = tmp_path / "other.safetensors"

    def refused(content: bytes, problem: str) -> None:
        file.write_bytes(content)
        with pytest.raises(ValueError, match=f"holds no network of ours: {problem}"):
            load(file)

    def one(name: str, dtype: str, shape: list[int], size: int) -> dict[str, object]:
        return {name: {"dtype": dtype, "shape": shape, "data_offsets": [0, size]}}

    names = "0.weight, 0.bias, 2.weight, 2.bias or 0.weight, 0.bias"
    refused(
        tensors(one("conv.weight", "F32", [1], 4), bytes(4)),
        f"its arrays are conv.weight; allowed is {names}",
    )
    bias = {"0.bias": {"dtype": "F32", "shape": [], "data_offsets": [8, 12]}}
    weight = one("0.weight", "F32", [1, 2], 8)
    refused(tensors(weight | bias, bytes(12)), r"its b has shape \(1,\); allowed is")
    half = {"0.bias": {"dtype": "BF16", "shape": [1], "data_offsets": [8, 10]}}
    refused(tensors(weight | half, bytes(10)), "its numbers are .*float64 or float32")
    refused(tensors(weight, bytes(3)), "it is damaged")
    refused(struct.pack("<Q", 10) + b"{not json}", "it is damaged")


@each_network
def test_onnxruntime_computes_the_same_scores(network: Network, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason=ABSENT)
    onnxruntime = pytest.importorskip(
        "onnxruntime", reason="make test-frameworks has it"
    )
    file = tmp_path / "network.onnx"
    save(network, file)
    dtype = network.weights()[0].dtype
    X, _ = spiral(np.random.default_rng(1), points=30)
    X = np.resize(X, (90, network.weights()[0].shape[0])).astype(dtype)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    scores, probs = session.run(["scores", "probs"], {"X": X})
    _, expected = network.forward(X)
    tolerance = 4e-6 if dtype == np.float32 else 1e-13
    shares = np.exp(expected) / np.exp(expected).sum(axis=1, keepdims=True)
    assert scores.dtype == dtype
    np.testing.assert_allclose(scores, expected, rtol=tolerance, atol=tolerance)
    np.testing.assert_allclose(probs, shares, rtol=tolerance)
