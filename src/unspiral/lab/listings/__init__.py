"""The same network in four frameworks: complete programs with the reader's settings."""

from pathlib import Path
from string import Template

from unspiral.lab.messages import ListingsReply, ListingsRequest

FRAMEWORKS = ("numpy", "pytorch", "jax", "tensorflow")


def listings(request: ListingsRequest) -> ListingsReply:
    """Fill in the settings.

    Data and initial weights are drawn by NumPy in all of them, in the same way, so
    that all programs train the very same network.
    """
    settings = request.settings
    weights_rng = ""
    if settings.weights_seed is not None:
        seed = settings.weights_seed
        weights_rng = f"rng = np.random.default_rng({seed})  # a seed of their own\n"
    he = settings.init == "he"
    start = template("start").substitute(
        steps=request.steps,
        points=settings.points,
        classes=settings.classes,
        noise=settings.noise,
        seed=settings.seed,
        hidden=settings.hidden,
        weights_rng=weights_rng,
        W1_scale="np.sqrt(2 / D)" if he else "0.01",
        W2_scale="np.sqrt(2 / h)" if he else "0.01",
        dtype=settings.dtype,
        learning_rate=settings.learning_rate,
        reg=settings.reg,
    )
    every = max(1, request.steps // 10)
    return ListingsReply(
        **{
            framework: template(framework).substitute(start=start, every=every)
            for framework in FRAMEWORKS
        }
    )


def template(name: str) -> Template:
    """Read a program with gaps."""
    text = Path(__file__).with_name(f"{name}.py.txt").read_text(encoding="utf-8")
    return Template(text)
