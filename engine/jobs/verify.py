"""Is everything as it was recorded: the evidence, the rows, the audit chain, a printed head?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.hashing import file_sha256
from engine.model.evidence import SourceFile
from engine.progress import Progress, ReportProgress, silent
from engine.readers.folder import walk
from engine.store import CaseStore, Difference
from engine.store.audit import as_far_as_readable

_ENTRIES_PER_REPORT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was checked and what differs; ``ok`` only where nothing does."""

    ok: bool
    differences: tuple[Difference, ...]
    files: int
    entries: int
    head: str


def verify_case(
    store: CaseStore, *, head: str = "", length: int = 0, progress: ReportProgress = silent
) -> VerifyReport:
    """Hash the evidence again, and check rows and audit chain; writes nothing.

    ``head`` and ``length`` are what an earlier report printed: a chain that was cut or written
    anew no longer has them. Members of containers are covered by their container's hash.
    """
    if length and not head:
        raise UsageError(f"a length ({length}) says nothing without the head hash printed beside it")
    audit = store.audit_head()
    files: list[SourceFile] = []
    evidence = as_far_as_readable("rows", _check_evidence(store, files, progress))
    progress(Progress(step="rows", done=0, total=audit.length))
    records = store.check_audit(head=head, length=length, seen=_counter(audit.length, progress))
    differences = (*evidence, *records)
    return VerifyReport(
        ok=not differences,
        differences=differences,
        files=len(files),
        entries=audit.length,
        head=audit.hash,
    )


def _check_evidence(
    store: CaseStore, files: list[SourceFile], progress: ReportProgress
) -> Iterator[Difference]:
    """Yield what differs between the case and its folders; ``files`` is filled with those compared."""
    files += (file for file in store.files() if file.parent_id is None)
    unread = {(issue.root, issue.relative_path) for issue in store.issues()}
    done = 0
    for label in sorted({file.root for file in files} - {root.label for root in store.roots()}):
        yield Difference(kind="root-missing", subject=label, detail="the case does not say where it lies")
    for root in store.roots():
        known = {file.relative_path: file for file in files if file.root == root.label}
        if not root.path.is_dir():
            yield Difference(kind="root-missing", subject=root.label, detail=f"no folder is at {root.path}")
            continue
        found = {relative_name(path, root.path): path for path in walk(root.path)}
        for name, file in known.items():
            progress(Progress(step="evidence", done=done, total=len(files), item=name))
            done += 1
            yield from _check_file(found.get(name, root.path / name), file)
        for name in found.keys() - known.keys():
            if (root.label, name) not in unread:
                yield Difference(
                    kind="evidence-added", subject=f"{root.label}/{name}", detail="was not there at ingest"
                )


def _check_file(path: Path, file: SourceFile) -> Iterator[Difference]:
    subject = f"{file.root}/{file.relative_path}"
    try:
        sha256 = file_sha256(path)
    except FileNotFoundError:
        yield Difference(kind="evidence-missing", subject=subject, detail="the file is gone")
    except OSError as error:
        detail = f"the file cannot be read: {error.strerror}"
        yield Difference(kind="evidence-missing", subject=subject, detail=detail)
    else:
        if sha256 != file.sha256:
            detail = f"SHA-256 is {sha256}, was {file.sha256}"
            yield Difference(kind="evidence-changed", subject=subject, detail=detail)


def _counter(total: int, progress: ReportProgress) -> Callable[[int], None]:
    def seen(number: int) -> None:
        if number % _ENTRIES_PER_REPORT == 0:
            progress(Progress(step="rows", done=number, total=total))

    return seen


def relative_name(path: Path, root: Path) -> str:
    """Return what the case calls a file of an evidence folder; bytes that are not UTF-8 are spelled out."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")
