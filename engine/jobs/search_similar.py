"""Pictures that look alike: by perceptual hash, and by image vectors where the case has them."""

from __future__ import annotations

import numpy as np

from engine.errors import UsageError
from engine.jobs.image_vectors import IMAGES
from engine.jobs.search_answer import SearchHit
from engine.model.ids import ImageId
from engine.store import CaseStore

_ENOUGH = 8  # pictures of which a mean says something

Likeness = tuple[ImageId, float, tuple[str, ...]]


def similar_images(store: CaseStore, image_id: ImageId, limit: int = 20) -> tuple[SearchHit, ...]:
    """Return the Images that look most like one, by perceptual hash and, where there are any, vectors."""
    return tuple(
        SearchHit(report_id=None, image_id=other, region_id=None, score=round(score, 4), why=why)
        for other, score, why in likeness(store, image_id)[:limit]
    )


def likeness(store: CaseStore, image_id: ImageId) -> list[Likeness]:
    """Return all other Images with a likeness in [0, 1] and why, the likest first.

    Raises UsageError where there is no such Image.
    """
    image = store.image(image_id)
    if image is None:
        raise UsageError(f"the case holds no image {image_id}")
    cosines = _cosines(store, image_id)
    found: list[Likeness] = []
    for other, perceptual_hash in store.perceptual_hashes():
        if other == image_id:
            continue
        scores: list[float] = []
        why: list[str] = []
        bits = 4 * len(perceptual_hash)
        if bits and len(perceptual_hash) == len(image.perceptual_hash):
            distance = (int(perceptual_hash, 16) ^ int(image.perceptual_hash, 16)).bit_count()
            # Unrelated pictures differ in about half of the bits.
            scores.append(max(1 - 2 * distance / bits, 0.0))
            why.append(f"{distance} of {bits} bits of the picture hash differ")
        if other in cosines:
            scores.append(max(cosines[other], 0.0))
            why.append(f"the pictures' vectors have a cosine of {cosines[other]:.2f}")
        if scores:
            found.append((other, max(scores), tuple(why)))
    return sorted(found, key=lambda each: -each[1])


def _cosines(store: CaseStore, image_id: ImageId) -> dict[ImageId, float]:
    ids, matrix = store.vectors(IMAGES)
    if image_id not in ids:
        return {}
    if len(ids) >= _ENOUGH:
        # What all pictures of a case have in common tells nothing about two of them.
        centered = matrix - matrix.mean(axis=0)
        matrix = centered / np.maximum(np.linalg.norm(centered, axis=1, keepdims=True), 1e-9)
    similarity = matrix @ matrix[ids.index(image_id)]
    return {ImageId(other): float(value) for other, value in zip(ids, similarity, strict=True)}
