"""Agreement and contradiction in what is said and seen: color, place, count, denial, kind."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import ClassVar, Self

from engine.linkers.colors import color_agreement, is_colorless
from engine.linkers.kinds import Embed, Kinds
from engine.linkers.matching import Match, match_phrases
from engine.linkers.places import place_agreement
from engine.model.evidence import CaseKind, Image
from engine.model.findings import Cue, Region
from engine.model.ids import RegionId
from engine.model.runs import Component, make_component
from engine.protocols import Pair, Proposal
from engine.vocabulary import load_vocabulary


class AttributeLinker:
    """Compares what a phrase says about its thing with what was measured in the Regions of its kind."""

    name: ClassVar[str] = "attributes"

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu", embed: Embed | None = None) -> tuple[Self, ...]:
        del device  # words need none
        return (cls(Kinds(load_vocabulary(CaseKind.FORENSIC), embed)),)

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "1")

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return cues for and against each Region of a phrase's kind."""
        image = pair.image_side.image
        gray = is_colorless([region.attributes.colors for region in pair.image_side.regions])
        proposals: list[Proposal] = []
        for match in match_phrases(pair, self._kinds):
            shared = _shared_cues(match)
            if not match.regions:
                proposals.extend(_proposals(None, match, shared))
            for region in match.regions:
                own = [*_color_cues(match, region, gray), *_place_cues(match, region, image)]
                own.extend(_size_cues(match, region))
                proposals.extend(_proposals(region.id, match, [*shared, *own]))
        return tuple(proposals)


def _proposals(region: RegionId | None, match: Match, cues: Sequence[Cue]) -> list[Proposal]:
    entity = match.phrase.entity.id
    return [Proposal(region_id=region, entity_id=entity, cue=cue) for cue in cues]


def _shared_cues(match: Match) -> list[Cue]:
    """Return the cues that do not depend on which Region is meant."""
    phrase, cues = match.phrase, []
    said, label = phrase.entity.text, match.label
    if match.missing and not phrase.denied:
        if label:
            detail = f"the text says “{said}”; no {match.missing} was found, but a {label} is there"
            cues.append(Cue(rule="wrong-kind", detail=detail, weight=1.0, supports=False))
        else:
            detail = f"the text says “{said}”; {match.missing} was looked for and is nowhere to be seen"
            cues.append(Cue(rule="not-seen", detail=detail, weight=1.0, supports=False))
    if phrase.denied and not match.missing:
        detail = f"the text denies it (“{said}”), but {label} is visible"
        cues.append(Cue(rule="denied-but-visible", detail=detail, weight=1.0, supports=False))
    if match.regions and phrase.number is not None and phrase.number > 1 and not match.missing:
        cues.append(_count_cue(match, phrase.number))
    return cues


def _count_cue(match: Match, said: int) -> Cue:
    seen = len(match.regions)
    if said == seen:
        detail = f"{said} were counted in the text and in the picture"
        return Cue(rule="same-count", detail=detail, weight=1.0)
    if said < seen and (match.phrase.modified or match.phrase.other):
        detail = f"the text picks {said} of the {seen} in the picture"
        return Cue(rule="some-of", detail=detail, weight=1.0)
    detail = f"the text says {said}, the picture has {seen}"
    return Cue(rule="wrong-count", detail=detail, weight=1.0, supports=False)


def _color_cues(match: Match, region: Region, gray: bool) -> list[Cue]:
    phrase, seen = match.phrase, region.attributes.colors
    if gray or not seen:
        return []
    measured = " and ".join(seen[:3])
    cues = []
    for rule, words in (("color", phrase.colors), ("trim-color", phrase.trim)):
        if not words:
            continue
        scores = [color_agreement(word, seen) for word in words]
        score = sum(scores) / len(scores)
        said = " and ".join(words)
        if score >= 0:
            detail = f"the text says {said}; the region is {measured}"
            cues.append(Cue(rule=f"same-{rule}", detail=detail, weight=score))
        if score < 0.3:
            detail = f"the text says {said}, but the region is {measured}"
            cues.append(Cue(rule=f"wrong-{rule}", detail=detail, weight=0.3 - score, supports=False))
    return cues


def _place_cues(match: Match, region: Region, image: Image) -> list[Cue]:
    box = region.box
    cues: list[Cue] = []
    if box is None:
        return cues
    for place in match.phrase.places:
        score = place_agreement(place, box, image.width_px, image.height_px)
        where = "left" if box.center.x < image.width_px / 2 else "right"
        if score >= 0:
            detail = f"the text says “{place.words}”, and there it is"
            cues.append(Cue(rule="same-place", detail=detail, weight=score))
        else:
            detail = f"the text says “{place.words}”; the region lies in the {where} half"
            cues.append(Cue(rule="wrong-place", detail=detail, weight=-score, supports=False))
    return cues


def _size_cues(match: Match, region: Region) -> list[Cue]:
    """The larger of several things of a kind is the likelier one to be written about."""
    areas = [sum(polygon.area_px for polygon in each.polygons) for each in match.regions]
    area = sum(polygon.area_px for polygon in region.polygons)
    share = area / max(max(areas, default=0.0), 1.0)
    if len(areas) < 2:
        return []
    detail = f"of the {len(areas)} it takes {share:.0%} of the largest one's area"
    return [Cue(rule="prominent", detail=detail, weight=1.0 + max(log(max(share, 1e-3)), -4.0) / 4)]
