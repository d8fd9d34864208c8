"""Regions that another program drew come into the case, as an analyst's: added, never the machine's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import FileTooLarge, UsageError
from engine.exporters.decided import DecidedRegion, Decisions
from engine.hashing import bytes_sha256, file_sha256
from engine.importers import coco, labelme, yolo
from engine.importers.labeled import LabeledArea, LabeledPicture
from engine.jobs.picture_names import PictureNames
from engine.model.evidence import Image
from engine.model.findings import FindingKind, Review, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import ReviewId, stable_id
from engine.progress import Progress, ReportProgress, silent
from engine.store import CaseStore

READERS: Mapping[str, Callable[[Path], list[LabeledPicture]]] = {
    "coco": coco.read,
    "labelme": labelme.read,
    "yolo": yolo.read,
}
# Written with two decimals, or with six as a share of a picture of up to 10,000 pixels.
_SAME_PX = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """A picture or an area that did not come in, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsImport:
    """What came in: Regions ``added``, Regions of the case ``corrected``, those ``already_here`` as they are.

    ``pictures`` counts those of the file, ``matched`` those that the case has.
    """

    format: str
    sha256: str
    pictures: int
    matched: int
    added: int
    corrected: int
    already_here: int
    unmatched: tuple[NotTaken, ...]
    left_out: tuple[NotTaken, ...]


def import_regions(
    store: CaseStore, path: Path, *, format: str = "", examiner: str = "", progress: ReportProgress = silent
) -> RegionsImport:
    """Read ``path`` (its format guessed where none is named) and write its areas in one audited change.

    A picture is found by the case's own id, by its SHA-256, or by its path or name where only one picture
    has it. An area that the case has already, with the same label and outline, is left; one that carries the
    id of a Region and differs from it corrects that Region; any other is added. Raises UsageError where the
    file is not of the format, or nobody is named as the examiner.
    """
    name = examiner or store.case.examiner
    if not name:
        raise UsageError("somebody must answer for imported regions: give --examiner NAME")
    chosen = format or guess_format(path)
    if chosen not in READERS:
        raise UsageError(f"no format {chosen!r} of regions; there are: {', '.join(READERS)}")
    pictures = READERS[chosen](path)
    draft = _Draft(store, source=f"{chosen} {path.name}", examiner=name)
    names = PictureNames(store)
    for number, picture in enumerate(pictures):
        progress(Progress(step="pictures", done=number, total=len(pictures), item=picture.name))
        image, reason = names.find(picture)
        if image is None:
            draft.unmatched.append(NotTaken(name=picture.name, reason=reason))
        else:
            draft.take(picture, image)
    digest = _digest(path)
    store.add_reviews(draft.reviews, action="import-regions", subject=f"{draft.source} {digest}", actor=name)
    corrected = sum(review.verdict is Verdict.CORRECTED for review in draft.reviews)
    return RegionsImport(
        format=chosen,
        sha256=digest,
        pictures=len(pictures),
        matched=len(pictures) - len(draft.unmatched),
        added=len(draft.reviews) - corrected,
        corrected=corrected,
        already_here=draft.already_here,
        unmatched=tuple(draft.unmatched),
        left_out=tuple(draft.left_out),
    )


def guess_format(path: Path) -> str:
    """Return the format that a file or folder looks like; raises UsageError where it looks like none."""
    if path.is_file() and path.suffix == ".json":
        return "labelme" if b'"shapes"' in path.read_bytes()[:100_000] else "coco"
    if (path / "labels").is_dir() or (path / "classes.txt").is_file():
        return "yolo"
    if path.is_dir() and any(path.glob("*.json")):
        return "labelme"
    raise UsageError(f"{path} looks like no format of regions; name it: --format {'|'.join(READERS)}")


class _Draft:
    """The Reviews to be written, and what is said about the rest."""

    def __init__(self, store: CaseStore, *, source: str, examiner: str) -> None:
        self.source = source
        self.reviews: list[Review] = []
        self.unmatched: list[NotTaken] = []
        self.left_out: list[NotTaken] = []
        self.already_here = 0
        self._examiner = examiner
        self._at = store.now()
        self._decisions = Decisions(store)

    def take(self, picture: LabeledPicture, image: Image) -> None:
        """Draft a Review for each area of a picture that the case does not have as it is."""
        known = list(self._decisions.regions(image))
        for area in picture.areas:
            try:
                polygons = area.outline(image.width_px, image.height_px)
                if not any(polygon.area_px for polygon in polygons):
                    raise ValueError("it encloses nothing")
            except (ValueError, TypeError, KeyError, FileTooLarge) as error:
                self.left_out.append(NotTaken(name=f"{picture.name}: {area.label}", reason=str(error)))
                continue
            if _is_here(known, area.label, polygons):
                self.already_here += 1
            else:
                self._draft(area, polygons, image, known)

    def _draft(
        self, area: LabeledArea, polygons: tuple[Polygon, ...], image: Image, known: Sequence[DecidedRegion]
    ) -> None:
        same = next((region for region in known if area.identity and region.id == area.identity), None)
        kind, target, verdict = (
            (FindingKind.REGION, same.id, Verdict.CORRECTED)
            if same
            else (FindingKind.IMAGE, image.id, Verdict.ADDED)
        )
        key = (kind, target, verdict, self._examiner, self._at.isoformat(), self.source, len(self.reviews))
        self.reviews.append(
            Review(
                id=ReviewId(stable_id("review", *key)),
                target_kind=kind,
                target_id=target,
                verdict=verdict,
                examiner=self._examiner,
                at=self._at,
                label=area.label,
                polygons=polygons,
                note="; ".join(filter(None, (f"imported from {self.source}", area.remark))),
            )
        )


def _is_here(known: Sequence[DecidedRegion], label: str, polygons: Sequence[Polygon]) -> bool:
    """Tell whether Regions of this label have all these outlines; formats may part a Region into pieces."""
    there = [polygon for region in known if region.label == label for polygon in region.polygons]
    return all(any(_alike(polygon, other) for other in there) for polygon in polygons)


def _alike(one: Polygon, other: Polygon) -> bool:
    return len(one.points) == len(other.points) and all(
        abs(a.x - b.x) <= _SAME_PX and abs(a.y - b.y) <= _SAME_PX
        for a, b in zip(one.points, other.points, strict=True)
    )


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of the list of a folder's files with theirs."""
    if path.is_file():
        return file_sha256(path)
    files = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix in {".json", ".txt"})
    listing = "".join(f"{file_sha256(file)}  {file.relative_to(path).as_posix()}\n" for file in files)
    return bytes_sha256(listing.encode("utf-8", "surrogateescape"))
