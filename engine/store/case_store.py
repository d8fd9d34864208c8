"""An open case: everything that the rest of the program reads from it and writes to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from engine.clock import Clock
from engine.errors import CaseReadOnly
from engine.model.evidence import Case, Image, Report, SourceFile
from engine.model.findings import (
    Entity,
    FindingKind,
    Link,
    LinkRelation,
    Region,
    Relation,
    Review,
    Verdict,
)
from engine.model.geometry import Polygon
from engine.model.ids import EntityId, ImageId, LinkId, RegionId, ReportId, SourceFileId
from engine.model.runs import AuditEntry, Component, Issue, Run, RunOutcome
from engine.store import audit, linking, opinions, places, reading, runs, saving, text_search, vectors
from engine.store.change import ROWS, Change, changing
from engine.store.connection import CaseConnection, Value
from engine.store.lock import WriterLock
from engine.store.records import (
    AuditHead,
    Bookmark,
    CaseCounts,
    Difference,
    FileFindings,
    Root,
    SavedSearch,
    TextHit,
)
from engine.store.run_rows import issue_row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_T = TypeVar("_T")


class CaseStore:
    """One open case file; a context manager. All reading methods give current rows only.

    List methods take ``limit``, ``offset`` and the filters of ``engine.store.reading`` (None: any)
    and keep the order in which rows were saved.
    """

    def __init__(
        self, connection: CaseConnection, case: Case, *, clock: Clock, read_only: bool, actor: str
    ) -> None:
        self.case = case
        self.path = connection.path
        self.read_only = read_only
        self._connection = connection
        self._clock = clock
        self._actor = actor
        self._lock = WriterLock(connection.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()
        self._lock.release()

    def interrupt(self) -> None:
        """Stop the query that runs in another thread; it raises Cancelled there."""
        self._connection.interrupt()

    def snapshot(self) -> AbstractContextManager[None]:
        """Read one state of the case inside ``with``, whatever others write meanwhile."""
        return self._connection.snapshot()

    # Evidence folders

    def add_root(self, path: Path) -> Root:
        """Add an evidence folder, or return it where it is known."""
        with self._change("add-root", path.name) as change:
            return places.insert_root(self._connection, change, path)

    def roots(self) -> tuple[Root, ...]:
        return places.read_roots(self._connection)

    def move_root(self, label: str, path: Path) -> None:
        """Say where a moved evidence folder lies now."""
        places.check_root(self._connection, label)
        with self._change("move-root", label) as change:
            change.note = "moved"
            places.place_root(self._connection, label, path.absolute())

    # Runs

    def begin_run(
        self, kind: str, components: Sequence[Component], *, device: str = "cpu", seed: int = 0
    ) -> Run:
        """Begin a Run and take the writer lock; raises CaseLocked where another run holds it."""
        self._check_writable()
        self._lock.acquire()
        at = self._clock()
        with self._change("begin-run", kind, at=at) as change:
            return runs.insert_run(
                self._connection, change, kind, components, at=at, device=device, seed=seed
            )

    def finish_run(self, run: Run, outcome: RunOutcome) -> None:
        """End a Run and give the writer lock back."""
        at = self._clock()
        with self._change("finish-run", run.id, at=at) as change:
            runs.end_run(self._connection, change, run.id, outcome, at=at)
        self._lock.release()

    # Findings

    def file_at(self, root: str, relative_path: str) -> SourceFile | None:
        return _first(self.files(root=root, relative_path=relative_path))

    def is_analyzed(self, sha256: str, signature: str) -> bool:
        """Tell whether this content's findings under these components are in the case."""
        return saving.signature_of(self._connection, sha256) == signature

    def is_file_saved(self, source_file_id: SourceFileId, signature: str) -> bool:
        """Tell whether this occurrence and its content's findings are in the case."""
        file = _first(self.files(id=source_file_id))
        return file is not None and self.is_analyzed(file.sha256, signature)

    def save_file(self, findings: FileFindings, run: Run) -> None:
        """Save one Source file with its findings in one transaction."""
        with self._change("save-file", f"{findings.file.root}/{findings.file.relative_path}") as change:
            number = runs.run_number(self._connection, run.id)
            saving.save_findings(self._connection, change, findings, number)

    def is_linked(self, report_id: ReportId, signature: str) -> bool:
        return linking.linking_signature(self._connection, report_id) == signature

    def save_links(
        self,
        report_id: ReportId,
        links: Sequence[Link],
        relations: Sequence[Relation],
        *,
        signature: str,
        run: Run,
    ) -> None:
        """Make these the Links and Relations of a report, in one transaction."""
        with self._change("save-links", report_id) as change:
            number = runs.run_number(self._connection, run.id)
            linking.save_report_links(
                self._connection, change, report_id, links, relations, signature=signature, run_number=number
            )

    def add_issue(self, issue: Issue) -> None:
        with self._change("issue", f"{issue.root}/{issue.relative_path}") as change:
            change.insert("issue", issue_row(issue, runs.run_number(self._connection, issue.run_id)))

    def clear_issues(self, root: str, relative_path: str) -> None:
        """Supersede the Issues of a file that is tried again."""
        with self._change("clear-issues", f"{root}/{relative_path}") as change:
            rows = self._connection.rows(
                "SELECT number FROM issue WHERE root = ? AND relative_path = CAST(? AS TEXT) "
                "AND superseded_by IS NULL",
                (root, relative_path),
            )
            change.supersede("issue", [row[0] for row in rows])

    # Reading

    def counts(self) -> CaseCounts:
        """Count everything once; takes longer on large cases."""
        return CaseCounts(
            files=self._count("source_file"),
            images=self._count("image"),
            reports=self._count("report"),
            regions=self._count("region"),
            entities=self._count("entity"),
            links=self._count("link"),
            contradictions=self._count("link", "AND relation = ?", LinkRelation.CONTRADICTS),
            relations=self._count("relation"),
            issues=self._count("issue"),
            reviews=self._count("review"),
        )

    def files(self, **choice: Any) -> tuple[SourceFile, ...]:
        return reading.find(self._connection, reading.FILES, **choice)

    def images(self, **choice: Any) -> tuple[Image, ...]:
        return reading.find(self._connection, reading.IMAGES, **choice)

    def reports(self, **choice: Any) -> tuple[Report, ...]:
        return reading.find(self._connection, reading.REPORTS, **choice)

    def regions(self, **choice: Any) -> tuple[Region, ...]:
        return reading.find(self._connection, reading.REGIONS, **choice)

    def entities(self, **choice: Any) -> tuple[Entity, ...]:
        return reading.find(self._connection, reading.ENTITIES, **choice)

    def links(self, **choice: Any) -> tuple[Link, ...]:
        return reading.find_links(self._connection, **choice)

    def relations(self, **choice: Any) -> tuple[Relation, ...]:
        return reading.find_relations(self._connection, **choice)

    def issues(self, **choice: Any) -> tuple[Issue, ...]:
        return reading.find(self._connection, reading.ISSUES, **choice)

    def runs(self, **choice: Any) -> tuple[Run, ...]:
        return reading.find(self._connection, reading.RUNS, **choice)

    def components(self, **choice: Any) -> tuple[Component, ...]:
        return reading.find(self._connection, reading.COMPONENTS, **choice)

    def reviews(self, **choice: Any) -> tuple[Review, ...]:
        return reading.find(self._connection, reading.REVIEWS, **choice)

    def audit(self, **choice: Any) -> tuple[AuditEntry, ...]:
        return reading.find(self._connection, reading.AUDIT, **choice)

    def image(self, image_id: ImageId) -> Image | None:
        return _first(self.images(id=image_id))

    def report(self, report_id: ReportId) -> Report | None:
        return _first(self.reports(id=report_id))

    def region(self, region_id: RegionId) -> Region | None:
        return _first(self.regions(id=region_id))

    def entity(self, entity_id: EntityId) -> Entity | None:
        return _first(self.entities(id=entity_id))

    def link(self, link_id: LinkId) -> Link | None:
        return _first(self.links(id=link_id))

    def files_of_image(self, image_id: ImageId) -> tuple[SourceFile, ...]:
        return self.files(image_id=image_id)

    def files_of_report(self, report_id: ReportId) -> tuple[SourceFile, ...]:
        return self.files(report_id=report_id)

    def thumbnail(self, image_id: ImageId) -> bytes | None:
        row = self._connection.row("SELECT jpeg FROM thumbnail WHERE image_id = ?", (image_id,))
        return row[0] if row and isinstance(row[0], bytes) else None

    def looked_for(self, image_id: ImageId) -> frozenset[str]:
        """Return every label that a component which examined this Image could have found."""
        return reading.labels_looked_for(self._connection, image_id)

    def pairs(self) -> tuple[tuple[ImageId, ReportId], ...]:
        """Return the Images and Reports that have a Relation."""
        return reading.related_pairs(self._connection)

    # Analysts' rows

    def add_review(
        self,
        target_kind: FindingKind,
        target_id: str,
        verdict: Verdict,
        *,
        examiner: str,
        label: str = "",
        polygons: Sequence[Polygon] = (),
        note: str = "",
    ) -> Review:
        at = self._clock()
        with self._change("review", target_id, actor=examiner, at=at) as change:
            return opinions.insert_review(
                change,
                FindingKind(target_kind),
                target_id,
                Verdict(verdict),
                examiner=examiner,
                at=at,
                label=label,
                polygons=polygons,
                note=note,
            )

    def latest_review(self, target_id: str) -> Review | None:
        return opinions.latest_review(self._connection, target_id)

    def add_bookmark(self, target_kind: str, target_id: str, *, examiner: str, title: str = "") -> Bookmark:
        bookmark = Bookmark(
            target_kind=target_kind, target_id=target_id, title=title, examiner=examiner, at=self._clock()
        )
        with self._change("bookmark", target_id, actor=examiner, at=bookmark.at) as change:
            opinions.insert_bookmark(self._connection, change, bookmark)
        return bookmark

    def remove_bookmark(self, target_kind: str, target_id: str, *, examiner: str = "") -> None:
        with self._change("remove-bookmark", target_id, actor=examiner) as change:
            opinions.delete_bookmark(self._connection, change, target_kind, target_id)

    def bookmarks(self) -> tuple[Bookmark, ...]:
        return opinions.read_bookmarks(self._connection)

    def save_search(self, name: str, query: str, *, examiner: str) -> SavedSearch:
        search = SavedSearch(name=name, query=query, examiner=examiner, at=self._clock())
        with self._change("save-search", name, actor=examiner, at=search.at) as change:
            opinions.insert_search(self._connection, change, search)
        return search

    def remove_search(self, name: str, *, examiner: str = "") -> None:
        with self._change("remove-search", name, actor=examiner) as change:
            opinions.delete_search(self._connection, change, name)

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        return opinions.read_searches(self._connection)

    def mark_seen(self, target_ids: Iterable[str], *, examiner: str) -> None:
        targets = tuple(target_ids)
        at = self._clock()
        with self._change("seen", f"{len(targets)} rows", actor=examiner, at=at) as change:
            opinions.insert_seen(self._connection, change, targets, examiner=examiner, at=at)

    def seen(self, examiner: str | None = None) -> frozenset[str]:
        return opinions.read_seen(self._connection, examiner)

    # Search and vectors

    def search_text(
        self, words: str, *, limit: int = 50, kinds: tuple[str, ...] | None = None
    ) -> tuple[TextHit, ...]:
        """Return rows that hold all words and quoted phrases, best first within each kind."""
        return text_search.search_text(self._connection, words, limit=limit, kinds=kinds or text_search.KINDS)

    def rebuild_search(self) -> None:
        self._check_writable()
        text_search.rebuild(self._connection)

    def save_vectors(self, kind: str, ids: Sequence[str], matrix: NDArray[np.float32]) -> None:
        self._check_writable()
        vectors.save_vectors(self._connection, kind, ids, matrix)

    def vectors(self, kind: str) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        return vectors.read_vectors(self._connection, kind)

    # Audit

    def append_audit(self, action: str, subject: str, digest: str = "") -> None:
        """Record that something was done that is no row of the case, such as an export."""
        if digest.startswith(ROWS):
            raise ValueError(f"a digest cannot begin with {ROWS!r}")
        with self._change(action, subject) as change:
            change.note = digest or "-"

    def audit_head(self) -> AuditHead:
        return audit.read_head(self._connection)

    def check_audit(self, *, head: str = "", length: int = 0) -> tuple[Difference, ...]:
        """Return what is wrong with the chain and the rows under it; empty where nothing is."""
        with self.snapshot():
            chain = tuple(audit.check_chain(self._connection, head=head, length=length))
            return (*chain, *audit.check_rows(self._connection))

    def _count(self, table: str, more: str = "", *values: Value) -> int:
        return self._connection.number(
            f"SELECT count(*) FROM {table} WHERE superseded_by IS NULL {more}", values
        )

    def _check_writable(self) -> None:
        if self.read_only:
            raise CaseReadOnly(f"{self.path} was opened for reading only; open it for writing")

    @contextmanager
    def _change(
        self, action: str, subject: str, *, actor: str = "", at: datetime | None = None
    ) -> Iterator[Change]:
        self._check_writable()
        with changing(
            self._connection,
            at=at or self._clock(),
            actor=actor or self._actor,
            action=action,
            subject=subject,
        ) as change:
            yield change


def _first(rows: tuple[_T, ...]) -> _T | None:
    return rows[0] if rows else None
