"""The labels that a Region can be given here: what the case already uses, then what its models know."""

from __future__ import annotations

from collections.abc import Iterable

from engine.model.findings import FindingKind, Verdict
from engine.store import CaseStore


def known_labels(store: CaseStore) -> tuple[str, ...]:
    """Return every label in use, given by an analyst, or known to a component, in alphabetical order."""
    drawn = (
        review.label
        for review in (*store.reviews(verdict=Verdict.ADDED), *store.reviews(verdict=Verdict.CORRECTED))
        if review.target_kind in (FindingKind.IMAGE, FindingKind.REGION)
    )
    models = (name for component in store.components(kind="segmenter") for name in component.labels)
    return _sorted((*store.labels_in_use(), *drawn, *models))


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}, key=str.casefold))
