"""Four eyes: decisions leave the case as a file, a second examiner's come in, and both are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.session.jobs import JobEnd
from desktop.session.session import Session
from engine.messages import Kind

AGREED, DISAGREED, ONLY_OWN, ONLY_OTHER = "agreed", "disagreed", "only-own", "only-other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one examiner decided about a finding."""

    verdict: str
    label: str
    note: str
    examiner: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A finding that either examiner decided; ``accord`` is one of the constants of this module."""

    accord: str
    target_kind: str
    target_id: str
    what: str
    where: tuple[str, ...]
    own: Opinion | None
    other: Opinion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The decisions of the case beside those of a file; ``unplaced`` says what has no place here, and why."""

    file: Path
    examiner: str
    exported_at: str
    sha256: str
    same_chain: bool
    kappa: float | None
    counts: Mapping[str, int]
    findings: tuple[Compared, ...]
    unplaced: tuple[str, ...]


def export_decisions(session: Session, out: Path, then: Callable[[Mapping[str, Any]], None]) -> None:
    """Write the examiner's decisions; ``then`` gets what the job tells: ``sha256``, ``reviews``, …"""
    _run(session, "decisions_export", out, then)


def compare_decisions(session: Session, file: Path, then: Callable[[Comparison], None]) -> None:
    """Compare a file with the case and write nothing."""
    _run(session, "decisions_compare", file, lambda body: then(_comparison(file, body)))


def import_decisions(
    session: Session, comparison: Comparison, then: Callable[[Mapping[str, Any]], None]
) -> None:
    """Take in the very file that was compared; ``then`` gets ``reviews``, ``already_here``, ``bookmarks``."""

    def taken(body: Mapping[str, Any]) -> None:
        session.reload()
        then(body)

    _run(session, "decisions_import", comparison.file, taken, sha256=comparison.sha256)


def _run(
    session: Session, verb: str, file: Path, then: Callable[[Mapping[str, Any]], None], sha256: str = ""
) -> None:
    store = session.store
    if store is None:
        return

    def ended(end: JobEnd) -> None:
        if end.kind is Kind.FAILED:
            session.failed.emit(str(end.body.get("message", "")))
        elif end.kind is Kind.FINISHED:
            then(end.body)

    words = {"case": str(store.path), "file": str(file), "examiner": session.examiner, "sha256": sha256}
    session.jobs.run(verb, words, ended)


def _comparison(file: Path, body: Mapping[str, Any]) -> Comparison:
    kappa = body.get("kappa")
    return Comparison(
        file=file,
        examiner=str(body["examiner"]),
        exported_at=str(body["exported_at"]),
        sha256=str(body["sha256"]),
        same_chain=bool(body["same_chain"]),
        kappa=float(kappa) if kappa is not None else None,
        counts={
            accord: int(body[accord.replace("-", "_")])
            for accord in (AGREED, DISAGREED, ONLY_OWN, ONLY_OTHER)
        },
        findings=tuple(_compared(each) for each in body["findings"]),
        unplaced=tuple(f"{each['verdict']}: {each['reason']}" for each in body["unplaced"]),
    )


def _compared(each: Mapping[str, Any]) -> Compared:
    return Compared(
        accord=str(each["accord"]),
        target_kind=str(each["target_kind"]),
        target_id=str(each["target_id"]),
        what=str(each["what"]),
        where=tuple(str(path) for path in each["where"]),
        own=_opinion(each["own"]),
        other=_opinion(each["other"]),
    )


def _opinion(review: Mapping[str, Any] | None) -> Opinion | None:
    if review is None:
        return None
    return Opinion(
        verdict=str(review["verdict"]),
        label=str(review["label"]),
        note=str(review["note"]),
        examiner=str(review["examiner"]),
        at=str(review["at"]),
    )
