"""The decisions file: what one examiner decided in a case, for a second examiner of the same case.

JSON: ``{"schema", "sha256", "content"}``. ``sha256`` is that of the canonical JSON of ``content`` (keys
sorted, no blanks, UTF-8): whoever knows the hash on another way knows that the file is as it was written.
It says nothing about who wrote it. ``docs/case_format.md`` lists the fields.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.hashing import digest, plain
from engine.model.findings import FindingKind, Review, Verdict
from engine.model.geometry import Point, Polygon
from engine.model.ids import ReviewId
from engine.settings import ENGINE_VERSION
from engine.store import Bookmark

SCHEMA = "casebook-decisions/1"
_MOST_BYTES = 512 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A Review with the SHA-256 of the evidence that its finding is about (a Link has two)."""

    review: Review
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedRow:
    """A bookmark with the SHA-256 of the evidence that it is on."""

    bookmark: Bookmark
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMark:
    """Which case it is: ``id`` is the hash of its first audit entry, which every copy of it shares."""

    id: str
    kind: str
    name: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsFile:
    """One examiner's decisions, and the audit chain as it stood when they were taken out of the case."""

    case: CaseMark
    examiner: str
    exported_at: datetime
    audit_length: int
    audit_hash: str
    decisions: tuple[Decision, ...]
    bookmarks: tuple[MarkedRow, ...]

    @property
    def content(self) -> Mapping[str, Any]:
        """All of it as JSON knows it, without the hash."""
        return {**plain(self), "program": f"Casebook {ENGINE_VERSION}"}


def write_decisions(file: DecisionsFile, out: Path) -> str:
    """Write ``out`` and return the hash of its content."""
    content = file.content
    document = {"schema": SCHEMA, "sha256": digest(content), "content": content}
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        json.dump(document, stream, ensure_ascii=True, allow_nan=False, indent=1)
        stream.write("\n")
    return str(document["sha256"])


def read_decisions(path: Path, *, sha256: str = "") -> tuple[DecisionsFile, str]:
    """Return a decisions file and the hash of its content; ``sha256`` is what it must be, where known.

    Raises UsageError for a file that is none, that was altered, or that has another hash.
    """
    document = _document(path)
    content, said = document.get("content"), str(document.get("sha256", ""))
    try:
        actual = digest(content)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not a decisions file: {error}") from error
    if actual != said:
        raise UsageError(
            f"{path} was altered after it was written: its content has the hash {actual[:16]}…, "
            f"it says {said[:16]}…; ask its examiner for it again"
        )
    if sha256 and sha256.lower() != actual:
        raise UsageError(f"{path} has the hash {actual}, not {sha256}: it is not the file that is meant")
    try:
        file = _file(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{path} is not a decisions file: {error!r} is wrong in it") from error
    if stranger := next((d.review for d in file.decisions if d.review.examiner != file.examiner), None):
        raise UsageError(f"{path} is by {file.examiner!r} but holds a verdict of {stranger.examiner!r}")
    return file, actual


def _document(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} is larger than any decisions file ({path.stat().st_size:,} bytes)")
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not a decisions file: it is no JSON") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else None
        raise UsageError(f"{path} is not a decisions file: its schema is {found!r}, not {SCHEMA!r}")
    return document


def _file(content: Any) -> DecisionsFile:
    case = content["case"]
    return DecisionsFile(
        case=CaseMark(**{name: str(case[name]) for name in ("id", "kind", "name", "reference")}),
        examiner=str(content["examiner"]),
        exported_at=_instant(content["exported_at"]),
        audit_length=int(content["audit_length"]),
        audit_hash=str(content["audit_hash"]),
        decisions=tuple(
            Decision(review=_review(each["review"]), evidence=_texts(each["evidence"]))
            for each in content["decisions"]
        ),
        bookmarks=tuple(
            MarkedRow(bookmark=_bookmark(each["bookmark"]), evidence=_texts(each["evidence"]))
            for each in content["bookmarks"]
        ),
    )


def _review(fields: Any) -> Review:
    return Review(
        id=ReviewId(str(fields["id"])),
        target_kind=FindingKind(fields["target_kind"]),
        target_id=str(fields["target_id"]),
        verdict=Verdict(fields["verdict"]),
        examiner=str(fields["examiner"]),
        at=_instant(fields["at"]),
        label=str(fields["label"]),
        polygons=tuple(_polygon(each["points"]) for each in fields["polygons"]),
        note=str(fields["note"]),
    )


def _polygon(points: Any) -> Polygon:
    return Polygon(tuple(Point(float(point["x"]), float(point["y"])) for point in points))


def _bookmark(fields: Any) -> Bookmark:
    texts = {name: str(fields[name]) for name in ("target_kind", "target_id", "title", "examiner")}
    return Bookmark(at=_instant(fields["at"]), **texts)


def _instant(text: Any) -> datetime:
    at = datetime.fromisoformat(str(text))
    if at.tzinfo is None:
        raise ValueError(f"the time {text} has no zone")
    return at


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
