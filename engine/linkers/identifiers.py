"""Links by identity: a study, exhibit, plate or serial number in words, and on the picture or in it.

What can be read in a picture (plates, exhibit markers) is compared with care: characters that a
reader of text confuses count as the same, and what was not read is never said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Self

from engine.linkers.mentions import PICTURE_LABELS, naming_cue, naming_sentences
from engine.linkers.names import canonical, codes
from engine.model.evidence import Image, Span
from engine.model.findings import Assertion, Cue, Entity, Region
from engine.model.runs import Component, make_component
from engine.protocols import ImageSide, Pair, Proposal

_CODE_LABELS = frozenset({"exhibit", "case-number", "serial-number", "card-number", "study-number", "phone"})
_MIN_CODE_LENGTH = 3
_IDENTIFYING_FIELDS = frozenset({"accession_number", "study_id", "series_uid", "instance_uid"})
_OF_PATIENT = re.compile(r"patient|subject|\bmrn\b|\bpid\b", re.IGNORECASE)
# Only a text that names the very picture, its study or its table row can name a wrong one.
_NAMED_BY = frozenset({"tied-by-about", "tied-by-file", "tied-by-stem", "tied-by-study"})
# What is read at less than this may be misread, and accuses nobody.
_SURE_SCORE = 0.9
_LOOK_ALIKE = str.maketrans("oqilzsb", "0011258")
_MIN_PLATE_LENGTH = 4
_MARKER = re.compile(r"\d{1,3}")
_PICTURE = r"(?:photograph|photo|picture|image)"
_ONE_ENCLOSED = re.compile(
    rf"\b(?:attached|enclosed)\b[^.;]{{0,40}}\b{_PICTURE}\b|\b{_PICTURE}\b[^.;]{{0,40}}\b(?:attached|enclosed)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(rf"\b{_PICTURE}s\b", re.IGNORECASE)


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
        return make_component("linker", self.name, "2")

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return proposals for codes on the image's file, and for plates and markers read in the picture."""
        return (*_codes_of_file(pair), *_plates(pair), *_exhibits(pair))


def _codes_of_file(pair: Pair) -> list[Proposal]:
    """Compare codes with the file; a study number of another study contradicts."""
    own = image_codes(pair.image_side)
    proposals = []
    for entity in pair.report_side.entities:
        code = _code_of(entity)
        if entity.label in _CODE_LABELS and len(code) >= _MIN_CODE_LENGTH:
            cue = _code_cue(entity, code, own, pair)
            if cue is not None:
                proposals.append(Proposal(region_id=None, entity_id=entity.id, cue=cue))
    return proposals


def _code_of(entity: Entity) -> str:
    return canonical(entity.normal or entity.text)


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


def _plates(pair: Pair) -> list[Proposal]:
    """Compare number plates with what was read: the same supports, nearly the same contradicts."""
    plates = _entities(pair, "plate")
    said = {_unmistakable(_code_of(entity)) for entity in plates}
    seen = [(region, _unmistakable(canonical(region.attributes.text))) for region in _read_regions(pair)]
    proposals = []
    for entity in plates:
        code = _unmistakable(_code_of(entity))
        if len(code) < _MIN_PLATE_LENGTH:
            continue
        same = [region for region, text in seen if code in text]
        # A plate that the text names elsewhere is that other plate, not this one miswritten.
        near = [
            region
            for region, text in seen
            if text not in said and region.score >= _SURE_SCORE and is_miswritten(code, text)
        ]
        if same:
            proposals += [
                _proposal(region, entity, "same-plate", "can be read in the picture") for region in same
            ]
        else:
            proposals += [_contradiction(region, entity, "wrong-plate", _quoted([region])) for region in near]
    return proposals


