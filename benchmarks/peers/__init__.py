"""The peers: one a module, each with `trainer(dtype)`.

It returns a function that trains for some steps from the start, and returns the loss
at the last of them.
"""

PEERS = {
    "core": "unspiral's core, NumPy",
    "fused": "unspiral's fused engine",
    "cs231n": "cs231n's script, NumPy",
    "torch_eager": "PyTorch, eager",
    "torch_compiled": "PyTorch, torch.compile",
    "jax_step": "JAX, jitted step",
    "jax_scan": "JAX, lax.scan",
    "tensorflow_step": "TensorFlow, tf.function",
    "sklearn_mlp": "scikit-learn, MLPClassifier",
}
