"""What the programs and libraries of Linux ask for."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

_NEEDED = re.compile(r"NEEDED\s+(\S+)")
_MAGIC = b"\x7fELF"


def programs(folder: Path) -> Iterator[Path]:
    """Yield every program and library below ``folder``; links are passed over."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as content:
                if content.read(4) == _MAGIC:
                    yield path


def needed(path: Path) -> list[str]:
    """Return the names of the libraries that a program or library is linked with."""
    answer = subprocess.run(["objdump", "-p", str(path)], capture_output=True, encoding="utf-8", check=False)
    return _NEEDED.findall(answer.stdout)
