"""``casebook show``: the rows of one kind, the account of the evidence, or near-duplicates."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.cli.passphrases import opened
from engine.cli.printing import Printer

if TYPE_CHECKING:
    from engine.store import CaseStore


def show(options: argparse.Namespace, printer: Printer) -> bool:

    with opened(options, read_only=True) as store:
        rows = _rows(store, options.what, options.limit)
    printer.rows(rows, nothing=f"no {options.what}", columns=_SHOWN.get(options.what, ()))
    return True


def _rows(store: CaseStore, what: str, limit: int | None) -> Sequence[object]:
    if what == "coverage":
        return store.coverage().parts[:limit]
    if what == "duplicates":
        from engine.jobs.duplicates import near_duplicates

        return near_duplicates(store, limit=limit)
    rows: Sequence[object] = getattr(store, what)(limit=limit)
    return rows


_SHOWN = {
    "files": ("id", "relative_path", "media_type", "size_bytes", "sha256"),
    "images": ("id", "width_px", "height_px", "frame", "modality", "captured_at"),
    "reports": ("id", "part", "title", "language", "text"),
    "regions": ("id", "image_id", "label", "score", "attributes"),
    "entities": ("id", "label", "text", "assertion", "concept", "score"),
    "links": ("id", "relation", "score", "region_id", "entity_id", "cues"),
    "relations": ("id", "image_id", "report_id", "cmi", "sc", "abs"),
    "issues": ("relative_path", "error", "message"),
    "duplicates": ("first", "second", "bits"),
    "runs": ("id", "kind", "started_at", "outcome", "engine_version", "device"),
    "audit": ("number", "at", "actor", "action", "subject", "hash"),
}
