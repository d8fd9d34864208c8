"""Vectors of pictures, by which those that look alike are found; made with the picture's scene."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from engine.protocols import Frame
from engine.store import CaseStore

IMAGES = "images"


@runtime_checkable
class PictureEmbedder(Protocol):
    """A classifier whose network also says how pictures look."""

    def features(self, views: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (views, dimensions)."""


def save_image_vectors(store: CaseStore, classifiers: Iterable[object], frames: Sequence[Frame]) -> None:
    """Keep a vector of each frame by the first classifier that makes some; nothing where none does."""
    embedder = next((each for each in classifiers if isinstance(each, PictureEmbedder)), None)
    if embedder is not None and frames:
        vectors = embedder.features([frame.pixels.view for frame in frames])
        store.save_vectors(IMAGES, [frame.image.id for frame in frames], vectors)
