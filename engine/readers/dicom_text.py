"""Structured Reports of DICOM (PS3.3 C.17.3) as prose: one line for each item, indented by depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC
from itertools import islice
from typing import Any

from engine.model.evidence import Report
from engine.readers.dicom_elements import code_meaning, items, numbers, uid_name, words
from engine.readers.dicom_facts import DicomFacts, parse_dicom_time
from engine.readers.opening import PARSER_ERRORS
from engine.readers.prose import make_report, normalize

_MAX_ITEMS = 20_000
_MAX_NUMBERS = 200
MAX_REFERENCES = 1_000
_NAMED_VALUES = {
    "DATETIME": "DateTime",
    "DATE": "Date",
    "TIME": "Time",
    "UIDREF": "UID",
}


def structured_report(dataset: Any, sha256: str, facts: DicomFacts) -> tuple[Report, tuple[str, ...]]:
    """Return the content tree as text, and remarks; ``about`` has the instances that it refers to.

    Key-object notes (PS3.3 C.17.6) are of this form too. Raises CorruptFile where it says nothing.
    """
    title = code_meaning(dataset, "ConceptNameCodeSequence") or uid_name(dataset, "SOPClassUID")
    lines, references = [title], []
    walked = list(islice(_walk(dataset), _MAX_ITEMS + 1))
    for depth, item in walked[:_MAX_ITEMS]:
        line = _line(item)
        if line:
            lines.append("  " * depth + line)
        references.extend(_references(item))
    written = parse_dicom_time(words(dataset, "ContentDate") + words(dataset, "ContentTime"), None)
    report = make_report(
        sha256,
        normalize("\n".join(lines)),
        title=title,
        authored_at=written.replace(tzinfo=UTC) if written and written.tzinfo is None else written,
        subject_ref=facts.subject_ref,
        study_ref=facts.study_ref,
        about=tuple(dict.fromkeys(references))[:MAX_REFERENCES],
        metadata=(*facts.metadata, *_standing(dataset)),
    )
    remark = f"has more than {_MAX_ITEMS} items; only the first {_MAX_ITEMS} are read"
    return report, ((remark,) if len(walked) > _MAX_ITEMS else ())


def _standing(dataset: Any) -> tuple[tuple[str, str], ...]:
    """Say whether the report is complete and who signed it (PS3.3 C.17.2)."""
    signed = "; ".join(
        ", ".join(filter(None, (words(each, "VerifyingObserverName"), words(each, "VerificationDateTime"))))
        for each in items(dataset, "VerifyingObserverSequence")
    )
    stated = (
        ("completion", words(dataset, "CompletionFlag").lower()),
        ("verification", words(dataset, "VerificationFlag").lower()),
        ("verified_by", signed),
    )
    return tuple((key, value) for key, value in stated if value)


def _walk(dataset: Any) -> Iterator[tuple[int, Any]]:
    """Yield content items in reading order with their depth; a stack, since trees may be deep."""
    waiting = [(0, item) for item in reversed(items(dataset, "ContentSequence"))]
    while waiting:
        depth, item = waiting.pop()
        yield depth, item
        waiting.extend((depth + 1, child) for child in reversed(items(item, "ContentSequence")))


def _line(item: Any) -> str:
    heading, value = code_meaning(item, "ConceptNameCodeSequence"), _value(item)
    if heading and value:
        return f"{heading}: {value}"
    return heading or value


def _value(item: Any) -> str:
    kind = words(item, "ValueType").upper()
    reading = _VALUES.get(kind)
    return reading(item) if reading else words(item, _NAMED_VALUES.get(kind, "TextValue"))


def _coded(item: Any) -> str:
    return code_meaning(item, "ConceptCodeSequence")


def _measured(item: Any) -> str:
    measured = " ".join(_measure(each) for each in items(item, "MeasuredValueSequence"))
    return measured or code_meaning(item, "NumericValueQualifierCodeSequence")


def _shape(item: Any) -> str:
    points = " ".join(f"{number:g}" for number in numbers(item, "GraphicData")[:_MAX_NUMBERS])
    return f"{words(item, 'GraphicType').lower()} {points}"


def _person(item: Any) -> str:
    return " ".join(words(item, "PersonName").replace("^", " ").split())


def _referred(item: Any) -> str:
    """Say what an item points to in words; its identifier is a number for machines, kept in ``about``."""
    for reference in items(item, "ReferencedSOPSequence")[:1]:
        kind = uid_name(reference, "ReferencedSOPClassUID").removesuffix(" Storage")
        if not any(letter.isalpha() for letter in kind):
            return ""  # a class that the standard does not name
        frames = words(reference, "ReferencedFrameNumber").replace("\\", ", ")
        return f"{kind}, frame {frames}" if frames else kind
    return ""


def _text(item: Any) -> str:
    """Return a text value with its own line ends, which ``words`` would flatten."""
    try:
        return str(item.get("TextValue") or "").strip()
    except PARSER_ERRORS:
        return ""


def _measure(measured: Any) -> str:
    """Return a number with its unit: the UCUM code where it is one that people write, else its words."""
    unit = items(measured, "MeasurementUnitsCodeSequence")
    code = words(unit[0], "CodeValue") if unit else ""
    name = words(unit[0], "CodeMeaning") if unit else ""
    shown = "" if code in ("1", "{ratio}", "") else name if "{" in code or "[" in code else code
    return f"{words(measured, 'NumericValue')} {shown}".strip()


def _references(item: Any) -> list[str]:
    referenced = items(item, "ReferencedSOPSequence")
    return [uid for reference in referenced if (uid := words(reference, "ReferencedSOPInstanceUID"))]


_VALUES: dict[str, Callable[[Any], str]] = {
    "TEXT": _text,
    "CODE": _coded,
    "NUM": _measured,
    "IMAGE": _referred,
    "COMPOSITE": _referred,
    "WAVEFORM": _referred,
    "SCOORD": _shape,
    "SCOORD3D": _shape,
    "PNAME": _person,
}
