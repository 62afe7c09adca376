"""The README's own example does what the README says."""

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_ten_lines_learn_the_spirals() -> None:
    match = re.search(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert match
    run = subprocess.run(
        [sys.executable, "-c", match[1]], capture_output=True, text=True, check=True
    )
    first, *_, last = run.stdout.splitlines()
    assert "loss 1.0986" in first
    accuracy = float(last.split()[-1].removesuffix("%"))
    assert accuracy >= 97


def test_every_folder_of_the_tour_is_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README.read_text()):
        assert (README.parent / target).exists(), target
