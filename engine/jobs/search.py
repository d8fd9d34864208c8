"""Answers to a search: reports, their pictures, and why each is an answer."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.ids import ImageId, RegionId, ReportId
from engine.store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One answer; ``score`` is larger for better ones, ``why`` says it in words."""

    report_id: ReportId | None
    image_id: ImageId | None
    region_id: RegionId | None
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The hits, best first; ``expansion`` names what else was looked for, ``remark`` what to know."""

    hits: tuple[SearchHit, ...]
    expansion: tuple[str, ...]
    remark: str


def search_case(store: CaseStore, text: str, *, assertion: str = "present", limit: int = 50) -> SearchAnswer:
    """Return what answers ``text``."""
    hits = tuple(
        SearchHit(
            report_id=hit.report_id,
            image_id=hit.image_id,
            region_id=RegionId(hit.id) if hit.kind == "region" else None,
            score=hit.score,
            why=(hit.snippet,),
        )
        for hit in store.search_text(text, limit=limit)
    )
    return SearchAnswer(hits=hits[:limit], expansion=(), remark="" if hits else "nothing relevant")


def similar_images(store: CaseStore, image_id: ImageId, limit: int = 20) -> tuple[SearchHit, ...]:
    """Return the images whose perceptual hash differs least, best first."""
    image = store.image(image_id)
    if image is None or not image.perceptual_hash:
        return ()
    own = int(image.perceptual_hash, 16)
    distances = sorted(
        ((own ^ int(other.perceptual_hash, 16)).bit_count(), other.id)
        for other in store.images()
        if other.id != image_id and len(other.perceptual_hash) == len(image.perceptual_hash)
    )
    bits = 4 * len(image.perceptual_hash)
    return tuple(
        SearchHit(
            report_id=None,
            image_id=other,
            region_id=None,
            score=1 - distance / bits,
            why=(f"{distance} of {bits} bits of the picture's hash differ",),
        )
        for distance, other in distances[:limit]
    )
