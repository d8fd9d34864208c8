"""What was found in the evidence folders: the Case, its Source files, Images and Reports."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime

from engine.model.ids import ImageId, ReportId, SourceFileId


class CaseKind(enum.StrEnum):
    """Which rules, words and report template a Case uses."""

    MEDICAL = "medical"
    FORENSIC = "forensic"


class Laterality(enum.StrEnum):
    """The patient's side for radiographs, the viewer's side for photographs."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One investigation or patient collection: one ``.casebook`` file."""

    kind: CaseKind
    name: str
    reference: str = ""
    examiner: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One occurrence of a file in an evidence folder.

    ``root`` is the label of the evidence folder (never its absolute path) and ``relative_path``
    uses "/" on every system. ``parent_id`` names the container of an attachment, whose
    relative path then reads ``container!member``; ``page`` and ``caption`` are what the container
    tells of a picture in it. Never written to, and kept by its SHA-256.
    """

    id: SourceFileId
    root: str
    relative_path: str
    sha256: str
    size_bytes: int
    modified_at: datetime | None = None
    media_type: str = ""
    parent_id: SourceFileId | None = None
    page: int | None = None
    caption: str = ""

    @property
    def name(self) -> str:
        """The file name without its folder."""
        return self.relative_path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place on Earth in WGS 84 decimal degrees, north and east positive."""

    latitude_deg: float
    longitude_deg: float
    altitude_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """Picture content, known by the SHA-256 of its file and its frame.

    ``width_px`` and ``height_px`` are those after orientation. ``modality`` is a DICOM modality
    code (CT, CR, DX, MR, US, …) or ``photograph``; empty where nothing tells. ``spacing_mm`` is
    (row, column) in millimeters per pixel. ``captured_at`` is what camera or scanner wrote:
    local and unverified unless the file names a zone.
    """

    id: ImageId
    sha256: str
    frame: int = 0
    width_px: int
    height_px: int
    modality: str = ""
    body_part: str = ""
    laterality: Laterality | None = None
    view: str = ""
    captured_at: datetime | None = None
    spacing_mm: tuple[float, float] | None = None
    location: Location | None = None
    subject_ref: str = ""
    study_ref: str = ""
    perceptual_hash: str = ""
    metadata: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters ``text[start:end]``, half-open."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A headed part of a Report; ``kind`` is a normalized heading such as ``impression``."""

    kind: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where page ``number`` (from 1) of the source lies in the Report's text."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Unstructured text, NFC with ``\\n`` line ends; every span of the case points into it.

    ``part`` tells several Reports of one file apart (a row of a table, from 0). ``about`` holds
    the file names or paths that the source itself ties this text to, e.g. the file column of a
    table of notes. ``ocr_confidence`` is set, in [0, 1], where the text was read from a picture.
    """

    id: ReportId
    sha256: str
    part: int = 0
    text: str
    title: str = ""
    language: str = ""
    authored_at: datetime | None = None
    subject_ref: str = ""
    study_ref: str = ""
    about: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    ocr_confidence: float | None = None
    metadata: tuple[tuple[str, str], ...] = field(default=())
