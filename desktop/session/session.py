"""The state behind the window: the open case, what is selected, what runs, what was decided."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.background import Background
from desktop.engine_client import EngineClient, worker_command
from desktop.session.decisions import Decisions
from desktop.session.jobs import JobEnd, JobProgress, Jobs
from desktop.session.preferences import Preferences
from desktop.session.previews import Previews
from desktop.session.queries import Queries
from desktop.session.selection import Selection
from desktop.session.shelf import Shelf
from engine.clock import Clock, system_clock
from engine.errors import CaseEncrypted, CaseError, CaseTooOld, EngineError
from engine.messages import Kind
from engine.model.evidence import CaseKind
from engine.model.findings import FindingKind, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import ImageId, RegionId
from engine.store import CaseCounts, CaseStore, key_of, open_case

# While files come in, the window reads the case again this often at most.
_REFRESH_MS = 1_000


class Session(QObject):
    """Everything that the views share; they speak to each other through its signals only.

    Signals: ``case_changed`` another case is open, or none; ``content_changed`` rows came in;
    ``selected`` the Selection moved; ``decided`` a verdict on the finding with this id;
    ``locked`` a case needs its passphrase (its path, and why the one given does not open it);
    ``outdated`` a case has an older format (its path, its passphrase);
    ``failed`` one line that the user must read; ``noted`` one line for the status bar.
    """

    case_changed = Signal()
    content_changed = Signal()
    selected = Signal(object)
    decided = Signal(str)
    locked = Signal(object, str)
    outdated = Signal(object, str)
    failed = Signal(str)
    noted = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        preferences: Preferences | None = None,
        clock: Clock = system_clock,
        command: Callable[[str], Sequence[str]] = worker_command,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.preferences = preferences or Preferences()
        self.background = Background(self)
        self._engines = [EngineClient(command(role), self) for role in ("job", "query", "training")]
        self.job_engine, self.query_engine, self.training_engine = self._engines
        self.jobs = Jobs(self.job_engine, self)
        self.queries = Queries(self.query_engine, self, examiner=lambda: self.examiner)
        self.previews = Previews(self.query_engine, self.background, self)
        self.shelf = Shelf(self.query_engine, self.training_engine, self)
        self.store: CaseStore | None = None
        self.is_read_only = False
        self.decisions: Decisions | None = None
        self.selection = Selection()
        self._counts: CaseCounts | None = None
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self.reload)
        self.jobs.progressed.connect(self._on_progress)
        self.queries.failed.connect(self.noted)
        for engine in self._engines:
            engine.trouble.connect(self.failed)
        self.query_engine.ready_changed.connect(self._on_query_engine_ready)

    @property
    def examiner(self) -> str:
        """Who decides: the examiner of this workstation, else of the case."""
        named = self.preferences.examiner()
        return named or (self.store.case.examiner if self.store else "")

    def open(self, path: Path, passphrase: str = "", *, read_only: bool = False) -> bool:
        """Open a case; says why in ``failed`` where that is impossible and keeps what is open.

        An encrypted case whose passphrase is missing or wrong is asked for with ``locked``. One that
        cannot be written, or is opened ``read_only``, takes neither decisions nor evidence.
        """
        path = path.resolve()
        try:
            key = key_of(path, passphrase) if passphrase else None
            store = open_case(path, clock=self._clock, read_only=True, key=key)
        except CaseEncrypted as error:
            self.locked.emit(path, str(error) if passphrase else "")
            return False
        except CaseTooOld:
            self.outdated.emit(path, passphrase)
            return False
        except EngineError as error:
            self.failed.emit(str(error))
            return False
        self.close()
        self.store = store
        self.is_read_only = read_only or not all(os.access(each, os.W_OK) for each in (path, path.parent))
        self.decisions = Decisions(store.path, self._clock, store.key)
        self.decisions.load(store)
        if store.key:
            self.job_engine.keys = self.query_engine.keys = {str(store.path): store.key.as_text()}
        self.previews.open(store.path)
        self.preferences.add_recent(store.path)
        self.selection = Selection()
        self.case_changed.emit()
        self.selected.emit(self.selection)
        return True

    def close(self) -> None:
        """Leave the open case; nothing needs to be saved."""
        if self.store is None:
            return
        self.background.forget()
        self.queries.close()
        self.previews.close()
        self.store.close()
        self.store = self.decisions = self._counts = None
        self.job_engine.keys = self.query_engine.keys = {}
        self.selection = Selection()
        self.case_changed.emit()

    def shut_down(self) -> None:
        """End both engine processes and all threads; the last call before the window goes."""
        self._refresh.stop()
        self.close()
        self.background.stop()
        for engine in self._engines:
            engine.begin_stop()
        for engine in self._engines:
            engine.stop()
        self.preferences.save()

    def warm_up(self) -> None:
        """Let the query worker load; called once the first window is there."""
        if self.store is not None:
            self.queries.open(self.store.path, read_only=self.is_read_only)

    def new_case(
        self, path: Path, *, kind: CaseKind, name: str, reference: str, examiner: str, passphrase: str = ""
    ) -> None:
        """Create a case in the job worker, encrypted by a ``passphrase`` where there is one, and open it."""

        def then(end: JobEnd) -> None:
            if end.kind is Kind.FINISHED and self.open(path, passphrase):
                self.warm_up()

        words = {"path": str(path), "kind": kind.value, "name": name, "reference": reference}
        self._run("new", {**words, "examiner": examiner, "passphrase": passphrase}, then)

    def ingest(self, paths: Sequence[Path], *, retry: bool = False) -> None:
        """Bring folders and files into the open case."""
        if self.store is not None and paths and self._may_write():
            words = {"case": str(self.store.path), "paths": [str(path) for path in paths], "retry": retry}
            self._run("ingest", words, lambda _: self._after_ingest())

    def export(self, out: Path, then: Callable[[JobEnd], None], **options: object) -> None:
        """Write a report; the format is the suffix of ``out`` unless ``options`` name one."""
        if self.store is not None:
            words = {"case": str(self.store.path), "out": str(out), "format": "", **options}
            self._run("export", words, then)

    def reload(self) -> None:
        """Read the case again: rows came in."""
        if self.store is not None and self.decisions is not None:
            self.decisions.load(self.store)
            self._counts = None
            self.content_changed.emit()

    def counts(self) -> CaseCounts | None:
        """Return how much the case holds, counted once for every change of it; decisions as they stand."""
        if self.store is None or self.decisions is None:
            return None
        self._counts = self._counts or self.store.counts()
        return replace(self._counts, reviews=self.decisions.count)

    def select(self, selection: Selection) -> None:
        if selection != self.selection:
            self.selection = selection
            self.selected.emit(selection)

    def select_something(self) -> None:
        """Select the first Image, or the first Report, where nothing is selected yet."""
        if self.store is not None and self.selection.image_id is None and self.selection.report_id is None:
            for image in self.store.images(limit=1):
                self.select(Selection(image_id=image.id))
                return
            for report in self.store.reports(limit=1):
                self.select(Selection(report_id=report.id))

    def refine(self, **changes: object) -> None:
        """Change parts of the selection and keep the rest."""
        self.select(replace(self.selection, **changes))  # type: ignore[arg-type]

    def target(self) -> tuple[FindingKind, str] | None:
        """Return the finding that a verdict now would be about: the link before its two ends."""
        chosen = self.selection
        for kind, identity in (
            (FindingKind.LINK, chosen.link_id),
            (FindingKind.ENTITY, chosen.entity_id),
            (FindingKind.REGION, chosen.region_id),
        ):
            if identity is not None:
                return kind, identity
        return None

    def decide(
        self, verdict: Verdict, *, note: str = "", label: str = "", polygons: Sequence[Polygon] = ()
    ) -> None:
        """Write a verdict on the selected finding."""
        target = self.target()
        if target is not None and self.decisions is not None:
            kind, identity = target
            decisions = self.decisions
            self._write(
                lambda: (
                    decisions.decide(
                        kind,
                        identity,
                        verdict,
                        examiner=self.examiner,
                        note=note,
                        label=label,
                        polygons=polygons,
                    ).target_id
                )
            )

    def draw(self, image_id: ImageId, label: str, polygons: Sequence[Polygon]) -> None:
        """Add a Region that the examiner drew on an Image, and select it."""
        decisions = self.decisions
        if decisions is None:
            return
        drawn = self._write(lambda: decisions.draw(image_id, label, polygons, examiner=self.examiner))
        if drawn:
            self.refine(image_id=image_id, region_id=RegionId(drawn), entity_id=None, link_id=None)

    def undo(self) -> None:
        decisions = self.decisions
        if decisions is not None and decisions.can_undo:
            self._write(lambda: decisions.undo(examiner=self.examiner))

    def redo(self) -> None:
        decisions = self.decisions
        if decisions is not None and decisions.can_redo:
            self._write(lambda: decisions.redo(examiner=self.examiner))

    def _write(self, change: Callable[[], str]) -> str:
        """Write and tell everyone; return the id of the finding, empty where it could not be written."""
        if not self._may_write():
            return ""
        try:
            target_id = change()
        except CaseError as error:
            self.failed.emit(str(error))
            return ""
        self.decided.emit(target_id)
        return target_id

    def _may_write(self) -> bool:
        if self.is_read_only:
            self.failed.emit(self.tr("This case is open for reading only; nothing was written."))
        return not self.is_read_only

    def _run(self, verb: str, words: Mapping[str, object], then: Callable[[JobEnd], None]) -> None:
        def ended(end: JobEnd) -> None:
            if end.kind is Kind.FAILED:
                self.failed.emit(str(end.body.get("message", "")))
            then(end)

        self.jobs.run(verb, words, ended)

    def _after_ingest(self) -> None:
        self._refresh.stop()
        self.reload()
        self.warm_up()

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.verb == "ingest" and not self._refresh.isActive():
            self._refresh.start()

    def _on_query_engine_ready(self, ready: bool) -> None:
        """A query worker that was started again has forgotten the case."""
        if not ready:
            self.queries.close()
        elif not self.queries.is_warm and not self.queries.is_opening:
            self.warm_up()
