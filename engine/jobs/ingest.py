"""Folders of images and reports become a linked case. This module tells the whole story:

walk → hash → read (in child processes) → analyze (in a second thread) → store, a transaction per file
→ link. While a batch is analyzed, the one before it is stored and the next one read.
Running it again is the way to resume: what is stored under the same components is skipped.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from engine.clock import Clock
from engine.errors import EngineError, NotReadable, ReadError, UsageError
from engine.jobs.analysis import Analysis, Reading
from engine.jobs.batch import Batch, BatchFindings, analyze_batch
from engine.jobs.image_vectors import save_image_vectors
from engine.jobs.link import Linking, link_case
from engine.jobs.outlines import OUTLINES
from engine.jobs.rates import learn
from engine.jobs.reading import DecodePool
from engine.jobs.references import resolve_references
from engine.jobs.relay import Relay
from engine.jobs.sentences import index_sentences, keep_sentences
from engine.jobs.summary import IngestSummary, summary_of
from engine.jobs.survey import Found, survey
from engine.jobs.unpacking import Answer, Unpacking
from engine.model.runs import Issue, Run, RunOutcome
from engine.progress import Progress, ReportProgress
from engine.protocols import ReadOptions
from engine.store import CaseStore, FileFindings

_NO_CONTAINERS = ("image/", "text/plain", "application/dicom")


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """What the user chose; ``retry`` reads again the files that became Issues.

    ``profile``: ``full`` or ``fast``; empty: as the case's settings say.
    """

    device: str = "cpu"
    profile: str = ""
    retry: bool = False
    reading: ReadOptions = field(default_factory=ReadOptions)
    seed: int = 0


def ingest(
    store: CaseStore,
    paths: Sequence[Path],
    *,
    options: IngestOptions,
    clock: Clock,
    progress: ReportProgress,
) -> IngestSummary:
    """Bring evidence folders or files into the case, then link pictures and words.

    One bad file becomes an Issue. Raises UsageError where a path does not exist, ModelError
    where a model cannot be loaded, CaseError where the case cannot be written, Cancelled.
    """
    started_s = time.monotonic()
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder {path}")
    with DecodePool() as pool:
        pool.start()  # while the models are loaded here
        progress(Progress(step="load", done=0, total=0, item="models"))
        settings = store.settings()
        options = replace(options, profile=options.profile or settings.profile)
        analysis = Analysis.load(
            store.case.kind, profile=options.profile, device=options.device, left_out=settings.left_out
        )
        linking = Linking.load()
        loaded_s = time.monotonic()
        components = (*analysis.components, OUTLINES, *linking.components)
        earlier = store.runs()
        interrupted = bool(earlier) and earlier[-1].outcome is not RunOutcome.FINISHED
        run = store.begin_run("ingest", components, device=options.device, seed=options.seed)
        outcome = RunOutcome.CANCELLED
        try:
            intake = _Intake(store, analysis, run, options, clock, progress, interrupted=interrupted)
            intake.take(paths, pool)
            resolve_references(store, run=run, clock=clock)
            index_sentences(store, progress=progress)
            link_case(store, linking, run=run, progress=progress)
            outcome = RunOutcome.FINISHED
        except EngineError:
            outcome = RunOutcome.FAILED
            raise
        finally:
            store.finish_run(run, outcome)
    ended_s = time.monotonic()
    learn(f"{store.case.kind} {options.profile}", intake.read_by, ended_s - loaded_s)
    return summary_of(store, ended_s - started_s)


class _Intake:
    """The state of one ingest: what is waiting to be analyzed, and how far it is."""

    def __init__(
        self,
        store: CaseStore,
        analysis: Analysis,
        run: Run,
        options: IngestOptions,
        clock: Clock,
        progress: ReportProgress,
        *,
        interrupted: bool,
    ) -> None:
        self._interrupted = interrupted
        self._store = store
        self._analysis = analysis
        self._run = run
        self._options = options
        self._clock = clock
        self._progress = progress
        self.read_by: Counter[str] = Counter()
        self._copies: list[Found] = []
        self._done = 0
        self._total = 0

    def take(self, paths: Sequence[Path], pool: DecodePool) -> None:
        """Read, analyze and store every file that is new under these components."""
        found = [each for path in paths for each in survey(self._store, path)]
        self._total = len(found)
        reading = replace(self._options.reading, scans=self._options.profile == "full")
        analyze = partial(analyze_batch, self._analysis)
        relay = Relay(analyze, self._save, meanwhile=lambda: self._tell("analyze", ""))
        with Unpacking(reading, self._wait) as unpacking, relay:
            self._read(unpacking.read_all(pool, self._new(found)), relay)
            # Only now is it known what came of the first of several copies.
            self._read(unpacking.read_all(pool, self._unlike(self._copies)), relay)

    def _read(self, answers: Iterator[Answer], relay: Relay[Batch, BatchFindings]) -> None:
        batch = Batch()
        for answer in answers:
            if isinstance(answer.outcome, ReadError):
                self._refuse(answer.found, answer.outcome)
                continue
            self.read_by[answer.outcome.component.name] += 1
            batch.add(Reading(file=answer.found.file, decoded=answer.outcome))
            if batch.is_full:
                relay.hand_over(batch)
                batch = Batch()
        if batch.readings:
            relay.hand_over(batch)
        relay.finish()

    def _new(self, found: Sequence[Found]) -> Iterator[Found]:
        """Yield what must be read; a file that is stored already, or known content, is not."""
        begun: set[str] = set()
        for each in found:
            self._tell("read", each.file.relative_path)
            if isinstance(each.trouble, NotReadable):
                self._refuse(each, each.trouble)
            elif self._is_done(each):
                self._done += 1
            elif each.file.sha256 in begun:
                self._copies.append(each)
            elif not self._may_lack_members(each) and self._is_known(each):
                self._keep(each)
            else:
                begun.add(each.file.sha256)
                yield each

    def _unlike(self, copies: Sequence[Found]) -> Iterator[Found]:
        """Yield the copies that must be read themselves, and keep the others as they are."""
        for each in copies:
            if self._is_known(each):
                self._keep(each)
            else:
                yield each

    def _is_known(self, each: Found) -> bool:
        """Tell whether this content was analyzed, and whole: an Issue or a member is each copy's own."""
        sha256 = each.file.sha256
        return self._store.is_analyzed(sha256, self._analysis.signature) and not any(
            self._store.issues(source_file_id=copy.id, limit=1)
            or self._store.files(parent_id=copy.id, limit=1)
            for copy in self._store.files(sha256=sha256)
        )

    def _keep(self, each: Found) -> None:
        """Record one more occurrence of content that is in the case."""
        self._store.clear_issues(each.file.root, each.file.relative_path)
        kinds = (known.media_type for known in self._store.files(sha256=each.file.sha256))
        # Which copy was read may differ from run to run; what is recorded of the others must not.
        file = replace(each.file, media_type=next(filter(None, kinds), each.file.media_type))
        self._store.save_file(self._empty(Found(file=file)), self._run)
        self._done += 1

    def _is_done(self, each: Found) -> bool:
        if (self._options.retry and self._has_failed(each)) or self._may_lack_members(each):
            return False
        return self._store.is_file_saved(each.file.id, self._analysis.signature)

    def _has_failed(self, each: Found) -> bool:
        """Tell whether there is an Issue of the file or of anything inside it."""
        file = each.file
        return bool(
            self._store.issues(source_file_id=file.id, limit=1)
            or self._store.issues(root=file.root, inside=file.relative_path, limit=1)
        )

    def _may_lack_members(self, each: Found) -> bool:
        """Tell whether an interrupted run may have stored a container but not yet all that is in it.

        It is read again then; saving what is there already changes nothing.
        """
        stored = self._store.file_at(each.file.root, each.file.relative_path) if self._interrupted else None
        return stored is not None and not stored.media_type.startswith(_NO_CONTAINERS)

    def _save(self, found: BatchFindings) -> None:
        """Commit what was found, one transaction per file."""
        for findings, remarks in found.files:
            file = findings.file
            self._store.clear_issues(file.root, file.relative_path)
            self._store.save_file(findings, self._run)
            for remark in remarks:
                self._store.add_issue(self._issue(Found(file=file), "PartlyRead", remark))
            self._done += 1
            self._tell("analyze", file.relative_path)
        keep_sentences(self._store, [report for findings, _ in found.files for report in findings.reports])
        save_image_vectors(self._store, found.vectors)

    def _refuse(self, found: Found, reason: ReadError) -> None:
        """Keep the file's row and its hash, and say why there is nothing from it."""
        self._store.clear_issues(found.file.root, found.file.relative_path)
        if found.file.sha256:
            self._store.save_file(self._empty(found), self._run)
        self._store.add_issue(self._issue(found, type(reason).__name__, str(reason)))
        self._done += 1
        self._tell("read", found.file.relative_path)

    def _empty(self, found: Found) -> FileFindings:
        return FileFindings(file=found.file, signature=self._analysis.signature)

    def _issue(self, found: Found, error: str, message: str) -> Issue:
        return Issue(
            run_id=self._run.id,
            root=found.file.root,
            relative_path=found.file.relative_path,
            step="read",
            error=error,
            message=message,
            at=self._clock(),
            source_file_id=found.file.id if found.file.sha256 else None,
        )

    def _tell(self, step: str, item: str) -> None:
        self._progress(Progress(step=step, done=self._done, total=self._total, item=item))

    def _wait(self, found: Found) -> None:
        """Say which file all are waiting for, so that the user can go on without it."""
        item = found.file.relative_path
        self._progress(Progress(step="read", done=self._done, total=self._total, item=item, can_skip=True))
