"""Bringing evidence in: what lies there first, then the job; retries, and folders that moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.session.jobs import JobEnd
from desktop.session.session import Session
from engine.messages import Kind
from engine.model.runs import Issue
from engine.store import CaseSettings, Root, key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatRow:
    """Files of one format; ``reason``: why they cannot be read, empty where they can."""

    format: str
    files: int
    size_bytes: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What an ingest would meet; ``runs``: how many earlier runs the estimate of ``seconds`` rests on."""

    files: int
    size_bytes: int
    known: int
    unreadable: int
    formats: tuple[FormatRow, ...]
    refused: tuple[tuple[str, str], ...]
    free_bytes: int
    needed_bytes: int
    seconds: float
    runs: int

    @property
    def has_room(self) -> bool:
        return self.needed_bytes < self.free_bytes


def look_ahead(session: Session, paths: Sequence[Path], then: Callable[[Preflight | str], None]) -> None:
    """Ask what lies at ``paths``; ``then`` gets the Preflight, or why there is none."""
    store = session.store
    if store is None:
        return

    def ended(end: JobEnd) -> None:
        if end.kind is Kind.FINISHED:
            then(_preflight(end.body))
        else:
            then(str(end.body.get("message", "")))

    session.jobs.run("preflight", {"case": str(store.path), "paths": [str(path) for path in paths]}, ended)


def retry(session: Session, issues: Sequence[Issue] = ()) -> bool:
    """Read again the files of these Issues, or of all; False where the evidence is not there."""
    store = session.store
    if store is None:
        return False
    roots = {root.label: root.path for root in store.roots()}
    wanted = {_file_of(roots[issue.root], issue.relative_path) for issue in issues if issue.root in roots}
    paths = [path for path in (wanted if issues else roots.values()) if path.exists()]
    if paths:
        session.ingest(sorted(paths), retry=True)
    return bool(paths)


def missing_folders(session: Session) -> tuple[Root, ...]:
    """Return the evidence folders that are not where the case knows them."""
    store = session.store
    return tuple(root for root in store.roots() if not root.path.is_dir()) if store else ()


def move_folder(session: Session, label: str, folder: Path, then: Callable[[JobEnd], None]) -> None:
    """Tell the case where an evidence folder lies now; the engine compares its files first."""
    store = session.store
    if store is not None:
        words = {"case": str(store.path), "label": label, "folder": str(folder)}
        session.jobs.run("move_folder", words, then)


def change_settings(session: Session, wanted: CaseSettings) -> None:
    """Write the settings of the open case and open it again under them."""
    store = session.store
    if store is None:
        return
    path = store.path

    def ended(end: JobEnd) -> None:
        if end.kind is Kind.FAILED:
            session.failed.emit(str(end.body.get("message", "")))
        elif end.kind is Kind.FINISHED and session.store is not None and session.store.path == path:
            session.store.case = replace(
                session.store.case, name=wanted.name, reference=wanted.reference, examiner=wanted.examiner
            )
            session.case_changed.emit()

    words = {
        "case": str(path),
        "name": wanted.name,
        "reference": wanted.reference,
        "examiner": wanted.examiner,
        "subject": wanted.subject,
        "profile": wanted.profile,
        "left_out": list(wanted.left_out),
    }
    session.jobs.run("settings", words, ended)


def upgrade(session: Session, path: Path, passphrase: str, then: Callable[[JobEnd], None]) -> None:
    """Bring a case of an older version to this one's format; the engine keeps a backup beside it."""
    key = {"key": key_of(path, passphrase).as_text()} if passphrase else {}
    session.jobs.run("upgrade", {"case": str(path), **key}, then)


def build_sample(session: Session, name: str, out: Path, then: Callable[[JobEnd], None]) -> None:
    """Build a sample case into the folder ``out``, from its evidence to its report."""
    session.jobs.run("sample", {"name": name, "out": str(out)}, then)


def draft(session: Session, options: Mapping[str, Any], then: Callable[[JobEnd], None]) -> None:
    """Have the PDF report made as it would be, without a trace in the case."""
    store = session.store
    if store is not None:
        session.jobs.run("draft", {"case": str(store.path), "options": dict(options)}, then)


def _file_of(root: Path, relative_path: str) -> Path:
    """Return the file in the folder that an Issue is about, or that holds what it is about."""
    whole = root / relative_path
    return whole if whole.exists() else root / relative_path.partition("!")[0]


def _preflight(body: Mapping[str, Any]) -> Preflight:
    return Preflight(
        files=body["files"],
        size_bytes=body["size_bytes"],
        known=body["known"],
        unreadable=body["unreadable"],
        formats=tuple(FormatRow(**row) for row in body["formats"]),
        refused=tuple((name, why) for name, why in body["refused"]),
        free_bytes=body["free_bytes"],
        needed_bytes=body["needed_bytes"],
        seconds=body["seconds"],
        runs=body["runs"],
    )
