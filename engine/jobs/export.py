"""A case leaves the program: as a report, a table or an exchange file, with its SHA-256 beside it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from engine.clock import system_clock
from engine.errors import UsageError
from engine.exporters.formats import find_format
from engine.exporters.options import ExportOptions, LoadFile, LoadView
from engine.jobs.deidentify import write_record
from engine.jobs.originals import check_original, original
from engine.jobs.output import output, seal, write_checksum
from engine.jobs.signature import Signer, sign_report
from engine.privacy.deidentification import Choices, deidentified
from engine.progress import Progress, ReportProgress, silent
from engine.store import CaseStore

_PORTABLE = "portable"
_WITH_EVIDENCE = frozenset({_PORTABLE, "zip"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What was written, and the audit chain as it stood before and as the export prints it.

    ``check``: the list that a person must look through after de-identification.
    """

    path: Path
    format: str
    sha256: str
    size_bytes: int
    audit_length: int
    audit_hash: str
    recorded: bool
    check: Path | None = None


def export_case(  # noqa: PLR0913 - the options of a command
    store: CaseStore,
    out: Path,
    *,
    format: str = "",
    at: datetime | None = None,
    reproducible: bool = False,
    page_size: str = "A4",
    request: str = "",
    scope: str = "all",
    only: Sequence[str] = (),
    rehash: bool = True,
    signer: Signer | None = None,
    deidentify: bool = False,
    privacy: Choices | None = None,
    load_view: LoadView,
    progress: ReportProgress = silent,
) -> ExportResult:
    """Write the case to ``out`` in the format of its suffix, or in the one named ``format``.

    ``at`` is the time that the export carries (default: now). ``page_size``: A4 or Letter. ``request``: what
    the report was asked to answer. ``scope`` is all or confirmed, ``only`` are ids of findings: what goes
    into a report. ``rehash``: read all evidence again for the report, and say what has changed. ``signer``
    signs a PDF. ``deidentify``, or ``privacy`` with choices: take out what names persons first;
    ``out.check.txt`` is then what a person must look through. The file or folder appears whole or not at
    all; ``out.sha256`` beside a file, ``SHA256SUMS`` in a folder, is what ``sha256sum --check`` reads. The
    export becomes an audit entry unless the case was opened read-only.

    Raises UsageError for an unknown format and ExportError where writing fails.
    """
    chosen = find_format(out, format)
    moment = (at or system_clock()).astimezone(UTC)
    if signer and chosen.name != "pdf":
        raise UsageError(f"only a PDF can be signed, not {chosen.name}; leave --sign away")
    if (deidentify or privacy) and chosen.name in _WITH_EVIDENCE:
        raise UsageError("evidence does not go along de-identified; choose portable-light, or dicom")
    progress(Progress(step="export", done=0, total=0, item=out.name))
    if deidentify and privacy is None:
        privacy = Choices(secret=os.urandom(32))
    check = None
    with ExitStack() as stack:
        temporary = stack.enter_context(output(out, is_folder=chosen.is_folder))
        stack.enter_context(store.snapshot())
        head = store.audit_head()
        load_file: LoadFile = partial(original, store)
        shown, done = store, None
        if privacy:
            copy = deidentified(store, load_view, load_file, privacy, at=moment, progress=progress)
            done = stack.enter_context(copy)
            shown, load_view, load_file = done.store, done.view, done.file
            if chosen.name.startswith(_PORTABLE):
                head = shown.audit_head()  # the case that goes along is the copy
        options = ExportOptions(
            at=moment,
            audit_length=head.length,
            audit_hash=head.hash,
            load_view=load_view,
            load_file=load_file,
            reproducible=reproducible,
            deidentified=privacy is not None,
            page_size=page_size,
            request=done.words(request) if done else request,
            scope=scope,
            only=done.new_ids(only) if done else tuple(only),
            signed_by=signer.name if signer else "",
            check_file=partial(check_original, store) if rehash and not privacy else None,
            progress=progress,
        )
        chosen.write(shown, temporary, options)
        if privacy and done:
            check = write_record(
                out, done, temporary, format_name=chosen.name, faces=privacy.faces, at=moment
            )
        if signer:
            sign_report(temporary, signer)
        written = seal(temporary)
    if not chosen.is_folder:
        write_checksum(out, written.sha256)
    if not store.read_only:
        action = "export de-identified" if privacy else "export"
        store.append_audit(action, f"{chosen.name} {out.name}", written.sha256)
    return ExportResult(
        path=out,
        format=chosen.name,
        sha256=written.sha256,
        size_bytes=written.size_bytes,
        audit_length=head.length,
        audit_hash=head.hash,
        recorded=not store.read_only,
        check=check,
    )
