"""What the lesson prints stands alone: core needs NumPy, and little else."""

import subprocess
import sys

SCRIPT = """
import sys
import unspiral.core
for name in sorted(set(module.partition(".")[0] for module in sys.modules)):
    print(name)
"""


def test_core_imports_nothing_of_the_layers_above_it() -> None:
    imported = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"numpy", "jaxtyping"} <= set(imported)
    above = {"beartype", "msgspec", "pygments", "rich", "starlette", "typer", "uvicorn"}
    assert not above & set(imported)
