"""What goes into and comes out of the case file beside the model: one frozen record each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.model.evidence import Image, Report, SourceFile
from engine.model.findings import Entity, FindingKind, Outline, Region
from engine.model.ids import ImageId, ReportId
from engine.model.runs import Examination


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFindings:
    """All that the analysis of one Source file gave; saved in one transaction.

    ``signature`` is a digest of the components: the same content under the same signature would
    give the same findings again.
    """

    file: SourceFile
    images: tuple[Image, ...] = ()
    reports: tuple[Report, ...] = ()
    regions: tuple[Region, ...] = ()
    entities: tuple[Entity, ...] = ()
    examinations: tuple[Examination, ...] = ()
    thumbnails: tuple[tuple[ImageId, bytes], ...] = ()
    outlines: tuple[Outline, ...] = ()
    attachments: tuple[FileFindings, ...] = ()
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """An evidence folder: the label that the case uses, and where it lies on this workstation."""

    label: str
    path: Path


PROFILES = ("full", "fast")
"""How thoroughly evidence is read; the first is what a case has that says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSettings:
    """What an analyst may change of a case.

    ``subject``: the patient or exhibit that it is about. ``profile``: one of ``PROFILES``.
    ``left_out``: the names of models that do not read this case's evidence.
    """

    name: str
    reference: str = ""
    examiner: str = ""
    subject: str = ""
    profile: str = PROFILES[0]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCounts:
    """How many current rows of each kind there are."""

    files: int
    images: int
    reports: int
    regions: int
    entities: int
    links: int
    contradictions: int
    relations: int
    issues: int
    reviews: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A row that an analyst wants to come back to."""

    target_kind: str
    target_id: str
    title: str
    examiner: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query that an analyst gave a name."""

    name: str
    query: str
    examiner: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHit:
    """A row whose words match; ``kind`` is report, entity, region, image or file.

    ``score`` is larger for better hits and comparable within one kind only.
    """

    kind: str
    id: str
    report_id: ReportId | None
    image_id: ImageId | None
    snippet: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """How long the audit chain is and the hash of its last entry; printed in every report."""

    length: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that is not as it was recorded.

    ``kind``: chain, rows, evidence-changed, evidence-missing, evidence-added, root-missing.
    """

    kind: str
    subject: str
    detail: str


TargetKind = FindingKind
