"""Make ``.venv/`` ready: Python packages at the pinned versions, and the system libraries Qt needs.

Runs on a bare Python 3.11 or 3.12 with nothing installed. A second run finds the stamp of the
first and does nothing. Used by the Makefile: ``python3 installers/environment.py``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
DEVELOPMENT = ("--editable", ".[training,development]")

# What Qt's xcb platform plug-in loads on Debian and Ubuntu, by file and by package.
QT_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}


def main() -> int:
    """Set up what is missing and say what is done."""
    if sys.version_info[:2] not in {(3, 11), (3, 12)}:
        print(f"Casebook needs Python 3.11 or 3.12; {sys.executable} is {sys.version.split()[0]}.")
        print("Name another one: make run PYTHON=python3.12")
        return 1
    install_qt_libraries()
    make_environment(VENV, DEVELOPMENT, size="about 160 packages, some 6 GB")
    return 0


def python_of(venv: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment(venv: Path, requirements: Sequence[str], *, size: str) -> None:
    """Make ``venv`` with the pinned ``requirements``, unless it has been made of the same before."""
    stamp = venv / "installed.sha256"
    wanted = fingerprint(requirements)
    if stamp.is_file() and stamp.read_text() == wanted and python_of(venv).is_file():
        return
    install_packages(venv, requirements, size=size)
    stamp.write_text(wanted)


def fingerprint(requirements: Sequence[str] = DEVELOPMENT) -> str:
    """Return a digest of all that decides what is installed, and where."""
    others = "" if requirements == DEVELOPMENT else " ".join(requirements)
    digest = hashlib.sha256(f"{sys.version_info[:2]} {CHECKOUT}{others}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((CHECKOUT / name).read_bytes())
    return digest.hexdigest()


def install_packages(venv: Path, requirements: Sequence[str], *, size: str) -> None:
    """Install the pinned packages into ``venv`` through uv, which is quick and shows its progress."""
    python = str(python_of(venv))
    print(f"1/3  making {venv.name}", flush=True)
    run([sys.executable, "-m", "venv", str(venv)])
    print("2/3  fetching the installer", flush=True)
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
    print(f"3/3  installing {size} on disk; 1 to 15 minutes by the network", flush=True)
    command = [python, "-m", "uv", "pip", "install", "--python", python, "--constraints", "constraints.txt"]
    run([*command, *requirements], environment=registry_settings(python))
    print("     done", flush=True)


def registry_settings(python: str) -> dict[str, str]:
    """Return the environment in which uv uses the registry that pip is configured to use."""
    environment = dict(os.environ)
    asked = [python, "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False, cwd=CHECKOUT)
    index = os.environ.get("PIP_INDEX_URL") or answer.stdout.strip()
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    # Copying works on every file system; hard links into a cache on another disk do not.
    environment.setdefault("UV_LINK_MODE", "copy" if os.name == "nt" else "hardlink")
    return environment


def install_qt_libraries() -> None:
    """Install the shared libraries that Qt needs where that is allowed; else name them."""
    if sys.platform != "linux":
        return
    missing = [package for library, package in QT_LIBRARIES.items() if not is_loadable(library)]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "-qq", *missing]
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(f"installing system libraries for the window: {' '.join(missing)}", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["apt-get", "update", "-qq"], command):
            if subprocess.run(step, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
                break
        missing = [package for library, package in QT_LIBRARIES.items() if not is_loadable(library)]
    if missing:
        print("The window needs system libraries that are not here. An administrator can install them:")
        print(f"    sudo apt-get install {' '.join(missing)}")
        print("Everything but the window works without them.", flush=True)


def is_loadable(library: str) -> bool:
    """Tell whether the dynamic linker finds ``library``."""
    listing = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, encoding="utf-8", check=False)
    return library in listing.stdout


def run(command: list[str], environment: dict[str, str] | None = None, *, folder: Path = CHECKOUT) -> None:
    """Run a step in ``folder``; its own output is the progress."""
    status = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    if status:
        print(f"This step failed with status {status}: {' '.join(command)}")
        print("Mend what it says above (network, disk space) and run the same make target again.")
        sys.exit(status)


if __name__ == "__main__":
    sys.exit(main())
