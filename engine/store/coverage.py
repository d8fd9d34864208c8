"""What was found in the evidence and how much of it was read: no file is left out of this account."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore

PARTLY_READ = "PartlyRead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many files and folders were found, read, read in part, and not read.

    ``enclosed`` of those found lay inside other files. ``reasons``: why files were not read, by the
    name of the error, the most frequent first. found = read + partly_read + not_read, always.
    """

    found: int
    enclosed: int
    read: int
    partly_read: int
    not_read: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def parts(self) -> tuple[CoveragePart, ...]:
        """The whole account as rows that add up to ``found``."""
        return (
            CoveragePart(state="read", reason="", files=self.read),
            CoveragePart(state="partly read", reason=PARTLY_READ, files=self.partly_read),
            *(CoveragePart(state="not read", reason=error, files=files) for error, files in self.reasons),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePart:
    """So many files of one state, and the name of the error that put them there."""

    state: str
    reason: str
    files: int


def coverage(store: CaseStore) -> Coverage:
    """Account for every file of the evidence by the Issues that stand against it."""
    connection = store.connection
    files = connection.number("SELECT count(*) FROM source_file WHERE superseded_by IS NULL")
    enclosed = connection.number("SELECT count(parent_id) FROM source_file WHERE superseded_by IS NULL")
    # What could not be opened has no hash, and so no row among the Source files.
    unopened = connection.number(
        "SELECT count(*) FROM (SELECT DISTINCT root, relative_path FROM issue "
        "WHERE superseded_by IS NULL AND step = 'read' AND source_file_id IS NULL)"
    )
    errors: dict[tuple[str, str], set[str]] = {}
    for root, path, error in connection.rows(
        "SELECT DISTINCT root, relative_path, error FROM issue "
        "WHERE superseded_by IS NULL AND step IN ('read', 'references')"
    ):
        errors.setdefault((root, path), set()).add(error)
    failed = [found - {PARTLY_READ} for found in errors.values() if found != {PARTLY_READ}]
    reasons = Counter(min(found) for found in failed)
    found = files + unopened
    return Coverage(
        found=found,
        enclosed=enclosed,
        read=found - len(errors),
        partly_read=len(errors) - len(failed),
        not_read=len(failed),
        reasons=tuple(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))),
    )
