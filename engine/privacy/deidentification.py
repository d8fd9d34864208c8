"""De-identification of a case for one export: its copy, its pictures, and the record of what was done."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.clock import fixed_clock
from engine.errors import UnsupportedFile
from engine.model.evidence import Image, SourceFile
from engine.model.ids import ImageId
from engine.privacy.case_copy import copy_case, subjects_of
from engine.privacy.dicom_files import write_clean
from engine.privacy.file_names import FileNames
from engine.privacy.identities import Identities, gather
from engine.privacy.masking import Mask, Masker, covered, names_nobody
from engine.privacy.pseudonyms import Pseudonyms
from engine.privacy.residual import Remainder, in_texts
from engine.privacy.rewriting import Rewriter
from engine.privacy.scrubbing import Scrubber
from engine.progress import ReportProgress
from engine.store import create_case, open_case

if TYPE_CHECKING:
    from engine.store import CaseStore

View = Callable[[ImageId], NDArray[np.uint8]]

_SCANS = frozenset({"CR", "CT", "DX", "MR", "MG", "US", "PT", "NM", "XA", "RF", "IO", "PX", "BMD", "OPT"})
_PHOTOGRAPH = "photograph"
_DICOM = "application/dicom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How to de-identify: the secret that pseudonyms come from, more strings to remove, faces or not."""

    secret: bytes
    extra: Sequence[str] = ()
    faces: bool = True


@dataclass(slots=True)
class Deidentified:
    """A case without names and its pictures; ``identities`` is what was looked for."""

    store: CaseStore
    source: CaseStore
    identities: Identities
    _rewriter: Rewriter
    _originals: dict[ImageId, Image]
    _load: View
    _load_file: Callable[[SourceFile], Path]
    _masker: Masker
    _masks: dict[ImageId, tuple[Mask, ...]] = field(default_factory=dict)
    _unread: dict[ImageId, tuple[str, ...]] = field(default_factory=dict)

    def view(self, image_id: ImageId) -> NDArray[np.uint8]:
        """Return the pixels of an Image of the copy, uint8 RGB, with what identifies covered."""
        original = self._originals[image_id]
        view = self._load(original.id)
        return covered(view, self._find(image_id, view))

    def file(self, file: SourceFile) -> Path:
        """Return where a clean copy of a DICOM file lies; raises UnsupportedFile for any other."""
        (original,) = (each for each in self.source.files() if self._rewriter.ids[each.id] == file.id)
        if file.media_type != _DICOM:
            raise UnsupportedFile(f"only DICOM files can leave de-identified, not {file.relative_path}")
        frames = {image.frame: image.id for image in self.store.images(sha256=file.sha256)}
        out = self.store.path.parent / f"{file.id}.dcm"
        write_clean(
            self._load_file(original),
            out,
            self._rewriter.pseudonyms,
            clean=self._rewriter.scrubber.words,
            masks=lambda frame: self._masks_of(frames.get(frame)),
        )
        return out

    def words(self, text: str) -> str:
        """Return a text of the user without names."""
        return self._rewriter.scrubber.words(text)

    def new_ids(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return what ids of the original became; one that is not known stays as it is."""
        return tuple(self._rewriter.ids.get(each, each) for each in ids)

    def masks(self) -> Counter[str]:
        """Count what was covered in the pictures that were shown."""
        return Counter(mask.kind for masks in self._masks.values() for mask in masks)

    def remainders(self) -> Iterator[Remainder]:
        """Yield what may still name somebody in texts, and what is still read in covered pictures."""
        yield from in_texts(self.store)
        for image_id, lines in self._unread.items():
            where = " | ".join(file.relative_path for file in self.store.files_of_image(image_id))
            for line in lines:
                yield Remainder(where=where, kind="lettering", words=line)

    def _masks_of(self, image_id: ImageId | None) -> tuple[Mask, ...]:
        return self._find(image_id, self._load(self._originals[image_id].id)) if image_id else ()

    def _find(self, image_id: ImageId, view: NDArray[np.uint8]) -> tuple[Mask, ...]:
        if image_id not in self._masks:
            self._look(image_id, self._originals[image_id], view)
        return self._masks[image_id]

    def _look(self, image_id: ImageId, original: Image, view: NDArray[np.uint8]) -> None:
        regions = self.source.regions(image_id=original.id)
        written = [polygon for region in regions if region.attributes.text for polygon in region.polygons]
        is_scan = self._is_scan(original)
        masks = self._masker.find(view, written, is_scan=is_scan)
        self._masks[image_id] = masks
        if masks and self._masker.engine:
            left = self._masker.engine.read(covered(view, masks))
            self._unread[image_id] = tuple(line.text for line in left if not names_nobody(line.text))

    def _is_scan(self, image: Image) -> bool:
        if image.modality.upper() in _SCANS:
            return True
        scenes = {region.label for region in self.source.regions(image_id=image.id) if not region.polygons}
        return bool(scenes) and _PHOTOGRAPH not in scenes


@contextmanager
def deidentified(
    store: CaseStore,
    load: View,
    load_file: Callable[[SourceFile], Path],
    choices: Choices,
    *,
    at: datetime,
    progress: ReportProgress,
) -> Iterator[Deidentified]:
    """Make a de-identified copy of a case in a folder that is gone afterwards."""
    pseudonyms = Pseudonyms(choices.secret)
    identities = Identities(pseudonyms)
    gather(store, identities, choices.extra)
    scrubber = Scrubber(pseudonyms, identities)
    reports = store.reports()
    scrubber.learn(
        [report.text for report in reports], [store.entities(report_id=report.id) for report in reports]
    )
    names = FileNames(store.files(), identities)
    rewriter = Rewriter(pseudonyms, identities, scrubber, names, subjects_of(store))
    clock = fixed_clock(at)
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        path = Path(folder) / "copy.casebook"
        create_case(path, rewriter.case(store.case), clock=clock)
        with open_case(path, clock=clock) as copy:
            copy_case(store, copy, rewriter, progress)
            originals = {ImageId(rewriter.ids[image.id]): image for image in store.images()}
            masker = Masker(faces=choices.faces)
            yield Deidentified(copy, store, identities, rewriter, originals, load, load_file, masker)
