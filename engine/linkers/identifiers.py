"""Links by identity: the same study, exhibit, plate or serial number in words and in the picture's file."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from engine.linkers.names import canonical, codes
from engine.model.evidence import Image
from engine.model.findings import Cue, Entity
from engine.model.ids import RegionId
from engine.model.runs import Component, make_component
from engine.protocols import ImageSide, Pair, Proposal

_CODE_LABELS = frozenset({"exhibit", "case-number", "serial-number", "card-number", "study-number", "phone"})
_MIN_CODE_LENGTH = 3
_IDENTIFYING_FIELDS = frozenset({"accession_number", "study_id", "series_uid", "instance_uid"})
_OF_PATIENT = re.compile(r"patient|subject|\bmrn\b|\bpid\b", re.IGNORECASE)
# Only a text that names the very picture, its study or its table row can name a wrong one.
_NAMED_BY = frozenset({"tied-by-about", "tied-by-file", "tied-by-stem", "tied-by-study"})


class IdentifierLinker:
    """Compares codes in the text with the image's own, and with text read inside its Regions."""

    name: ClassVar[str] = "identifiers"

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # codes need none
        return (cls(),)

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "1")

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return whole-image and plate proposals; a study number of another study contradicts."""
        own = image_codes(pair.image_side)
        proposals: list[Proposal] = []
        for entity in pair.report_side.entities:
            code = canonical(entity.normal or entity.text)
            if entity.label == "plate":
                proposals.extend(_plates(entity, code, pair.image_side))
            elif entity.label in _CODE_LABELS and len(code) >= _MIN_CODE_LENGTH:
                cue = _code_cue(entity, code, own, pair)
                if cue is not None:
                    proposals.append(Proposal(region_id=None, entity_id=entity.id, cue=cue))
        return tuple(proposals)


def image_codes(side: ImageSide) -> frozenset[str]:
    """Return every code that the image's study, metadata, names and folders carry."""
    image = side.image
    fields = [value for key, value in image.metadata if key in _IDENTIFYING_FIELDS]
    parts = [part for file in side.files for part in file.relative_path.replace("!", "/").split("/")]
    stems = [part.rsplit(".", 1)[0] for part in parts]
    return codes([image.subject_ref, image.study_ref, *fields, *stems])


def _code_cue(entity: Entity, code: str, own: frozenset[str], pair: Pair) -> Cue | None:
    if code in own or any(code in each for each in own if len(code) >= 5):
        detail = f"“{entity.text}” is also written on the image's file or study"
        return Cue(rule="same-identifier", detail=detail, weight=1.0)
    if entity.label != "study-number" or not any(cue.rule in _NAMED_BY for cue in pair.cues):
        return None
    number = _number_of_its_kind(entity, pair.image_side.image)
    if not number or canonical(number) == code:
        return None
    detail = f"the text names “{entity.text}”; the image belongs to {number}"
    return Cue(rule="wrong-identity", detail=detail, weight=1.0, supports=False)


def _number_of_its_kind(entity: Entity, image: Image) -> str:
    """Return the image's own number of the kind that the text names: of the patient, or of the study."""
    if _OF_PATIENT.search(entity.text):
        return image.subject_ref
    return dict(image.metadata).get("accession_number", "")


def _plates(entity: Entity, code: str, side: ImageSide) -> list[Proposal]:
    """Compare a number plate with the text that was read inside Regions."""
    proposals: list[Proposal] = []
    for region in side.regions:
        seen = canonical(region.attributes.text)
        if not seen or not code:
            continue
        target: RegionId | None = region.id
        if code in seen:
            cue = Cue(
                rule="same-plate", detail=f"“{entity.text}” can be read on the {region.label}", weight=1.0
            )
            proposals.append(Proposal(region_id=target, entity_id=entity.id, cue=cue))
        elif len(seen) == len(code) and sum(a != b for a, b in zip(seen, code, strict=True)) <= 2:
            detail = f"the text says “{entity.text}”; the {region.label} shows “{region.attributes.text}”"
            cue = Cue(rule="wrong-plate", detail=detail, weight=1.0, supports=False)
            proposals.append(Proposal(region_id=target, entity_id=entity.id, cue=cue))
    return proposals
