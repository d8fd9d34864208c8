"""An open case: everything that the rest of the program reads from it and writes to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from engine.clock import Clock
from engine.errors import CaseReadOnly
from engine.model.evidence import Case, Image, Report, SourceFile
from engine.model.findings import Entity, FindingKind, Link, Region, Relation, Review
from engine.model.ids import EntityId, ImageId, LinkId, RegionId, ReportId, SourceFileId
from engine.model.runs import AuditEntry, Component, Issue, Run
from engine.store import audit as chain
from engine.store import (
    coverage,
    linking,
    mentions,
    opinions,
    outlining,
    places,
    portable,
    reading,
    runs,
    saving,
    settings,
    text_search,
    totals,
    vectors,
)
from engine.store.change import Change, changing
from engine.store.connection import CaseConnection
from engine.store.lock import WriterLock
from engine.store.records import FileFindings
from engine.store.sentences import Sentences

_T = TypeVar("_T")


class CaseStore:
    """One open case file; all reading methods give current rows only.

    List methods take ``limit``, ``offset`` and the filters of ``engine.store.reading`` (None: any)
    and keep the order in which rows were saved.
    """

    def __init__(
        self, connection: CaseConnection, case: Case, *, clock: Clock, read_only: bool, actor: str
    ) -> None:
        self.case = case
        self.path = connection.path
        self.read_only = read_only
        self.key = connection.key
        self.connection = connection
        self._clock = clock
        self._actor = actor
        self.lock = WriterLock(connection.path)
        self.sentences = Sentences(connection, self.check_writable)
        self.kept_names: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {}
        self.kept_vectors: dict[str, tuple[tuple[int, int], vectors.Vectors]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()
        self.lock.release()

    def now(self) -> datetime:
        return self._clock()

    def interrupt(self) -> None:
        """Stop the query that runs in another thread; it raises Cancelled there."""
        self.connection.interrupt()

    def snapshot(self) -> AbstractContextManager[None]:
        """Read one state of the case inside ``with``, whatever others write meanwhile."""
        return self.connection.snapshot()

    add_root = places.add_root
    roots = places.roots
    move_root = places.move_root
    copy_to = portable.copy_to
    change_settings = settings.change_settings
    settings = settings.settings
    begin_run = runs.begin_run
    finish_run = runs.finish_run
    add_issue = runs.add_issue
    clear_issues = runs.clear_issues

    # Findings

    def file(self, source_file_id: SourceFileId) -> SourceFile | None:
        return _first(self.files(id=source_file_id))

    def file_at(self, root: str, relative_path: str) -> SourceFile | None:
        return _first(self.files(root=root, relative_path=relative_path))

    def is_analyzed(self, sha256: str, signature: str) -> bool:
        """Tell whether this content's findings under these components are in the case.

        Content that gave neither Image nor Report is never said to be analyzed: nothing would be
        lost by reading it again.
        """
        return saving.holds_content(self.connection, sha256) and (
            saving.signature_of(self.connection, sha256) == signature
        )

    def is_file_saved(self, source_file_id: SourceFileId, signature: str) -> bool:
        """Tell whether this occurrence and its content's findings are in the case."""
        file = _first(self.files(id=source_file_id))
        return file is not None and saving.signature_of(self.connection, file.sha256) == signature

    def save_file(self, findings: FileFindings, run: Run) -> None:
        """Save one Source file with its findings in one transaction."""
        subject = f"{findings.file.root}/{findings.file.relative_path}"
        with self.change("save-file", subject, durable=False) as change:
            number = runs.run_number(self.connection, run.id)
            saving.save_findings(self.connection, change, findings, number)

    def is_linked(self, report_id: ReportId, signature: str) -> bool:
        return linking.linking_signature(self.connection, report_id) == signature

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
        with self.change("save-links", report_id, durable=False) as change:
            number = runs.run_number(self.connection, run.id)
            linking.save_report_links(
                self.connection, change, report_id, links, relations, signature=signature, run_number=number
            )

    place_regions = outlining.place_regions
    outlines = outlining.outlines

    # Reading

    counts = totals.counts
    coverage = coverage.coverage

    def files(self, **choice: Any) -> tuple[SourceFile, ...]:
        return reading.find(self.connection, reading.FILES, **choice)

    def images(self, **choice: Any) -> tuple[Image, ...]:
        return reading.find(self.connection, reading.IMAGES, **choice)

    def reports(self, **choice: Any) -> tuple[Report, ...]:
        return reading.find(self.connection, reading.REPORTS, **choice)

    def regions(self, **choice: Any) -> tuple[Region, ...]:
        return reading.find(self.connection, reading.REGIONS, **choice)

    def entities(self, **choice: Any) -> tuple[Entity, ...]:
        return reading.find(self.connection, reading.ENTITIES, **choice)

    def kind_of(self, finding_id: str) -> FindingKind | None:
        """Return what kind of current row has this id, None where there is none."""
        return next(
            (kind for kind in FindingKind if reading.current_numbers(self.connection, kind, [finding_id])),
            None,
        )

    def links(self, **choice: Any) -> tuple[Link, ...]:
        return reading.find_links(self.connection, **choice)

    def relations(self, **choice: Any) -> tuple[Relation, ...]:
        return reading.find_relations(self.connection, **choice)

    def issues(self, **choice: Any) -> tuple[Issue, ...]:
        return reading.find(self.connection, reading.ISSUES, **choice)

    def runs(self, **choice: Any) -> tuple[Run, ...]:
        return reading.find(self.connection, reading.RUNS, **choice)

    def components(self, **choice: Any) -> tuple[Component, ...]:
        return reading.find(self.connection, reading.COMPONENTS, **choice)

    def reviews(self, **choice: Any) -> tuple[Review, ...]:
        """Return Reviews so that the last one about a finding counts: imported ones come first."""
        return reading.find(self.connection, reading.REVIEWS, **choice)

    def audit(self, **choice: Any) -> tuple[AuditEntry, ...]:
        return reading.find(self.connection, reading.AUDIT, **choice)

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

    def looked_for(self, image_id: ImageId) -> frozenset[str]:
        """Return every label that a component which examined this Image could have found."""
        return reading.labels_looked_for(self.connection, image_id)

    def pairs(self) -> tuple[tuple[ImageId, ReportId], ...]:
        """Return the Images and Reports that have a Relation."""
        return reading.related_pairs(self.connection)

    # Analysts' rows

    add_review = opinions.add_review
    add_reviews = opinions.add_reviews
    import_decisions = opinions.import_decisions
    latest_review = opinions.latest_review
    add_bookmark = opinions.add_bookmark
    remove_bookmark = opinions.remove_bookmark
    bookmarks = opinions.bookmarks
    save_search = opinions.save_search
    remove_search = opinions.remove_search
    saved_searches = opinions.saved_searches
    mark_seen = opinions.mark_seen
    seen = opinions.seen

    # Search and vectors

    search_text = text_search.search_text
    search_expression = text_search.search_expression
    concepts_in_use = mentions.concepts_in_use
    labels_in_use = mentions.labels_in_use
    weigh_mentions = mentions.weigh_mentions
    mentions_in = mentions.mentions_in
    texts_of = mentions.texts_of
    sections_of = mentions.sections_of
    sightings = mentions.sightings
    verdicts = mentions.verdicts
    rebuild_search = text_search.rebuild
    thumbnail = vectors.read_thumbnail
    perceptual_hashes = vectors.read_perceptual_hashes
    near_duplicates_of = vectors.near_duplicates_of
    save_vectors = vectors.save_vectors
    forget_vectors = vectors.forget_vectors
    vectors = vectors.read_vectors

    # Audit

    append_audit = chain.append_audit
    note_action = chain.note_action
    audit_head = chain.audit_head
    check_audit = chain.check_audit

    def check_writable(self) -> None:
        if self.read_only:
            raise CaseReadOnly(f"{self.path} was opened for reading only; open it for writing")

    @contextmanager
    def change(
        self,
        action: str,
        subject: str,
        *,
        actor: str = "",
        at: datetime | None = None,
        durable: bool = True,
    ) -> Iterator[Change]:
        """Change the case in one transaction under one audit entry; for this package alone."""
        self.check_writable()
        with changing(
            self.connection,
            at=at or self.now(),
            actor=actor or self._actor,
            action=action,
            subject=subject,
            durable=durable,
        ) as change:
            yield change


def _first(rows: tuple[_T, ...]) -> _T | None:
    return rows[0] if rows else None
