"""Draw the pictures of the documentation from the sample cases: ``make screenshots``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
DEMO = CHECKOUT / "out" / "demo"
SHOTS = CHECKOUT / "docs" / "screenshots"
# Which case shows a page best; pages that show where a case lies on this computer are left out.
PAGES = {
    "chest_radiographs": ("pair-light", "pair-dark", "reports-light", "images-light"),
    "scene_photographs": ("contradictions-light", "results-light"),
}


def main() -> None:
    """Build the sample cases where they are missing, grab every window, keep those that are shown."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-m", "engine.cli", "demo", "--out", str(DEMO)], cwd=CHECKOUT, check=True)
    SHOTS.mkdir(exist_ok=True)
    for case, pages in PAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            grab = [sys.executable, "-m", "desktop.app", str(DEMO / f"{case}.casebook"), "--grab", folder]
            subprocess.run(grab, cwd=CHECKOUT, env=environment, check=True)
            for page in pages:
                shutil.copy(Path(folder) / f"{page}.png", SHOTS / f"{page}.png")


if __name__ == "__main__":
    main()
