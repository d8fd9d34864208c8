"""What files say of other files, checked against the case: what is named and not there becomes an Issue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from engine.clock import Clock
from engine.jobs.outlines import place_outlines
from engine.model.evidence import SourceFile
from engine.model.findings import Outline
from engine.model.runs import Issue, Run
from engine.readers.dicom_file_set import FILE_SET
from engine.store import CaseStore

_STEP = "references"
_NAMED = 3


def resolve_references(store: CaseStore, *, run: Run, clock: Clock) -> None:
    """Draw Outlines on their pictures, and keep one Issue for each file that names missing ones."""
    waiting = place_outlines(store)
    missing = dict([*_missing_pictures(store, waiting), *_missing_files(store)])
    for issue in store.issues(step=_STEP):
        said = next((text for file, text in missing.items() if file.id == issue.source_file_id), None)
        if said != issue.message:
            store.clear_issues(issue.root, issue.relative_path, step=_STEP)
    known = {(issue.source_file_id, issue.message) for issue in store.issues(step=_STEP)}
    for file, message in missing.items():
        if (file.id, message) not in known:
            store.add_issue(
                Issue(
                    run_id=run.id,
                    root=file.root,
                    relative_path=file.relative_path,
                    step=_STEP,
                    error="PartlyRead",
                    message=message,
                    at=clock(),
                    source_file_id=file.id,
                )
            )


def _missing_pictures(store: CaseStore, waiting: Iterable[Outline]) -> Iterator[tuple[SourceFile, str]]:
    """Yield each file whose outlines belong to pictures that the case does not hold."""
    by_file: dict[str, list[Outline]] = defaultdict(list)
    for outline in waiting:
        by_file[outline.sha256].append(outline)
    for sha256, outlines in by_file.items():
        labels = _some(dict.fromkeys(outline.label for outline in outlines))
        for file in store.files(sha256=sha256):
            yield (
                file,
                f"{len(outlines)} of its outlines ({labels}) belong to images that are not in the case",
            )


def _missing_files(store: CaseStore) -> Iterator[tuple[SourceFile, str]]:
    """Yield each DICOMDIR that names files which its folder does not hold, letter case aside."""
    indexes = [report for report in store.reports() if dict(report.metadata).get("kind") == FILE_SET]
    if not indexes:
        return
    there = {(file.root, file.relative_path.casefold()) for file in store.files()}
    for report in indexes:
        for file in store.files_of_report(report.id):
            if file.parent_id is not None:
                continue  # members of containers lie flat
            folder = file.relative_path.rpartition("/")[0]
            named = [f"{folder}/{path}".lstrip("/") for path in report.about]
            missing = [path for path in named if (file.root, path.casefold()) not in there]
            if missing:
                yield file, f"names {len(missing)} of {len(named)} files that are not there: {_some(missing)}"


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    more = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" and {more} more" if more > 0 else "")
