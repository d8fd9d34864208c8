"""The header of a DICOM object after the Basic Application Level Confidentiality Profile (PS3.15 Annex E).

With the options Clean Pixel Data (E.3.1) and Retain Longitudinal Temporal Information with Modified Dates
(E.3.6): dates are moved, not removed. Attributes that the table does not name stay, private ones go.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from engine.privacy.pseudonyms import Pseudonyms
from engine.settings import resources_dir

METHOD = "PS3.15 2024b Basic Profile; Clean Pixel Data; Modified Dates (Casebook)"
CODES = (
    ("113100", "Basic Application Confidentiality Profile"),
    ("113101", "Clean Pixel Data Option"),
    ("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
)
"""What was applied, from CID 7050 of PS3.16."""

_CURVES, _OVERLAYS = 0x5000, 0x6000
_OVERLAY_DATA, _OVERLAY_COMMENTS = 0x3000, 0x4000
_REPEATING = 0xFF00
_DATES = frozenset({"DA", "DT"})
_TEXTS = frozenset({"LO", "SH", "ST", "LT", "UT", "UC", "PN"})
_DUMMY = {"DS": "0", "IS": "0", "TM": "000000", "AS": "000Y", "CS": "", "UI": "", "SQ": []}

Clean = Callable[[str], str]


@cache
def actions() -> Mapping[int, str]:
    """Return the action of each attribute of Table E.1-1 in the standard's letters, by tag."""
    with (resources_dir() / "privacy" / "basic_profile.csv").open(encoding="utf-8", newline="") as stream:
        return {int(row["tag"], 16): row["action"] for row in csv.DictReader(stream)}


def apply_profile(dataset: Any, pseudonyms: Pseudonyms, subject: str, clean: Clean) -> None:
    """Apply the profile to a ``pydicom.Dataset`` in place, sequences included.

    ``subject``: whose dates are moved together. ``clean`` takes names out of the texts that stay.
    """
    dataset.remove_private_tags()
    _apply(dataset, pseudonyms, subject, clean)
    _say_so(dataset)


def _apply(dataset: Any, pseudonyms: Pseudonyms, subject: str, clean: Clean) -> None:
    for element in list(dataset):
        action = _action(int(element.tag))
        if action and element.VR in _DATES:
            element.value = [_moved(value, pseudonyms, subject) for value in _values(element)]
        elif action.endswith(("U", "U*")) and element.VR == "UI":
            element.value = [pseudonyms.uid(str(value)) for value in _values(element)]
        elif action == "X":
            del dataset[element.tag]
        elif action.endswith("U*") or (not action and element.VR == "SQ"):
            for item in element.value:
                _apply(item, pseudonyms, subject, clean)
        elif action:
            _replace(dataset, element, pseudonyms)
        elif element.VR in _TEXTS:
            element.value = [clean(str(value)) for value in _values(element)]


def _action(tag: int) -> str:
    group, element = tag >> 16, tag & 0xFFFF
    if group & _REPEATING == _CURVES:
        return "X"
    if group & _REPEATING == _OVERLAYS and element in (_OVERLAY_DATA, _OVERLAY_COMMENTS):
        return "X"
    return actions().get(tag, "")


def _replace(dataset: Any, element: Any, pseudonyms: Pseudonyms) -> None:
    """Give an element a value that says nothing: a pseudonym for names and ids, else the emptiest one."""
    written = "^".join(map(str, _values(element))).strip()
    if element.keyword in ("PatientID", "PatientName"):
        patient = str(dataset.get("PatientID", "") or written)
        element.value = pseudonyms.name("patient", patient) if patient else ""
    elif element.VR in _TEXTS and written and "D" in _action(int(element.tag)):
        element.value = pseudonyms.name("value", written)[:16]
    elif element.VR in _TEXTS:
        element.value = ""
    elif element.VR == "SQ":
        element.value = []
    else:
        element.value = _DUMMY.get(element.VR)


def _moved(value: Any, pseudonyms: Pseudonyms, subject: str) -> str:
    """Return a DICOM date or date-time moved; "" for one that cannot be read. The time of day stays."""
    from engine.privacy.dates import moved_iso

    text = str(value).strip()
    day = text[:8]
    moved = moved_iso(f"{day[:4]}-{day[4:6]}-{day[6:8]}", pseudonyms.days(subject)) if day.isdigit() else ""
    return moved.replace("-", "") + text[8:] if moved else ""


def _values(element: Any) -> list[Any]:
    if element.is_empty:
        return []
    return list(element.value) if element.VM > 1 else [element.value]


def _say_so(dataset: Any) -> None:
    from pydicom.dataset import Dataset
    from pydicom.sequence import Sequence

    items = []
    for code, meaning in CODES:
        item = Dataset()
        item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = code, "DCM", meaning
        items.append(item)
    dataset.PatientIdentityRemoved = "YES"
    dataset.DeidentificationMethod = METHOD[:64]
    dataset.DeidentificationMethodCodeSequence = Sequence(items)
    dataset.LongitudinalTemporalInformationModified = "MODIFIED"
    dataset.BurnedInAnnotation = "NO"
