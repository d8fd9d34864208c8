"""Draw every window, page and dialog: light and dark, at 100 % and 200 %: ``make screenshots``.

The pictures lie in ``docs/screenshots``, in few colors so that they stay small, by
``NAME-THEME.png`` and, at 200 %, ``large/NAME-THEME.png``; what a page looks like at work is kept at
100 % only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from engine.clock import system_clock
from engine.store import open_case

CHECKOUT = Path(__file__).resolve().parent.parent
DEMO = CHECKOUT / "out" / "demo"
SHOTS = CHECKOUT / "docs" / "screenshots"
COLORS = {1: 40, 2: 20}
AT_WORK = ("pair-", "images-")
# The forensic sample shows everything; the medical one shows these pages too, under names of their own.
CASE = "scene_photographs"
MEDICAL = "chest_radiographs"
MEDICAL_PAGES = ("pair", "images", "reports", "pair-list")


def main() -> None:
    """Build the sample cases where they are missing and draw them."""
    subprocess.run([sys.executable, "-m", "engine.cli", "demo", "--out", str(DEMO)], cwd=CHECKOUT, check=True)
    shutil.rmtree(SHOTS, ignore_errors=True)
    # Drawn from copies in a place that says nothing about this computer.
    folder = Path(tempfile.gettempdir()) / "Casebook"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        for case in (CASE, MEDICAL):
            _copy(case, folder)
        for scale, out in ((1, SHOTS), (2, SHOTS / "large")):
            out.mkdir(parents=True)
            for case in (CASE, MEDICAL) if scale == 1 else (CASE,):
                grabbed = folder / f"{case}-{scale}"
                _grab(folder / f"{case}.casebook", grabbed, scale)
                _keep(grabbed, out, scale, medical=case == MEDICAL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(case: str, folder: Path) -> None:
    """Copy a sample case with its evidence, and tell the copy where that lies now."""
    shutil.copy(DEMO / f"{case}.casebook", folder)
    shutil.copytree(DEMO / case, folder / case)
    with open_case(folder / f"{case}.casebook", clock=system_clock) as store:
        store.move_root(case, folder / case)


def _grab(case: Path, out: Path, scale: int) -> None:
    home = case.parent / "home"
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "HOME": str(home),
        **{f"CASEBOOK_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CACHE", "CONFIG")},
    }
    command = [sys.executable, "-m", "desktop.app", str(case), "--grab", str(out), "--language", "en"]
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)


def _keep(grabbed: Path, out: Path, scale: int, *, medical: bool) -> None:
    for path in sorted(grabbed.glob("*.png")):
        page = path.stem.rpartition("-")[0]
        if (medical and page not in MEDICAL_PAGES) or (scale > 1 and page.startswith(AT_WORK)):
            continue
        name = f"medical-{path.name}" if medical else path.name
        with Image.open(path) as picture:
            few = picture.convert("RGB").quantize(COLORS[scale], dither=Image.Dither.NONE)
            few.save(out / name, optimize=True)


if __name__ == "__main__":
    main()
