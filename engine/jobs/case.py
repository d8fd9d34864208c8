"""Making a case: the one job that needs no evidence."""

from __future__ import annotations

from pathlib import Path

from engine.clock import Clock
from engine.errors import UsageError
from engine.model.evidence import Case, CaseKind
from engine.store import create_case, new_key

CASE_SUFFIX = ".casebook"


def case_path(path: Path) -> Path:
    """Return ``path`` with the case suffix."""
    return path if path.suffix == CASE_SUFFIX else path.with_name(path.name + CASE_SUFFIX)


def new_case(
    path: Path,
    *,
    kind: CaseKind,
    name: str = "",
    reference: str = "",
    examiner: str = "",
    passphrase: str = "",
    clock: Clock,
) -> Case:
    """Create the case file, encrypted where there is a ``passphrase``.

    Raises CaseExists where there is one, UsageError where there is no folder.
    """
    path = case_path(path)
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}; make it, or choose another place")
    case = Case(kind=kind, name=name or path.stem, reference=reference, examiner=examiner, created_at=clock())
    create_case(path, case, clock=clock, key=new_key(passphrase) if passphrase else None)
    return case
