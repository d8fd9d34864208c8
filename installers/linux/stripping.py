"""Taking the symbols for debuggers out of Python's extension modules: a sixth of the whole."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

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
