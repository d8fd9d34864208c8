"""Labeled pictures as one folder per class."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError

_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})


def load_folders(
    data: Path, size_px: int
) -> tuple[tuple[str, ...], list[NDArray[np.uint8]], NDArray[np.int64]]:
    """Read one folder of pictures per class; return labels, RGB pictures of ``size_px``², class numbers."""
    import cv2

    folders = [folder for folder in sorted(data.iterdir()) if folder.is_dir()] if data.is_dir() else []
    if len(folders) < 2:
        raise UsageError(f"{data} needs at least two folders of pictures, one per class")
    pictures: list[NDArray[np.uint8]] = []
    classes: list[int] = []
    for number, folder in enumerate(folders):
        for file in sorted(folder.iterdir()):
            picture = cv2.imread(str(file)) if file.suffix.lower() in _SUFFIXES else None
            if picture is not None:
                resized = cv2.resize(picture, (size_px, size_px), interpolation=cv2.INTER_AREA)
                pictures.append(cv2.cvtColor(resized, cv2.COLOR_BGR2RGB))
                classes.append(number)
    return tuple(folder.name for folder in folders), pictures, np.array(classes, np.int64)
