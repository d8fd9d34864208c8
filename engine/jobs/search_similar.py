"""Pictures and Regions that look alike: by perceptual hash, and by vectors where the case has them."""

from __future__ import annotations

import numpy as np

from engine.errors import UsageError
from engine.jobs.image_vectors import IMAGES, LEAST_SIDE_PX, REGIONS
from engine.jobs.search_answer import SearchHit
from engine.model.findings import Verdict
from engine.model.ids import ImageId, RegionId
from engine.store import CaseStore

_ENOUGH = 8  # pictures of which a mean says something

Likeness = tuple[ImageId, float, tuple[str, ...]]


def similar_images(store: CaseStore, image_id: ImageId, limit: int = 20) -> tuple[SearchHit, ...]:
    """Return the Images that look most like one, by perceptual hash and, where there are any, vectors."""
    return tuple(
        SearchHit(report_id=None, image_id=other, region_id=None, score=round(score, 4), why=why)
        for other, score, why in likeness(store, image_id)[:limit]
    )


def similar_regions(store: CaseStore, region_id: RegionId, limit: int = 20) -> tuple[SearchHit, ...]:
    """Return the Regions that look most like one, in this picture and in others, by their vectors.

    What an analyst rejected is left out. Raises UsageError where there is no such Region, or no vector of it.
    """
    if store.region(region_id) is None:
        raise UsageError(f"the case holds no region {region_id}")
    cosines = _cosines(store, REGIONS, region_id)
    if not cosines:
        raise UsageError(
            f"nothing can be compared with region {region_id}: it has no outline, is smaller than "
            f"{LEAST_SIDE_PX} pixels or a part of another, was drawn by hand, or found by an earlier version"
        )
    verdicts = store.verdicts()
    hits: list[SearchHit] = []
    for other, cosine in sorted(cosines.items(), key=lambda each: -each[1]):
        region = store.region(RegionId(other)) if other != region_id else None
        if region is None or verdicts.get(region.id) == Verdict.REJECTED:
            continue
        why = (
            f"the vectors of the regions have a cosine of {cosine:.2f}",
            f"it was taken for “{region.label}”",
        )
        hits.append(
            SearchHit(
                report_id=None,
                image_id=region.image_id,
                region_id=region.id,
                score=round(max(cosine, 0.0), 4),
                why=why,
            )
        )
        if len(hits) == limit:
            break
    return tuple(hits)


def likeness(store: CaseStore, image_id: ImageId) -> list[Likeness]:
    """Return all other Images with a likeness in [0, 1] and why, the likest first.

    Raises UsageError where there is no such Image.
    """
    image = store.image(image_id)
    if image is None:
        raise UsageError(f"the case holds no image {image_id}")
    cosines = _cosines(store, IMAGES, image_id)
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


def _cosines(store: CaseStore, kind: str, own: str) -> dict[str, float]:
    """Return the likeness of all vectors of a kind to that of ``own``; empty where it has none."""
    ids, matrix = store.vectors(kind)
    if own not in ids:
        return {}
    if len(ids) >= _ENOUGH:
        # What all pictures of a case have in common tells nothing about two of them.
        centered = matrix - matrix.mean(axis=0)
        matrix = centered / np.maximum(np.linalg.norm(centered, axis=1, keepdims=True), 1e-9)
    similarity = matrix @ matrix[ids.index(own)]
    return {other: float(value) for other, value in zip(ids, similarity, strict=True)}
