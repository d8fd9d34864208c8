"""A case leaves the program: as a report, a table or an exchange file, with its SHA-256 beside it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.clock import system_clock
from engine.errors import ExportError, UsageError
from engine.exporters.formats import find_format
from engine.exporters.options import ExportOptions, LoadView
from engine.hashing import file_sha256
from engine.progress import Progress, ReportProgress, silent
from engine.store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What was written, and the audit chain as it stood before and as the export prints it."""

    path: Path
    format: str
    sha256: str
    size_bytes: int
    audit_length: int
    audit_hash: str
    recorded: bool


def export_case(
    store: CaseStore,
    out: Path,
    *,
    format: str = "",
    at: datetime | None = None,
    reproducible: bool = False,
    deidentify: bool = False,
    load_view: LoadView,
    progress: ReportProgress = silent,
) -> ExportResult:
    """Write the case to ``out`` in the format of its suffix, or in the one named ``format``.

    ``at`` is the time that the export carries (default: now). The file appears whole or not at all;
    ``out.sha256`` beside it is what ``sha256sum --check`` reads. The export becomes an audit entry unless the
    case was opened read-only. Raises UsageError for an unknown format and ExportError where writing fails.
    """
    if deidentify:
        raise UsageError("this version cannot take identities out of an export; leave --deidentify away")
    chosen = find_format(out, format)
    moment = (at or system_clock()).astimezone(UTC)
    progress(Progress(step="export", done=0, total=0, item=out.name))
    with _replacing(out) as temporary, store.snapshot():
        head = store.audit_head()
        options = ExportOptions(
            at=moment,
            audit_length=head.length,
            audit_hash=head.hash,
            load_view=load_view,
            reproducible=reproducible,
            progress=progress,
        )
        chosen.write(store, temporary, options)
        sha256, size = file_sha256(temporary), temporary.stat().st_size
    _write_checksum(out, sha256)
    if not store.read_only:
        store.append_audit("export", f"{chosen.name} {out.name}", sha256)
    return ExportResult(
        path=out,
        format=chosen.name,
        sha256=sha256,
        size_bytes=size,
        audit_length=head.length,
        audit_hash=head.hash,
        recorded=not store.read_only,
    )


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """Give a temporary file beside ``out`` that takes its place when all went well, else vanishes."""
    if out.is_dir():
        raise ExportError(f"{out} is a folder; give the name of a file in it")
    temporary = out.with_name(f".{out.name[:100]}.{os.getpid()}.part")
    try:
        temporary.touch()
    except OSError as error:
        raise ExportError(f"cannot write in {out.parent}: {error.strerror}; choose another folder") from error
    try:
        yield temporary
        temporary.replace(out)
    except OSError as error:
        raise ExportError(
            f"cannot write {out}: {error.strerror or error}; the old file was left as it was"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_checksum(out: Path, sha256: str) -> None:
    with _replacing(out.with_name(out.name + ".sha256")) as temporary:
        temporary.write_text(f"{sha256}  {out.name}\n", encoding="utf-8")
