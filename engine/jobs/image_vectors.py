"""Vectors of pictures and of the Regions in them, by which those that look alike are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from engine.model.findings import Region
from engine.model.geometry import Box
from engine.model.ids import ImageId
from engine.protocols import Frame
from engine.store import CaseStore

IMAGES, REGIONS = "images", "regions"
# Smaller ones are a handful of pixels for the network, and a smear of cells has a hundred alike.
LEAST_SIDE_PX = 24
MOST_REGIONS = 8
_MARGIN = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageVectors:
    """One vector per id of a kind (``matrix``: float32, shape (len(ids), dimensions))."""

    kind: str
    ids: tuple[str, ...]
    matrix: NDArray[np.float32]


@runtime_checkable
class PictureEmbedder(Protocol):
    """A classifier whose network also says how pictures look."""

    def features(self, views: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (views, dimensions)."""


def image_vectors(
    classifiers: Iterable[object], frames: Sequence[Frame], regions: Mapping[ImageId, Sequence[Region]]
) -> tuple[ImageVectors, ...]:
    """Return a vector of each frame and of its larger Regions by the first classifier that makes some.

    Nothing where none does.
    """
    embedder = next((each for each in classifiers if isinstance(each, PictureEmbedder)), None)
    if embedder is None or not frames:
        return ()
    # A picture that lies in the folder and in a letter too comes twice, and its Regions with it.
    once = {frame.image.id: frame for frame in frames}.values()
    of_images = ImageVectors(
        kind=IMAGES,
        ids=tuple(frame.image.id for frame in once),
        matrix=embedder.features([frame.pixels.view for frame in once]),
    )
    parts = [
        (region, cut_out(frame.pixels.view, box))
        for frame in once
        for region, box in _worth_comparing(regions.get(frame.image.id, ()))
    ]
    if not parts:
        return (of_images,)
    of_regions = ImageVectors(
        kind=REGIONS,
        ids=tuple(region.id for region, _ in parts),
        matrix=embedder.features([view for _, view in parts]),
    )
    return of_images, of_regions


def save_image_vectors(store: CaseStore, vectors: Iterable[ImageVectors]) -> None:
    """Keep vectors in the case, in place of older ones."""
    for each in vectors:
        store.save_vectors(each.kind, each.ids, each.matrix)


def _worth_comparing(regions: Sequence[Region]) -> list[tuple[Region, Box]]:
    """Return the largest Regions that have an outline and are no part of another, largest first."""
    boxed = ((region, region.box) for region in {region.id: region for region in regions}.values())
    large = [
        (region, box)
        for region, box in boxed
        if box is not None and region.parent_id is None and min(box.width_px, box.height_px) >= LEAST_SIDE_PX
    ]
    return sorted(large, key=lambda each: -each[1].width_px * each[1].height_px)[:MOST_REGIONS]


def cut_out(view: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """Return the part of an RGB picture in the smallest square around a box and a margin, uint8 (h, w, 3).

    Where the square would leave the picture it ends with it.
    """
    half = max(box.width_px, box.height_px) * (0.5 + _MARGIN)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    rows = _within(y - half, y + half, view.shape[0])
    columns = _within(x - half, x + half, view.shape[1])
    return view[rows, columns]


def _within(start: float, stop: float, length: int) -> slice:
    """Return the whole pixels from ``start`` to ``stop`` that a picture has; at least one."""
    first = min(max(int(start), 0), length - 1)
    return slice(first, max(min(int(stop) + 1, length), first + 1))
