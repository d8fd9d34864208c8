"""A case leaves the program: as a report, a table or an exchange file, with its SHA-256 beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.clock import system_clock
from engine.errors import UsageError
from engine.exporters.formats import find_format
from engine.exporters.options import ExportOptions, LoadView
from engine.jobs.output import output, seal, write_checksum
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

    ``at`` is the time that the export carries (default: now). The file or folder appears whole or not at all;
    ``out.sha256`` beside a file, ``SHA256SUMS`` in a folder, is what ``sha256sum --check`` reads. The export
    becomes an audit entry unless the case was opened read-only. Raises UsageError for an unknown format and
    ExportError where writing fails.
    """
    if deidentify:
        raise UsageError("this version cannot take identities out of an export; leave --deidentify away")
    chosen = find_format(out, format)
    moment = (at or system_clock()).astimezone(UTC)
    progress(Progress(step="export", done=0, total=0, item=out.name))
    with output(out, is_folder=chosen.is_folder) as temporary, store.snapshot():
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
        written = seal(temporary)
    if not chosen.is_folder:
        write_checksum(out, written.sha256)
    if not store.read_only:
        store.append_audit("export", f"{chosen.name} {out.name}", written.sha256)
    return ExportResult(
        path=out,
        format=chosen.name,
        sha256=written.sha256,
        size_bytes=written.size_bytes,
        audit_length=head.length,
        audit_hash=head.hash,
        recorded=not store.read_only,
    )
