"""Labeled pictures as one folder per class."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError

_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LabeledPictures:
    """RGB pictures (uint8, all of one size) with the number of their label, and ``LABEL/FILE`` as name."""

    labels: tuple[str, ...]
    names: tuple[str, ...]
    views: list[NDArray[np.uint8]]
    classes: NDArray[np.int64]

    def split(self, share: float, seed: int) -> tuple[LabeledPictures, LabeledPictures]:
        """Return the pictures to learn from and, apart, a seeded ``share`` of each class."""
        rng = np.random.default_rng(seed)
        apart = np.zeros(len(self.views), np.bool_)
        for number in range(len(self.labels)):
            own = rng.permutation(np.flatnonzero(self.classes == number))
            apart[own[: round(share * len(own))]] = True
        return self._part(~apart), self._part(apart)

    def only(self, names: frozenset[str]) -> LabeledPictures:
        """Return the pictures with these names."""
        return self._part(np.array([name in names for name in self.names], np.bool_))

    def _part(self, kept: NDArray[np.bool_]) -> LabeledPictures:
        numbers = np.flatnonzero(kept)
        return LabeledPictures(
            labels=self.labels,
            names=tuple(self.names[number] for number in numbers),
            views=[self.views[number] for number in numbers],
            classes=self.classes[numbers],
        )


def load_folders(data: Path, size_px: int) -> LabeledPictures:
    """Read one folder of pictures per class, each as a square of ``size_px``; raises UsageError."""
    import cv2

    folders = [folder for folder in sorted(data.iterdir()) if folder.is_dir()] if data.is_dir() else []
    if len(folders) < 2:
        raise UsageError(f"{data} needs at least two folders of pictures, one per class")
    names: list[str] = []
    pictures: list[NDArray[np.uint8]] = []
    classes: list[int] = []
    for number, folder in enumerate(folders):
        for file in sorted(folder.iterdir()):
            picture = cv2.imread(str(file)) if file.suffix.lower() in _SUFFIXES else None
            if picture is not None:
                resized = cv2.resize(picture, (size_px, size_px), interpolation=cv2.INTER_AREA)
                names.append(f"{folder.name}/{file.name}")
                pictures.append(np.asarray(cv2.cvtColor(resized, cv2.COLOR_BGR2RGB), np.uint8))
                classes.append(number)
    return LabeledPictures(
        labels=tuple(folder.name for folder in folders),
        names=tuple(names),
        views=pictures,
        classes=np.array(classes, np.int64),
    )
