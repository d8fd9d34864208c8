"""The record of a de-identified export: what was done, what was not, and what a person must look through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from engine.exporters.safe_text import one_line
from engine.exporters.words import moment
from engine.privacy.deidentification import Deidentified
from engine.privacy.dicom_profile import METHOD
from engine.privacy.residual import Remainder, in_output

SUFFIX = ".check.txt"
_LONGEST = 160

_DONE = (
    "Names of persons, organizations and places, addresses, identifiers, plates, file names: replaced by",
    "  pseudonyms, equal ones by equal ones; found by the case's findings, by patterns, by a model of names.",
    "Dates: moved by one secret number of days for each patient or subject. Times of day stay.",
    "Hashes and ids of the evidence: replaced. Places (GPS) and all but a few facts of files: removed.",
    "Writing in pictures: covered, except marks of side and projection on radiographs.",
)
_WITH_FACES = "Faces and number plates in photographs: covered where OpenCV's cascades find them."
_WITHOUT_FACES = "Faces and number plates in photographs: NOT looked for."
_LIMITS = (
    "This is no guarantee. Names that nobody told the program and that look like ordinary words,",
    "handwriting, faces seen from the side, tattoos, rooms, rare findings and the sum of many facts can",
    "lead to a person.",
)


def write_record(
    out: Path, done: Deidentified, written: Path, *, format_name: str, faces: bool, at: datetime
) -> Path:
    """Write ``OUT.check.txt`` beside an export and return its path; ``written`` is the export itself."""
    remainders = list(dict.fromkeys([*in_output(written, done.identities), *done.remainders()]))
    lines = [
        f"De-identified export: {one_line(out.name)} ({format_name}), {moment(at)}",
        "",
        "What was done",
        *_DONE,
        _WITH_FACES if faces else _WITHOUT_FACES,
        *([f"DICOM headers: {METHOD}."] if format_name == "dicom" else ()),
        f"Covered in the pictures of this export: {_counts(done)}.",
        "",
        "What it cannot do",
        *_LIMITS,
        "",
        *_residual(remainders),
        "",
        "Looked through by: ________________________  Date: ____________  Signature: ______________________",
    ]
    path = out.with_name(out.name + SUFFIX)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="backslashreplace")
    return path


def _counts(done: Deidentified) -> str:
    return ", ".join(f"{number} × {kind}" for kind, number in sorted(done.masks().items())) or "nothing"


def _residual(remainders: Sequence[Remainder]) -> list[str]:
    if not remainders:
        return ["The check of what was written found nothing more. Look through it nevertheless."]
    head = f"Still to be looked at ({len(remainders)}): strike out what names nobody"
    return [
        head,
        *(
            f"[ ] {one_line(each.where)}: {each.kind}: {one_line(each.words)[:_LONGEST]}"
            for each in remainders
        ),
    ]
