"""The same network in four frameworks: complete programs with the reader's settings."""

from pathlib import Path
from string import Template

from unspiral.lab.messages import ListingsReply, ListingsRequest, Programs

OTHERS = ("pytorch", "jax", "tensorflow")
FRAMEWORKS = ("numpy", *OTHERS)


def listings(request: ListingsRequest) -> ListingsReply:
    """Fill in the settings.

    NumPy draws the data in all of them. In the exact form it draws the initial weights
    too, so that all programs train the very same network; as usually written, each
    framework draws its own. From scratch, in NumPy, both forms are one program.
    """
    settings = request.settings
    seed = settings.weights_seed
    own_seed = f"rng = np.random.default_rng({seed})  # a seed of their own\n"
    he = settings.init == "he"
    gaps = {
        "steps": request.steps,
        "every": max(1, request.steps // 10),
        "points": settings.points,
        "classes": settings.classes,
        "noise": settings.noise,
        "seed": settings.seed,
        "hidden": settings.hidden,
        "weights_rng": "" if seed is None else own_seed,
        "weights_seed": settings.seed if seed is None else seed,
        "W1_scale": "np.sqrt(2 / D)" if he else "0.01",
        "W2_scale": "np.sqrt(2 / h)" if he else "0.01",
        "dtype": settings.dtype,
        "learning_rate": settings.learning_rate,
        "reg": settings.reg,
    }
    gaps |= {part: template(part).substitute(gaps) for part in ("data", "weights")}
    exact = {name: template(f"exact/{name}").substitute(gaps) for name in FRAMEWORKS}
    usual = {name: template(f"usual/{name}").substitute(gaps) for name in OTHERS}
    return ListingsReply(
        exact=Programs(**exact), usual=Programs(numpy=exact["numpy"], **usual)
    )


def template(name: str) -> Template:
    """Read a program with gaps."""
    path = Path(__file__).parent / f"{name}.py.txt"
    return Template(path.read_text(encoding="utf-8"))
