"""A labeled YOLO folder: ``images/``, ``labels/`` and ``classes.txt``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError

_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})
Row = tuple[int, NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class YoloFolder:
    """A labeled folder: the pictures, and the names of their classes."""

    root: Path
    labels: tuple[str, ...]
    pictures: tuple[Path, ...]

    def label_file(self, picture: Path) -> Path:
        return self.root / "labels" / f"{picture.stem}.txt"


def read_folder(root: Path, *, include: Path | None = None) -> YoloFolder:
    """Read a YOLO folder; ``include`` is a text file of file names (or stems) to keep.

    Raises UsageError where a part is missing or no picture is left.
    """
    names = root / "classes.txt"
    if not names.is_file() or not (root / "images").is_dir() or not (root / "labels").is_dir():
        raise UsageError(f"{root} needs images/, labels/ and classes.txt")
    wanted = set(include.read_text(encoding="utf-8-sig").split("\n")) if include else None
    pictures = tuple(
        picture
        for picture in sorted((root / "images").iterdir())
        if picture.suffix.lower() in _SUFFIXES
        and (wanted is None or picture.name in wanted or picture.stem in wanted)
    )
    if not pictures:
        raise UsageError(f"no pictures to use in {root / 'images'}")
    labels = tuple(
        line.strip() for line in names.read_text(encoding="utf-8-sig").splitlines() if line.strip()
    )
    return YoloFolder(root=root, labels=labels, pictures=pictures)


def label_table(pairs: Iterable[str]) -> dict[str, str]:
    """Return which labels count as another one; each pair reads ``angle=fracture``."""
    split = (pair.partition("=") for pair in pairs if "=" in pair)
    return {old.strip(): new.strip() for old, _, new in split}


def read_rows(file: Path) -> list[Row]:
    """Read a label file: class number and the numbers after it; a missing file means nothing there.

    Four numbers are a box (center and size), six or more are a polygon (x, y, …), all as shares of
    the picture. Raises UsageError at a line that is neither.
    """
    if not file.is_file():
        return []
    rows: list[Row] = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), start=1):
        parts = line.split()
        if not parts:
            continue
        try:
            values = np.array([float(part) for part in parts[1:]])
            label = int(parts[0])
        except ValueError as error:
            raise UsageError(f"{file.name} line {number} is not a YOLO label: {line[:60]!r}") from error
        if len(values) != 4 and (len(values) < 6 or len(values) % 2):
            raise UsageError(f"{file.name} line {number} has {len(values)} numbers: neither box nor polygon")
        rows.append((label, values))
    return rows


def has_polygons(folder: YoloFolder) -> bool:
    """Tell whether any label of the folder is a polygon."""
    return any(
        len(values) > 4 for picture in folder.pictures for _, values in read_rows(folder.label_file(picture))
    )
