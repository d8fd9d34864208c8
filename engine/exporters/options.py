"""What an export is told: when, from which state of the case, how much, and where pictures come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import NotReadable
from engine.model.evidence import SourceFile
from engine.model.ids import ImageId
from engine.progress import ReportProgress, silent

LoadView = Callable[[ImageId], NDArray[np.uint8]]
"""Returns the pixels of an Image for the eye: uint8, shape (height, width, 3), RGB, upright.

Raises an EngineError or OSError where the evidence cannot be found or read.
"""

LoadFile = Callable[[SourceFile], Path]
"""Returns where the bytes of a Source file lie; raises an EngineError where they are gone or have changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """A file hashed again for an export; ``trouble`` is why that was not possible, or how it differs."""

    md5: str = ""
    sha1: str = ""
    trouble: str = ""


CheckFile = Callable[[SourceFile], FileCheck]


def no_files(file: SourceFile) -> Path:
    """Refuse every file: for exports that need none."""
    raise NotReadable(f"{file.relative_path} was not looked for")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """Everything besides the case itself that decides the bytes of an export.

    ``audit_length`` and ``audit_hash``: the audit chain as it stood before this export.
    ``reproducible`` leaves out what depends on the machine. ``page_size`` is A4 or Letter.
    ``deidentified``: the case is a copy without names; its own audit chain is not that of the original.
    ``request``: what the report was asked to answer. ``scope``, ``only``: see ``engine.exporters.scope``.
    ``signed_by``: whose certificate signs the file once it is written.
    ``check_file`` hashes a Source file again; None: no file is.
    ``max_figures`` and ``max_reports`` cap what is shown in full; the rest is listed, and the report says so.
    """

    at: datetime
    audit_length: int
    audit_hash: str
    load_view: LoadView
    load_file: LoadFile = no_files
    reproducible: bool = False
    deidentified: bool = False
    page_size: str = "A4"
    request: str = ""
    scope: str = "all"
    only: tuple[str, ...] = ()
    check_file: CheckFile | None = None
    signed_by: str = ""
    max_figures: int = 500
    max_reports: int = 500
    picture_px: int = 1200
    progress: ReportProgress = silent
