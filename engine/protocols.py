"""What a plug-in must offer, one small protocol per kind, and the data that passes between them.

A plug-in is a class with ``name``, ``availability()`` (None when it can run, else the reason in
words), ``component`` (what the case file records about it) and a classmethod
``load_all(device=...)`` that returns its ready instances: one, or one per model of its kind on
this workstation. No base class is needed.
Pixel arrays live here, never in the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.model.evidence import Image, Report, SourceFile
from engine.model.findings import Cue, Entity, Outline, Region
from engine.model.ids import EntityId, ImageId, RegionId, ReportId
from engine.model.runs import Component

IDEAL = 4
"""What a reader says of a file that is made for it; no other reader is asked then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to be read: where its bytes are, and what the case calls it."""

    path: Path
    relative_path: str
    sha256: str
    size_bytes: int

    @property
    def suffix(self) -> str:
        """The file name's suffix in lower case, with its dot."""
        return Path(self.relative_path).suffix.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the user chose about reading; empty column names mean "guess".

    ``scans``: whether the words of scanned pages are read from their picture, which takes seconds a page.
    """

    file_column: str = ""
    text_columns: tuple[str, ...] = ()
    scans: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """The pixels of one Image, upright.

    ``view``: uint8, shape (height, width, 3), RGB, windowed for the eye; what is shown, exported
    and given to networks. ``values``: float32, shape (height, width), after the modality
    transform (Hounsfield units for CT); None for ordinary pictures.
    """

    view: NDArray[np.uint8]
    values: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """An Image with its pixels."""

    image: Image
    pixels: Pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside a file: a mail attachment, a picture in a document with its page and caption."""

    name: str
    data: bytes
    page: int | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a Reader found in one file; ``remarks`` are partial failures, one line each.

    ``outlines`` are drawn on pictures of other files, which may be read before or after this one.
    ``scanned_pages`` are the numbers of pages without text, whose words must be read from the picture.
    """

    media_type: str
    frames: tuple[Frame, ...] = ()
    reports: tuple[Report, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    outlines: tuple[Outline, ...] = ()
    scanned_pages: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()


class Reader(Protocol):
    """A file becomes Images with pixels, and Reports."""

    name: ClassVar[str]

    @staticmethod
    def availability() -> str | None: ...

    @property
    def component(self) -> Component: ...

    def support(self, name: str, head: bytes) -> int:
        """Return how well this reader fits, 0 (not at all) to 4 (``IDEAL``), from name and first 4 KiB."""

    def read(self, source: Source, options: ReadOptions) -> Content:
        """Read the file; raises a ReadError with a reason that names the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What kind of picture an Image is, with a score in [0, 1]."""

    label: str
    score: float


class Classifier(Protocol):
    """Pixels become a scene label."""

    name: ClassVar[str]

    @staticmethod
    def availability() -> str | None: ...

    @property
    def component(self) -> Component: ...

    def classify(self, frames: Sequence[Frame]) -> list[Scene]: ...


class Segmenter(Protocol):
    """Pixels become Regions; ``component.labels`` names all that it looks for."""

    name: ClassVar[str]

    @staticmethod
    def availability() -> str | None: ...

    @property
    def component(self) -> Component: ...

    def applies(self, image: Image, scene: Scene) -> bool:
        """Tell whether this picture is of the kind that the segmenter was made for."""

    def segment(self, frames: Sequence[Frame]) -> list[tuple[Region, ...]]:
        """Return the Regions of each frame, in order; empty where nothing was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzedReport:
    """A Report with its sections and language filled in, and its Entities."""

    report: Report
    entities: tuple[Entity, ...]


class Recognizer(Protocol):
    """Texts become Entities."""

    name: ClassVar[str]

    @staticmethod
    def availability() -> str | None: ...

    @property
    def component(self) -> Component: ...

    def recognize(self, reports: Sequence[Report]) -> list[tuple[Entity, ...]]: ...


class Embedder(Protocol):
    """Texts become unit vectors."""

    name: ClassVar[str]

    @staticmethod
    def availability() -> str | None: ...

    @property
    def component(self) -> Component: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dimensions)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSide:
    """The picture half of a candidate pair.

    ``looked_for``: every label that a segmenter which ran on this Image could have found.
    """

    image: Image
    files: tuple[SourceFile, ...]
    regions: tuple[Region, ...]
    looked_for: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSide:
    """The text half of a candidate pair."""

    report: Report
    files: tuple[SourceFile, ...]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A candidate Image and Report, with the cues that made them candidates."""

    image_side: ImageSide
    report_side: ReportSide
    cues: tuple[Cue, ...] = ()

    @property
    def key(self) -> tuple[ImageId, ReportId]:
        return self.image_side.image.id, self.report_side.report.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A linker's opinion: this Region (None: the Image) and this Entity, because of this Cue."""

    region_id: RegionId | None
    entity_id: EntityId
    cue: Cue


class Linker(Protocol):
    """A candidate pair becomes Proposals, which ``linkers.combine`` turns into Links."""

    name: ClassVar[str]

    @staticmethod
    def availability() -> str | None: ...

    @property
    def component(self) -> Component: ...

    def propose(self, pair: Pair) -> tuple[Proposal, ...]: ...
