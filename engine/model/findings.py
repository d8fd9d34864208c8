"""What machines and analysts say about the evidence.

Machine findings (Region, Entity, Link, Relation) are never changed; an analyst's opinion about
one is a Review of its own.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from engine.model.evidence import Laterality, Span
from engine.model.geometry import Box, Plane, Polygon, bounding_box
from engine.model.ids import (
    ComponentId,
    EntityId,
    ImageId,
    LinkId,
    RegionId,
    RelationId,
    ReportId,
    ReviewId,
    stable_id,
)


class Assertion(enum.StrEnum):
    """How a Report speaks of an Entity."""

    PRESENT = "present"
    ABSENT = "absent"
    POSSIBLE = "possible"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
    OTHER_PERSON = "other-person"


class LinkRelation(enum.StrEnum):
    """Whether picture and words agree."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class Verdict(enum.StrEnum):
    """What an analyst decided about a finding."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"
    WITHDRAWN = "withdrawn"  # an earlier verdict was taken back: the finding is undecided again


class FindingKind(enum.StrEnum):
    """What a Review is about; ``IMAGE`` carries Regions that an analyst added."""

    REGION = "region"
    ENTITY = "entity"
    LINK = "link"
    RELATION = "relation"
    IMAGE = "image"


PALETTE_TERMS = (
    "black", "white", "gray", "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "beige",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionAttributes:
    """Measured properties of a Region.

    ``side`` is the viewer's side in photographs and the patient's side in radiographs;
    ``position`` is a place in the picture such as ``upper left``; ``colors`` are color words,
    most frequent first; ``text`` is what OCR read inside. ``palette`` has four rows, of the whole
    Region and of its upper, middle and lower third: the percent of the pixels that each of
    ``PALETTE_TERMS`` may name (terms overlap); empty where no color was measured.
    """

    colors: tuple[str, ...] = ()
    side: Laterality | None = None
    position: str = ""
    area_px: float = 0.0
    area_mm2: float | None = None
    text: str = ""
    palette: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A labeled area of an Image; no polygons means the whole Image (a scene label)."""

    id: RegionId
    image_id: ImageId
    label: str
    score: float
    component_id: ComponentId
    polygons: tuple[Polygon, ...] = ()
    parent_id: RegionId | None = None
    attributes: RegionAttributes = RegionAttributes()

    @property
    def box(self) -> Box | None:
        return bounding_box(self.polygons)


_POINT = "%.1f,%.1f"  # a fifth faster than an f-string


def region_id(
    image_id: ImageId, component_id: ComponentId, label: str, polygons: tuple[Polygon, ...]
) -> RegionId:
    """Return the id of a Region by its content; coordinates count to a tenth of a pixel."""
    outline = ";".join(
        [" ".join([_POINT % (point.x, point.y) for point in polygon.points]) for polygon in polygons]
    )
    return RegionId(stable_id("region", image_id, component_id, label, outline))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An outline that one file draws on pictures of other files: a DICOM segmentation or contour.

    ``sha256`` is the drawing file's. ``targets`` are the SOP Instance UIDs that it names, each with
    a frame (from 0; None: not said). With a ``plane``, the polygons are in that plane's pixels and
    also fit pictures of the same ``space_uid`` (Frame of Reference UID) that lie in it; without
    one they are in the pixels of the target. It becomes a Region once its picture is in the case.
    """

    id: str
    sha256: str
    label: str
    score: float
    polygons: tuple[Polygon, ...]
    targets: tuple[tuple[str, int | None], ...] = ()
    space_uid: str = ""
    plane: Plane | None = None


def outline_id(sha256: str, part: int, label: str) -> str:
    """Return the id of the outline number ``part`` of a file."""
    return stable_id("outline", sha256, part, label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A size said in the text, in millimeters, largest first."""

    values_mm: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityAttributes:
    """What the words around an Entity say about it; ``date`` is ISO 8601, as exact as said."""

    laterality: Laterality | None = None
    position: str = ""
    colors: tuple[str, ...] = ()
    count: int | None = None
    measurement: Measurement | None = None
    date: str = ""
    section: str = ""
    degree: str = ""
    comparison: str = ""
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A labeled phrase of a Report: ``report.text[span.start:span.end] == text`` always.

    ``label`` is the kind (finding, anatomy, weapon, exhibit, …), ``concept`` the normalized
    meaning: a vocabulary id with its preferred name after a blank (``HP:0001640 cardiomegaly``),
    or empty. ``normal`` is the lemmatized head or the canonical value of an identifier.
    """

    id: EntityId
    report_id: ReportId
    label: str
    text: str
    span: Span
    score: float
    component_id: ComponentId
    normal: str = ""
    concept: str = ""
    assertion: Assertion = Assertion.PRESENT
    attributes: EntityAttributes = EntityAttributes()


def entity_id(report_id: ReportId, component_id: ComponentId, label: str, span: Span) -> EntityId:
    return EntityId(stable_id("entity", report_id, component_id, label, span.start, span.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One reason for a Link or a Relation, in words a reader understands.

    ``rule`` is a short stable name (``same-study``), ``detail`` the sentence shown to people,
    ``weight`` how strongly it speaks (log-odds), ``supports`` whether it speaks for agreement.
    """

    rule: str
    detail: str
    weight: float
    supports: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A Region (or the whole Image, ``region_id`` None) tied to an Entity, with the reasons why."""

    id: LinkId
    image_id: ImageId
    region_id: RegionId | None
    entity_id: EntityId
    report_id: ReportId
    relation: LinkRelation
    score: float
    component_id: ComponentId
    cues: tuple[Cue, ...]

    def __post_init__(self) -> None:
        if not self.cues:
            raise ValueError(f"a link needs a cue: {self.image_id} to {self.entity_id}")


def link_id(
    image_id: ImageId, region_id: RegionId | None, entity_id: EntityId, relation: LinkRelation
) -> LinkId:
    return LinkId(stable_id("link", image_id, region_id or "", entity_id, relation))


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How one Image and one Report relate as wholes.

    ``cmi`` in [0, 1]: shared content. ``sc`` in [-1, 1]: contradict, unrelated, agree.
    ``abs``: -1 the text is more abstract, 0 equal, +1 the picture is more abstract.
    After Henning and Ewerth (2017), Estimating the Information Gap between Textual and Visual
    Representations.
    """

    id: RelationId
    image_id: ImageId
    report_id: ReportId
    cmi: float
    sc: float
    abs: int
    component_id: ComponentId
    cues: tuple[Cue, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.cmi <= 1 or not -1 <= self.sc <= 1 or self.abs not in (-1, 0, 1):
            raise ValueError(f"out of range: cmi {self.cmi}, sc {self.sc}, abs {self.abs}")


def relation_id(image_id: ImageId, report_id: ReportId) -> RelationId:
    return RelationId(stable_id("relation", image_id, report_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An analyst's verdict on one finding, or Regions added to an Image; later ones replace earlier."""

    id: ReviewId
    target_kind: FindingKind
    target_id: str
    verdict: Verdict
    examiner: str
    at: datetime
    label: str = ""
    polygons: tuple[Polygon, ...] = ()
    note: str = ""
