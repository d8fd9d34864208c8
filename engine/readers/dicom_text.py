"""Structured Reports of DICOM (PS3.3 C.17.3) as prose: one line for each item, indented by depth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from engine.model.evidence import Report
from engine.readers.dicom_elements import items, numbers, uid_name, words
from engine.readers.dicom_facts import DicomFacts, parse_dicom_time
from engine.readers.opening import PARSER_ERRORS
from engine.readers.prose import make_report, normalize

_MAX_ITEMS = 20_000
_MAX_REFERENCES = 1_000
_NAMED_VALUES = {
    "DATETIME": "DateTime",
    "DATE": "Date",
    "TIME": "Time",
    "UIDREF": "UID",
    "PNAME": "PersonName",
}


def structured_report(dataset: Any, sha256: str, facts: DicomFacts) -> Report:
    """Return the content tree as text; ``about`` has the instances that it refers to.

    Key-object notes (PS3.3 C.17.6) are of this form too. Raises CorruptFile where it says nothing.
    """
    title = _meaning(dataset, "ConceptNameCodeSequence") or uid_name(dataset, "SOPClassUID")
    lines, references = [title], []
    for depth, item in _walk(dataset):
        line = _line(item)
        if line:
            lines.append("  " * depth + line)
        references.extend(_references(item))
    written = parse_dicom_time(words(dataset, "ContentDate") + words(dataset, "ContentTime"), None)
    return make_report(
        sha256,
        normalize("\n".join(lines)),
        title=title,
        authored_at=written.replace(tzinfo=UTC) if written and written.tzinfo is None else written,
        subject_ref=facts.subject_ref,
        study_ref=facts.study_ref,
        about=tuple(dict.fromkeys(references))[:_MAX_REFERENCES],
        metadata=facts.metadata,
    )


def presentation_words(dataset: Any, sha256: str, facts: DicomFacts) -> Report | None:
    """Return the words that a presentation state writes over images (PS3.3 C.10.5), None where none."""
    lines = [
        text
        for annotation in items(dataset, "GraphicAnnotationSequence")
        for item in items(annotation, "TextObjectSequence")
        if (text := words(item, "UnformattedTextValue"))
    ]
    if not lines:
        return None
    return make_report(
        sha256,
        "\n".join(lines),
        title=words(dataset, "ContentDescription") or words(dataset, "ContentLabel"),
        authored_at=facts.captured_at,
        subject_ref=facts.subject_ref,
        study_ref=facts.study_ref,
        about=referenced_instances(dataset),
        metadata=facts.metadata,
    )


def referenced_instances(dataset: Any) -> tuple[str, ...]:
    """Return the SOP Instance UIDs that an object without own pixels, or a segmentation, is about."""
    found: list[str] = []
    for series in items(dataset, "ReferencedSeriesSequence"):
        for keyword in ("ReferencedImageSequence", "ReferencedInstanceSequence"):
            found += (words(item, "ReferencedSOPInstanceUID") for item in items(series, keyword))
    return tuple(dict.fromkeys(uid for uid in found if uid))[:_MAX_REFERENCES]


def _walk(dataset: Any) -> Iterator[tuple[int, Any]]:
    """Yield content items in reading order with their depth; a stack, since trees may be deep."""
    waiting = [(0, item) for item in reversed(items(dataset, "ContentSequence"))]
    for _ in range(_MAX_ITEMS):
        if not waiting:
            return
        depth, item = waiting.pop()
        yield depth, item
        waiting.extend((depth + 1, child) for child in reversed(items(item, "ContentSequence")))


def _line(item: Any) -> str:
    heading, value = _meaning(item, "ConceptNameCodeSequence"), _value(item)
    if heading and value:
        return f"{heading}: {value}"
    return heading or value


def _value(item: Any) -> str:
    kind = words(item, "ValueType").upper()
    if kind == "TEXT":
        return _text(item)
    if kind == "CODE":
        return _meaning(item, "ConceptCodeSequence")
    if kind == "NUM":
        measured = items(item, "MeasuredValueSequence")
        return _measure(measured[0]) if measured else ""
    if kind in ("IMAGE", "COMPOSITE", "WAVEFORM"):
        return ""  # a number for machines, kept in the metadata
    if kind in ("SCOORD", "SCOORD3D"):
        points = " ".join(f"{number:g}" for number in numbers(item, "GraphicData")[:200])
        return f"{words(item, 'GraphicType').lower()} {points}"
    return words(item, _NAMED_VALUES.get(kind, "TextValue"))


def _text(item: Any) -> str:
    """Return a text value with its own line ends, which ``words`` would flatten."""
    try:
        return str(item.get("TextValue") or "").strip()
    except PARSER_ERRORS:
        return ""


def _measure(measured: Any) -> str:
    unit = items(measured, "MeasurementUnitsCodeSequence")
    code = words(unit[0], "CodeValue") if unit else ""
    name = "" if code in ("1", "") else code
    return f"{words(measured, 'NumericValue')} {name}".strip()


def _meaning(item: Any, keyword: str) -> str:
    codes = items(item, keyword)
    return words(codes[0], "CodeMeaning") if codes else ""


def _references(item: Any) -> list[str]:
    referenced = items(item, "ReferencedSOPSequence")
    return [uid for reference in referenced if (uid := words(reference, "ReferencedSOPInstanceUID"))]
