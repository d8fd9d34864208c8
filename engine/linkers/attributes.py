"""Agreement and contradiction in what is said and seen: color, place, size, count, denial, kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Self

from engine.linkers.colors import color_agreement, color_in_words, is_colorless
from engine.linkers.kinds import Kin
from engine.linkers.matching import Match, Matcher, load_matcher
from engine.linkers.positions import position_cues
from engine.linkers.sizes import size_cue
from engine.model.findings import Cue, Region
from engine.model.ids import RegionId
from engine.model.runs import Component, make_component
from engine.protocols import Pair, Proposal


class AttributeLinker:
    """Compares what a phrase says about its thing with what was measured in the Regions of its kind."""

    name: ClassVar[str] = "attributes"

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # words need none
        return (cls(load_matcher()),)

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "2")

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return cues for and against each Region of a phrase's kind."""
        image = pair.image_side.image
        gray = is_colorless([region.attributes for region in pair.image_side.regions])
        proposals: list[Proposal] = []
        matches = self._matcher.matches(pair)
        for match in matches:
            shared = _shared_cues(match)
            if not match.regions:
                proposals.extend(_proposals(None, match, shared))
            for region in match.regions:
                own = [*_color_cues(match, region, gray), *position_cues(match, region, matches, image)]
                # "The lobe, 26 mm of it" is not the size of all soft tissue around it.
                is_named = match.kinship.kin in (Kin.SAME, Kin.KIND_OF)
                size = size_cue(match.phrase.entity, region, image) if is_named else None
                proposals.extend(_proposals(region.id, match, [*shared, *own, *([size] if size else [])]))
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
    if match.regions and phrase.number is not None and phrase.number > 1:
        cues.append(_count_cue(match, phrase.number))
    if match.missing and match.regions and not phrase.plural and len(match.regions) == 1:
        cues.append(Cue(rule="only-one", detail=f"there is one {label}, and one is meant", weight=1.0))
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
    phrase, seen = match.phrase, region.attributes
    if gray or not (seen.palette or seen.colors):
        return []
    measured = color_in_words(seen)
    cues = []
    for rule, words, worn in (("color", phrase.colors, None), ("trim-color", phrase.trim, phrase.worn)):
        if not words:
            continue
        score = sum(color_agreement(word, seen, worn=worn) for word in words) / len(words)
        if worn is not None and phrase.entity.label != "person":
            if score > 0:  # "a red ribbon" may be too small to be found, but tells apart where it is
                detail = f"the text says {' and '.join(words)}; the region is {measured}"
                cues.append(Cue(rule="same-detail-color", detail=detail, weight=score))
            continue
        said = " and ".join(words)
        if score >= 0:
            detail = f"the text says {said}; the region is {measured}"
            cues.append(Cue(rule=f"same-{rule}", detail=detail, weight=score))
        else:
            detail = f"the text says {said}, but the region is {measured}"
            cues.append(
                Cue(rule=f"wrong-{rule}", detail=detail, weight=min(1.0, -1.7 * score), supports=False)
            )
    return cues
