"""Images in which the words themselves can be read: a plate, a label, an exhibit card."""

from __future__ import annotations

from engine.jobs.search_answer import SearchHit
from engine.linkers.names import canonical
from engine.model.ids import ImageId, RegionId
from engine.store import CaseStore


def read_in_pictures(store: CaseStore, words: str, *, limit: int) -> dict[ImageId, SearchHit]:
    """Return the best hit of each Image with a Region whose text holds ``words``, marks and case aside."""
    wanted = canonical(words)
    quoted = " ".join("".join(char if char.isalnum() else " " for char in words).split())
    found: dict[ImageId, SearchHit] = {}
    if not wanted:
        return found
    for hit in store.search_expression(f'"{quoted}"', limit=limit, kinds=("region",)):
        region = store.region(RegionId(hit.id))
        if region is None or wanted not in canonical(region.attributes.text):
            continue
        answer = SearchHit(
            report_id=None,
            image_id=region.image_id,
            region_id=region.id,
            score=0.9 * region.score,
            why=(f"“{region.attributes.text}” can be read in the picture (score {region.score:.2f})",),
        )
        found.setdefault(region.image_id, answer)
    return found
