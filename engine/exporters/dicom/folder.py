"""The DICOM pictures of a case, file by file, and the list of those that an export leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.exporters import words
from engine.exporters.dicom.headers import NO_DICOM, has_frames, why_not
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import one_line
from engine.model.evidence import Image
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore

LEFT_OUT = "left_out.txt"


@dataclass(slots=True)
class LeftOut:
    """What an export could not hold, and why, a line each."""

    lines: list[str] = field(default_factory=list)

    def add(self, store: CaseStore, image: Image, reason: str) -> None:
        files = store.files_of_image(image.id)
        path = words.evidence_path(files[0]) if files else image.id
        self.lines.append(f"{one_line(path)}{words.frame(image)}: {one_line(reason)}\n")

    def write(self, folder: Path) -> None:
        """Write the list into ``folder`` where there is anything on it."""
        if self.lines:
            (folder / LEFT_OUT).write_text("".join(self.lines), encoding="utf-8", newline="\n")


def source_files(store: CaseStore, options: ExportOptions, left_out: LeftOut) -> Iterator[tuple[Image, ...]]:
    """Yield the Images of each DICOM picture file, frames in order; raises UsageError without any."""
    images = store.images()
    if all(why_not(image) == NO_DICOM for image in images):
        raise UsageError("the case holds no DICOM picture")
    by_content: dict[str, list[Image]] = {}
    for number, image in enumerate(images):
        options.progress(Progress(step="images", done=number, total=len(images)))
        if reason := why_not(image):
            left_out.add(store, image, reason)
        else:
            by_content.setdefault(image.sha256, []).append(image)
    for frames in by_content.values():
        if len(frames) > 1 and not has_frames(frames[0]):
            left_out.add(store, frames[0], "it has several frames, though its kind of picture has one")
        else:
            yield tuple(sorted(frames, key=lambda image: image.frame))
