"""Networks in `.onnx` files, for programs that run them."""

from pathlib import Path

from unspiral.core import Network, TwoLayerNet
from unspiral.extras import imported

# Old enough for whatever runs it, and new enough for float64.
OPSET, IR = 17, 8


def save(network: Network, path: Path) -> None:
    """Write the forward pass: `X` (n, D) gives `scores` and `probs`, both (n, K)."""
    onnx = imported("onnx", extra="onnx")
    node, value = onnx.helper.make_node, onnx.helper.make_tensor_value_info
    if isinstance(network, TwoLayerNet):
        nodes = [
            node("Gemm", ["X", "W1", "b1"], ["affine"]),
            node("Relu", ["affine"], ["hidden"]),
            node("Gemm", ["hidden", "W2", "b2"], ["scores"]),
        ]
    else:
        nodes = [node("Gemm", ["X", "W", "b"], ["scores"])]
    nodes.append(node("Softmax", ["scores"], ["probs"], axis=1))

    first, last = network.weights()[0], network.weights()[-1]
    kind = onnx.helper.np_dtype_to_tensor_dtype(first.dtype)
    features, classes = first.shape[0], last.shape[1]
    graph = onnx.helper.make_graph(
        nodes,
        "unspiral",
        [value("X", kind, ["n", features])],
        [value(name, kind, ["n", classes]) for name in ("scores", "probs")],
        [onnx.numpy_helper.from_array(p, n) for n, p in network.parameters().items()],
    )
    model = onnx.helper.make_model(
        graph,
        producer_name="unspiral",
        ir_version=IR,
        opset_imports=[onnx.helper.make_opsetid("", OPSET)],
    )
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())
