"""A report as it would be, to look at before it is written: its pages as pictures, its contents."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.jobs.evidence import EvidenceReader
from engine.jobs.export import export_case
from engine.jobs.picture_cache import drafts_folder
from engine.progress import ReportProgress
from engine.store import CaseStore

_MOST_PAGES = 12
_PAGE_WIDTH_PX = 560
_MOST_ENTRIES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``pages``: pictures of the first pages; ``contents``: (title, page number from 1, depth)."""

    page_count: int
    pages: tuple[Path, ...]
    contents: tuple[tuple[str, int, int], ...]


def draft_report(store: CaseStore, options: Mapping[str, Any], *, progress: ReportProgress) -> Draft:
    """Write the PDF report of a case opened for reading into the cache and draw its first pages.

    ``options`` are those of ``export_case``. Nothing is recorded: a draft leaves no trace in the case.
    """
    name = hashlib.sha256(str(store.path).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    folder = drafts_folder(private=store.key is not None) / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    report = folder / "draft.pdf"
    with EvidenceReader(store) as evidence:
        # A look at the pages does not wait until all evidence was read again.
        chosen = {**options, "rehash": False}
        export_case(store, report, load_view=evidence.view, progress=progress, **chosen)
    return _drawn(report)


def forget_drafts() -> None:
    """Remove every draft: they show evidence."""
    for private in (False, True):
        shutil.rmtree(drafts_folder(private=private), ignore_errors=True)


def _drawn(report: Path) -> Draft:
    import pypdfium2

    with pypdfium2.PdfDocument(report) as document:
        pages = []
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            picture = page.render(scale=_PAGE_WIDTH_PX / page.get_width()).to_pil()
            path = report.with_name(f"page-{number + 1:02d}.png")
            picture.save(path)
            pages.append(path)
        contents = []
        for entry in document.get_toc(max_depth=2):
            target = entry.get_dest()
            where = target.get_index() if target else None
            contents.append((entry.get_title(), (where or 0) + 1, entry.level))
            if len(contents) >= _MOST_ENTRIES:
                break
        return Draft(page_count=len(document), pages=tuple(pages), contents=tuple(contents))
