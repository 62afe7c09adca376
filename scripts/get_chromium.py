"""Make sure that there is a Chromium for the browser tests.

One that is installed will do. Else the system's package is installed, where that is
possible without asking for a password; else Playwright downloads a Chromium of its own.
"""

import os
import shutil
import subprocess
import sys

INSTALLED = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, or None: use Playwright's own."""
    paths = (shutil.which(name) for name in INSTALLED)
    # Some systems have a stub of that name, which only says how to install it.
    return next((path for path in paths if path and runs(path, "--version")), None)


def install_with_apt() -> bool:
    """Install Debian's Chromium; return whether that was possible."""
    as_root = () if os.geteuid() == 0 else ("sudo", "--non-interactive")
    if not (shutil.which("apt-get") and runs(*as_root, "true")):
        return False
    print("Installing Chromium with apt-get (a minute or two)", flush=True)
    apt_get = (*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--yes")
    runs(*apt_get, "update")
    return runs(*apt_get, "install", "--no-install-recommends", "chromium")


def runs(*command: str) -> bool:
    """Run a command silently; return whether it is there and succeeds."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    if find_chromium() or install_with_apt():
        print(f"Chromium: {find_chromium()}")
    else:
        print("Chromium: Playwright's own (downloaded once)", flush=True)
        playwright = (sys.executable, "-m", "playwright")
        sys.exit(subprocess.run((*playwright, "install", "chromium")).returncode)
