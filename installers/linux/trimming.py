"""Making the program folder smaller: symbols for debuggers, and libraries that nothing asks for any more."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from installers.linux.elf import needed, programs

# Libraries that were repaired for a wheel (NAME.libs), Qt's and OpenVINO's are stripped by those who made
# them, and some would not load after it.
_MODULE = re.compile(r"\.(cpython-\w+|abi3)(-[\w-]+)?\.so$|^libpython3[\d.]*\.so")
_NOT_IN = re.compile(r"(\.libs|PySide6|shiboken6|openvino|onnxruntime|cv2)$")


def strip_modules(folder: Path) -> int:
    """Strip what is safe below ``folder``; return the bytes saved. Does nothing without binutils."""
    if shutil.which("strip") is None:
        return 0
    saved = 0
    for path in _modules(folder):
        before = path.stat().st_size
        stripped = path.with_name(path.name + ".stripped")
        command = ["strip", "--strip-unneeded", "-o", str(stripped), str(path)]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            stripped.replace(path)
            saved += before - path.stat().st_size
        stripped.unlink(missing_ok=True)
    return saved


def drop_orphans(folder: Path, candidates: Iterable[str]) -> list[str]:
    """Delete of ``candidates`` (places in the inner folder) those that no program or library asks for.

    They came with plug-ins that were left out. Returns the names of what was dropped.
    """
    inner = folder / "_internal"
    left = {place for place in candidates if (inner / place).is_file()}
    asked = {path: set(needed(path)) for path in programs(folder)}
    dropped: list[str] = []
    while orphans := sorted(
        place for place in left if not any(Path(place).name in names for names in asked.values())
    ):
        for place in orphans:
            (inner / place).unlink()
            asked.pop(inner / place, None)
        left -= set(orphans)
        dropped += orphans
    return dropped


def _modules(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.so*")):
        within = path.relative_to(folder).parts[:-1]
        if (
            path.is_file()
            and not path.is_symlink()
            and _MODULE.search(path.name)
            and not any(_NOT_IN.search(part) for part in within)
        ):
            yield path
