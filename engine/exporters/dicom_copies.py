"""The DICOM files of a case, each under its path: as they are, or as de-identification left them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError, UsageError
from engine.exporters import words
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import one_line
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore

MEDIA_TYPE = "application/dicom"


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Copy every DICOM file into ``out``; what could not be is named in ``left_out.txt``.

    Raises UsageError where there is none.
    """
    files = [file for file in store.files() if file.media_type == MEDIA_TYPE]
    if not files:
        raise UsageError("the case holds no DICOM file")
    missing = []
    for number, file in enumerate(files):
        options.progress(Progress(step="files", done=number, total=len(files), item=file.name))
        try:
            source = options.load_file(file)
        except (EngineError, OSError) as error:
            missing.append(f"{one_line(words.evidence_path(file))}: {one_line(str(error))}\n")
            continue
        target = out / f"{number + 1:05}.dcm"
        shutil.copyfile(source, target)
    if missing:
        text = "".join(missing)
        (out / "left_out.txt").write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
