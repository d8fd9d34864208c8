"""DICOMDIR (PS3.3 annex F): the tree of patients, studies, series and images, and the files it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from engine.model.evidence import Report
from engine.readers.dicom_elements import code_meaning, items, numbers, words
from engine.readers.dicom_facts import DicomFacts
from engine.readers.dicom_references import reference_report

FILE_SET = "DICOMDIR"
"""The kind of such a Report, in its metadata."""

_MAX_RECORDS = 50_000
_LEADING_OUT = frozenset({"", ".", ".."})
_DESCRIBED = {
    "PATIENT": ("PatientID", "PatientName"),
    "STUDY": ("StudyDate", "StudyDescription", "AccessionNumber"),
    "SERIES": ("Modality", "SeriesNumber", "SeriesDescription"),
    "IMAGE": ("InstanceNumber",),
}
# Where a record stands when the index does not say what it belongs to.
_DEPTH = {"PATIENT": 0, "STUDY": 1, "SERIES": 2}


def file_set(dataset: Any, sha256: str, facts: DicomFacts) -> tuple[Report | None, tuple[str, ...]]:
    """Return the tree of a DICOMDIR as a Report about the files in it, and remarks; None where empty.

    ``about`` has their paths as they are written, relative to the DICOMDIR. They are only compared
    with the files of the case, never opened, and those that lead out of its folder are left out.
    """
    listed = items(dataset, "DirectoryRecordSequence")
    records = listed[:_MAX_RECORDS]
    if not records:
        return None, ()
    paths: list[str] = []
    lines: list[str] = []
    strays = 0
    for depth, record in _tree(dataset, records):
        parts = words(record, "ReferencedFileID").split("\\")
        lines.append("  " * depth + _record_words(record, parts))
        if parts == [""]:
            continue
        if any(part in _LEADING_OUT or "/" in part or ":" in part for part in parts):
            strays += 1
        else:
            paths.append("/".join(parts))
    counts = Counter(words(record, "DirectoryRecordType").lower() for record in records)
    summary = ", ".join(f"{number} of kind {kind or 'unknown'}" for kind, number in counts.items())
    lines.insert(0, f"{FILE_SET} with {len(records)} records: {summary}")
    about = tuple(dict.fromkeys(paths))
    named = replace(facts, metadata=(*facts.metadata, ("kind", FILE_SET)))
    report = reference_report(sha256, named, words(dataset, "FileSetID") or FILE_SET, lines, about)
    remarks = []
    if strays:
        remarks.append(f"names {strays} files outside of its own folder, which are not looked for")
    if len(listed) > _MAX_RECORDS:
        remarks.append(f"has {len(listed)} records; only the first {_MAX_RECORDS} are read")
    return report, tuple(remarks)


def _tree(dataset: Any, records: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Yield depth and record, each followed by what belongs to it; then those that belong nowhere.

    Records name each other by their place in the file. Each is given once, whatever they name.
    """
    places = {getattr(record, "seq_item_tell", None): record for record in records}
    first = numbers(dataset, "OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity")
    waiting = [(0, int(first[0]))] if first else []
    seen: set[int] = set()
    while waiting:
        depth, place = waiting.pop()
        record = places.get(place)
        if record is None or id(record) in seen:
            continue
        seen.add(id(record))
        yield depth, record
        lower = numbers(record, "OffsetOfReferencedLowerLevelDirectoryEntity")
        following = numbers(record, "OffsetOfTheNextDirectoryRecord")
        waiting.extend((depth, int(each)) for each in following[:1])
        waiting.extend((depth + 1, int(each)) for each in lower[:1])
    for record in records:
        if id(record) not in seen:
            yield _DEPTH.get(words(record, "DirectoryRecordType").upper(), 3), record


def _record_words(record: Any, parts: Sequence[str]) -> str:
    kind = words(record, "DirectoryRecordType").upper()
    described = (words(record, keyword).replace("^", " ") for keyword in _DESCRIBED.get(kind, ()))
    concept = code_meaning(record, "ConceptNameCodeSequence")
    said = ", ".join(filter(None, (*described, concept, "/".join(parts))))
    return f"{kind.capitalize() or 'Record'}: {said}"
