"""The published baseline of scene classification: eigen-images and the nearest neighbor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

_SIDE_PX = 64
_COMPONENTS = 39
FILE_NAME = "eigen_images.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class EigenImages:
    """Gray 64×64 pictures on their 39 main components; a new one gets its nearest neighbor's label.

    After Turk and Pentland (1991), Eigenfaces for Recognition; gray, 64×64 and 39 components as in
    the scene classification that the figures are compared with.
    """

    labels: tuple[str, ...]
    mean: NDArray[np.float32]
    components: NDArray[np.float32]
    points: NDArray[np.float32]
    classes: NDArray[np.int64]

    @classmethod
    def fit(
        cls, views: Sequence[NDArray[np.uint8]], classes: NDArray[np.int64], labels: tuple[str, ...]
    ) -> Self:
        """Fit on RGB pictures, one class number each."""
        rows = np.stack([_flat(view) for view in views])
        mean = rows.mean(axis=0)
        _, _, directions = np.linalg.svd(rows - mean, full_matrices=False)
        components = directions[:_COMPONENTS]
        return cls(
            labels=labels,
            mean=mean,
            components=components,
            points=(rows - mean) @ components.T,
            classes=classes,
        )

    def classify(self, view: NDArray[np.uint8]) -> str:
        """Return the label of the nearest known picture."""
        point = self.components @ (_flat(view) - self.mean)
        return self.labels[int(self.classes[np.linalg.norm(self.points - point, axis=1).argmin()])]

    def save(self, folder: Path) -> None:
        np.savez_compressed(
            folder / FILE_NAME,
            labels=np.array(self.labels),
            mean=self.mean.astype(np.float16),
            components=self.components.astype(np.float16),
            points=self.points.astype(np.float16),
            classes=self.classes.astype(np.uint8),
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load what ``save`` wrote; raises FileNotFoundError where there is none."""
        with np.load(folder / FILE_NAME, allow_pickle=False) as stored:
            return cls(
                labels=tuple(str(label) for label in stored["labels"]),
                mean=stored["mean"].astype(np.float32),
                components=stored["components"].astype(np.float32),
                points=stored["points"].astype(np.float32),
                classes=stored["classes"].astype(np.int64),
            )


def _flat(view: NDArray[np.uint8]) -> NDArray[np.float32]:
    import cv2

    gray = cv2.cvtColor(view, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(gray, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_AREA)
    flat: NDArray[np.float32] = small.astype(np.float32).reshape(-1) / 255
    return flat