def is_miswritten(code: str, text: str) -> bool:
    """Tell whether two codes differ in one or two characters, or by two that changed places.

    Codes of another length are no miswriting: plates are read in part, or with a mark too much.
    """
    if len(code) != len(text) or code == text:
        return False
    differing = [number for number, (a, b) in enumerate(zip(code, text, strict=True)) if a != b]
    first, last = differing[0], differing[-1]
    swapped = last == first + 1 and code[first] == text[last] and code[last] == text[first]
    return swapped or len(differing) <= min(2, len(code) // 3)


def _exhibits(pair: Pair) -> list[Proposal]:
    """Compare exhibit numbers with marker cards: a number that is shown supports.

    One that is said of a picture contradicts where the picture shows others, and none of those said.
    """
    entities = _entities(pair, "exhibit")
    numbered = [region for region in _read_regions(pair) if _MARKER.fullmatch(region.attributes.text)]
    if not entities or not numbered:
        return []
    spans = _said_of_picture(pair, entities)
    here = [entity for entity in entities if any(span.overlaps(entity.span) for span in spans)]
    shown = {int(region.attributes.text) for region in numbered}
    cards = [region for region in numbered if _is_card(region)]
    missing = bool(cards) and not any(_number_of(entity) in shown for entity in here)
    proposals = []
    for entity in entities:
        number = _number_of(entity)
        # Elsewhere in the text, a bare number in the picture may be a house's or a clock's.
        same = [
            each for each in (numbered if entity in here else cards) if int(each.attributes.text) == number
        ]
        if same:
            proposals += [
                _proposal(each, entity, "same-exhibit", "stands on a marker in the picture") for each in same
            ]
        elif missing and entity in here and number is not None:
            proposals += [_contradiction(card, entity, "wrong-exhibit", _quoted(cards)) for card in cards]
    return proposals


def _said_of_picture(pair: Pair, exhibits: Sequence[Entity]) -> tuple[Span, ...]:
    """Return where the text speaks of this picture and of no other one."""
    whole = Span(start=0, end=len(pair.report_side.report.text))
    if any(cue.rule == "tied-by-about" for cue in pair.cues):
        return (whole,)
    if _is_enclosed(pair) and len({_number_of(entity) for entity in exhibits}) == 1:
        return (whole,)
    others = [
        entity.span
        for entity in pair.report_side.entities
        if entity.label in PICTURE_LABELS - {"exhibit"} and naming_cue(entity, pair) is None
    ]
    return tuple(span for span in naming_sentences(pair) if not any(span.overlaps(each) for each in others))


def _is_enclosed(pair: Pair) -> bool:
    """Tell whether the picture came in the text's own file, and the text speaks of one such picture."""
    text = pair.report_side.report.text
    containers = {file.id for file in pair.report_side.files}
    inside = any(file.parent_id in containers for file in pair.image_side.files)
    return inside and bool(_ONE_ENCLOSED.search(text)) and not _SEVERAL.search(text)


def _is_card(region: Region) -> bool:
    """Tell whether a number stands on yellow, as on most marker cards, and was read without doubt."""
    return "yellow" in region.attributes.colors and region.score >= _SURE_SCORE


def _number_of(entity: Entity) -> int | None:
    code = _code_of(entity)
    return int(code) if _MARKER.fullmatch(code) else None


def _entities(pair: Pair, label: str) -> list[Entity]:
    return [
        entity
        for entity in pair.report_side.entities
        if entity.label == label and entity.assertion is not Assertion.ABSENT
    ]


def _read_regions(pair: Pair) -> list[Region]:
    return [region for region in pair.image_side.regions if region.attributes.text]


def _unmistakable(code: str) -> str:
    """Return a code with each character replaced by the digit that it is confused with when read."""
    return code.translate(_LOOK_ALIKE)


def _quoted(regions: Sequence[Region]) -> str:
    return ", ".join(dict.fromkeys(f"“{region.attributes.text}”" for region in regions))


def _proposal(region: Region, entity: Entity, rule: str, where: str) -> Proposal:
    detail = f"“{entity.text}”: “{region.attributes.text}” {where}"
    return Proposal(region_id=region.id, entity_id=entity.id, cue=Cue(rule=rule, detail=detail, weight=1.0))


def _contradiction(region: Region, entity: Entity, rule: str, shown: str) -> Proposal:
    detail = f"the text says “{entity.text}”; in the picture {shown} can be read"
    cue = Cue(rule=rule, detail=detail, weight=1.0, supports=False)
    return Proposal(region_id=region.id, entity_id=entity.id, cue=cue)
