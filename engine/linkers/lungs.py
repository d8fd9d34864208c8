"""Chest findings linked to the lung of their side.

A phrase with a side goes to the lung Region of that side, by the patient's sides, which the labels
"left lung" and "right lung" name. "Both", "bilateral" and plural places ("the lower lobes") go to both.
Denied findings, devices, and what lies outside of the lungs are not linked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Self

from engine.linkers.chest_sides import carried_side, is_modifier, said_side, stand_apart
from engine.model.evidence import CaseKind, Laterality
from engine.model.findings import Assertion, Cue, Entity, Region
from engine.model.runs import Component, make_component
from engine.protocols import Pair, Proposal
from engine.vocabulary import Vocabulary, load_vocabulary

_ASSERTED = frozenset({Assertion.PRESENT, Assertion.POSSIBLE, Assertion.HISTORICAL})
_LABELS = frozenset({"finding", "anatomy"})
_LUNG_WORDS = re.compile(
    r"\b(?:lungs?|lobes?|lobar|lobe|zones?|bas(?:e|es|al|ilar)|api(?:x|ces|cal)|hemithora(?:x|ces)|hil(?:um|a|ar)|"
    r"perihilar|parahilar|lingula|costophrenic|pleural?|subpleural|retrocardiac|airspace|ground[- ]glass|"
    r"bronch\w+|interstitial|pulmonary|midzones?|hemidiaphragm)\b",
    re.IGNORECASE,
)
# Borders that the lung beside them hides, and places named by side and height alone.
_BORDER = re.compile(r"\b(?:heart|cardiac) (?:border|margin|contour)\b", re.IGNORECASE)
_SIDED_PLACE = re.compile(
    r"\b(?:sides?|fissure|[LR][UL]L|RML|(?:left|right|both|bilateral) "
    r"(?:upper|lower|mid|middle|basal|apical|peripheral|central))\b",
    re.IGNORECASE,
)
_LUNG_DISEASES = re.compile(
    r"\b(?:pneumon\w+|o?edema|effusions?|atelecta\w+|emphysema\w*|fibrosis|adenopathy|pneumothora\w+|"
    r"inflammatory changes)\b",
    re.IGNORECASE,
)
_CHEST_FINDINGS = ("CB:0001", "CB:0002", "CB:0006")
_ELSEWHERE = re.compile(
    r"\b(?:catheter|tube|line|pacemaker|lead|port|rib|ribs|clavicle|shoulder|humer\w+|heart|cardi\w+|ventric\w+|"
    r"atri\w+|aort\w+|vein|jugular|subclavian|leg|arm|knee|hip|spine|kidney|liver|breast)\b",
    re.IGNORECASE,
)


class LungLinker:
    """Proposes the lung Regions of a finding's side."""

    name: ClassVar[str] = "lungs"

    @property
    def _vocabulary(self) -> Vocabulary:
        return load_vocabulary(CaseKind.MEDICAL)  # once per process, when the first pair comes

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # words need none
        return (cls(),)

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "1")

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return a proposal for each sided chest finding and each lung of its side."""
        lungs = lung_regions(pair.image_side.regions)
        if not lungs:
            return ()
        entities = pair.report_side.entities
        proposals = [each for entity in entities for each in _denials(entity, lungs)]
        text = pair.report_side.report.text
        for entity, side in self._sided(text, entities):
            both = side is Laterality.BILATERAL
            where = "both lungs" if both else f"the {side.value} lung"
            for region in sum(lungs.values(), ()) if both else lungs.get(side, ()):
                detail = f"the text speaks of {where}; the region is the {region.label}"
                cue = Cue(rule="lung-of-side", detail=detail, weight=1.0)
                proposals.append(Proposal(region_id=region.id, entity_id=entity.id, cue=cue))
        return tuple(proposals)

    def _sided(self, text: str, entities: Sequence[Entity]) -> list[tuple[Entity, Laterality]]:
        """Return the findings and places of the lungs with the side that is said of each."""
        linked = [
            each for each in entities if self._is_linked(each) and not is_modifier(text, each, entities)
        ]
        said = {
            entity.id: said_side(text, entity, [each for each in entities if stand_apart(entity, each)])
            or entity.attributes.laterality
            for entity in linked
        }
        sided = [(entity, side) for entity in linked if (side := said[entity.id]) is not None]
        carried = [
            (entity, side)
            for entity in linked
            if said[entity.id] is None
            and entity.label == "finding"
            and (side := carried_side(text, entity, sided)) is not None
        ]
        return [*sided, *carried]

    def _is_linked(self, entity: Entity) -> bool:
        """Tell whether an Entity is an asserted finding or place of the lungs."""
        if entity.label not in _LABELS or entity.assertion not in _ASSERTED:
            return False
        if _BORDER.search(entity.text):
            return True
        return not _ELSEWHERE.search(entity.text) and self._in_chest(entity)

    def _in_chest(self, entity: Entity) -> bool:
        if _LUNG_WORDS.search(entity.text):
            return True
        if entity.label == "anatomy":
            return bool(_SIDED_PLACE.search(entity.text))
        if not entity.concept:
            return True  # "shadowing", "changes": found only beside places of the chest
        concept = entity.concept.split(" ", 1)[0]
        if _LUNG_DISEASES.search(entity.text):
            return True
        senses = [concept] if concept else [each.id for each in self._vocabulary.concepts(entity.text)]
        return any(self._vocabulary.is_a(sense, above) for sense in senses for above in _CHEST_FINDINGS)


def _denials(entity: Entity, lungs: dict[Laterality, tuple[Region, ...]]) -> list[Proposal]:
    """Return cues against a lung that the text says is not there, as after its removal, and that is seen."""
    if entity.label != "anatomy" or entity.assertion is not Assertion.ABSENT:
        return []
    seen = [region for found in lungs.values() for region in found if region.label == entity.normal]
    same = "“{0}” is the same as the region's label"
    denied = "the text says that the {0} is absent, but it is visible"
    return [
        Proposal(region_id=region.id, entity_id=entity.id, cue=cue)
        for region in seen
        for cue in (
            Cue(rule="same-kind", detail=same.format(entity.text), weight=1.0),
            Cue(rule="denied-but-visible", detail=denied.format(entity.text), weight=1.0, supports=False),
        )
    ]


def lung_regions(regions: tuple[Region, ...]) -> dict[Laterality, tuple[Region, ...]]:
    """Return the Regions labeled as a lung by the side that their label names."""
    found: dict[Laterality, tuple[Region, ...]] = {}
    for region in regions:
        side, _, part = region.label.lower().partition(" ")
        if part == "lung" and side in ("left", "right"):
            found[Laterality(side)] = (*found.get(Laterality(side), ()), region)
    return found
