"""Labels and concepts as coded entries: a code of the standard where it knows the words, else our own."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from engine.exporters.safe_text import one_line
from engine.model.evidence import CaseKind
from engine.model.findings import Entity
from engine.model.ids import stable_id
from engine.vocabulary import load_vocabulary

SCHEME = "99CASEBOOK"
SCHEME_NAME = "Casebook: ids of HPO, UBERON and others as they are, labels of models, words of the program"
_MEANING_CHARACTERS = 64
_VALUE_CHARACTERS = 16
_SIDES = {"left": ("7771000", "Left"), "right": ("24028007", "Right"), "bilateral": ("51440002", "Bilateral")}


def label_code(label: str) -> Any:
    """Return the code of a Region's label without its side: of SNOMED CT as PS3.16 lists it, else ours."""
    name, _ = without_side(label)
    return dicom_code(name) or private_code(name)


def side_code(side: str) -> Any | None:
    """Return the code of ``left``, ``right`` or ``bilateral`` (CID 244)."""
    from highdicom.sr import CodedConcept

    found = _SIDES.get(side)
    return CodedConcept(found[0], "SCT", found[1]) if found else None


def without_side(label: str) -> tuple[str, str]:
    """Return a label without ``left`` or ``right``, and that side: ``left lung`` is a lung."""
    first, _, rest = label.strip().partition(" ")
    return (rest, first.lower()) if rest and first.lower() in ("left", "right") else (label, "")


def entity_code(entity: Entity) -> Any:
    """Return the code of what a phrase means, its concept's where it has one."""
    identity, _, name = entity.concept.partition(" ")
    if not identity:
        return private_code(entity.text)
    return dicom_code(name) or private_code(name or identity, identity)


def dicom_code(name: str) -> Any | None:
    """Return the SNOMED CT code that a context group of PS3.16 has for these words, None without one."""
    from highdicom.sr import CodedConcept

    found = _snomed().get(_key(name)) or _snomed().get(_key(name).removesuffix("s"))
    return CodedConcept(found[0], "SCT", found[1]) if found else None


def private_code(meaning: str, value: str = "") -> Any:
    """Return an entry of our own scheme; ``value`` is the code where the meaning has an id."""
    from highdicom.sr import CodedConcept

    words = one_line(meaning)[:_MEANING_CHARACTERS].strip() or "unnamed"
    short = value if 0 < len(value) <= _VALUE_CHARACTERS else ""
    return CodedConcept(short or stable_id("code", value or words), SCHEME, words)


def category_code(label: str) -> Any:
    """Return whether a label names anatomy, a finding, a tissue or a thing (CID 7150)."""
    from highdicom.sr import CodedConcept

    name, _ = without_side(label)
    kinds = {concept.label for concept in load_vocabulary(CaseKind.MEDICAL).concepts(name)}
    if "anatomy" in kinds:
        return CodedConcept("123037004", "SCT", "Anatomical Structure")
    if kinds & {"finding", "disease"}:
        return CodedConcept("49755003", "SCT", "Morphologically Altered Structure")
    if dicom_code(name):
        return CodedConcept("85756007", "SCT", "Tissue")
    return CodedConcept("260787004", "SCT", "Physical object")


def declare(made: Any) -> None:
    """Name our coding scheme in an object that uses it (PS3.3 C.12.1.1.7)."""
    from pydicom.dataset import Dataset

    scheme = Dataset()
    scheme.CodingSchemeDesignator = SCHEME
    scheme.CodingSchemeName = SCHEME_NAME
    made.CodingSchemeIdentificationSequence = [scheme]


@cache
def _snomed() -> dict[str, tuple[str, str]]:
    """Return code and meaning of every SNOMED CT entry that pydicom lists, by its words."""
    from pydicom.sr._concepts_dict import concepts

    return {
        _key(meaning): (code, meaning)
        for entries in concepts["SCT"].values()
        for code, (meaning, _) in entries.items()
    }


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.lower())
