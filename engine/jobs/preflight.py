"""What an ingest would meet, before it begins: counts by format, what is known, room and time needed."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import ReadError, UsageError
from engine.jobs.rates import estimate
from engine.jobs.reading import choose_reader
from engine.jobs.roots import known_root
from engine.progress import Progress, ReportProgress
from engine.readers.folder import walk
from engine.readers.opening import read_head
from engine.readers.signatures import picture_kind
from engine.store import CaseStore

# How much a case grows for a file of evidence: its thumbnail, text, findings and indexes.
_GROWTH_BYTES = 60_000
_TOLD_EVERY = 50

Known = Callable[[Path, os.stat_result], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatCount:
    """Files of one format; ``reason`` says why they cannot be read, empty where they can."""

    format: str
    files: int
    size_bytes: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What lies in the folders, and what reading it will take.

    ``known``: files that are in the case already, by path, size and time of change. ``refused``:
    what cannot be opened, with the reason. ``seconds`` is an estimate from ``runs`` earlier ones.
    """

    files: int
    size_bytes: int
    known: int
    formats: tuple[FormatCount, ...]
    refused: tuple[tuple[str, str], ...]
    free_bytes: int
    needed_bytes: int
    seconds: float
    runs: int

    @property
    def unreadable(self) -> int:
        return sum(each.files for each in self.formats if each.reason) + len(self.refused)


@dataclass(slots=True)
class _Tally:
    files: Counter[tuple[str, str]] = field(default_factory=Counter)
    bytes: Counter[tuple[str, str]] = field(default_factory=Counter)
    readers: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)
    known: int = 0

    def add(self, path: Path, is_known: Known) -> None:
        try:
            status, head = path.stat(), read_head(path)
        except (OSError, ReadError) as error:
            self.refused.append((path.name, str(error)))
            return
        try:
            reader = choose_reader(path.name, head).name
            kind = (picture_kind(head) if reader == "raster" else reader, "")
            if is_known(path, status):
                self.known += 1
            else:
                self.readers[reader] += 1
        except ReadError as error:
            kind = ("", str(error))
        self.files[kind] += 1
        self.bytes[kind] += status.st_size


def preflight(
    store: CaseStore, paths: Sequence[Path], *, profile: str = "", progress: ReportProgress
) -> Preflight:
    """Look at every file's name, size and first bytes; nothing is hashed, read whole, or written."""
    tally = _Tally()
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder {path}")
        is_known = _known_in(store, path)
        for file in walk(path, on_refusal=lambda at, why: tally.refused.append((at.name, why))):
            tally.add(file, is_known)
            if not sum(tally.files.values()) % _TOLD_EVERY:
                progress(Progress(step="survey", done=sum(tally.files.values()), total=0, item=file.name))
    purpose = f"{store.case.kind} {profile or store.settings().profile}"
    time = estimate(purpose, tally.readers, tally.known)
    formats = [
        FormatCount(format=name, files=count, size_bytes=tally.bytes[name, why], reason=why)
        for (name, why), count in tally.files.items()
    ]
    return Preflight(
        files=sum(tally.files.values()),
        size_bytes=sum(tally.bytes.values()),
        known=tally.known,
        formats=tuple(sorted(formats, key=lambda each: (bool(each.reason), -each.files, each.format))),
        refused=tuple(tally.refused),
        free_bytes=shutil.disk_usage(store.path.parent).free,
        needed_bytes=sum(tally.readers.values()) * _GROWTH_BYTES,
        seconds=time.seconds,
        runs=time.runs,
    )


def _known_in(store: CaseStore, path: Path) -> Known:
    """Return what tells whether a file under ``path`` is in the case, unchanged by size and time."""
    root = known_root(store, path if path.is_dir() else path.parent)
    if root is None:
        return lambda _path, _status: False
    stored = {
        file.relative_path: (file.size_bytes, file.modified_at) for file in store.files(root=root.label)
    }

    def is_known(file: Path, status: os.stat_result) -> bool:
        relative = file.absolute().relative_to(root.path).as_posix()
        return stored.get(relative) == (status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    return is_known
