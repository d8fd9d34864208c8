"""The first thing one sees: what this is, recent cases, samples, new and open."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.dialogs.texts import label
from desktop.item_models.wording import step_words
from desktop.session.intake import build_sample
from desktop.session.jobs import JobEnd, JobProgress
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.progress_words import progress_words
from engine.messages import Kind
from engine.settings import samples_dir

_WIDTH_PX = 780
_LEAST_WIDTH_PX = 600


class WelcomePage(QWidget):
    """``case_chosen`` carries the path of a recent or sample case."""

    case_chosen = Signal(str)

    def __init__(
        self, session: Session, actions: Actions, samples: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._samples = samples
        self._recent = _CaseColumn(self.tr("Recent cases"), self.tr("Cases that you open appear here."))
        self._sample = _SampleColumn(session, (samples, samples_dir()))
        buttons = QHBoxLayout()
        for name, text, role in (
            ("new", self.tr("New case"), "primary"),
            ("open", self.tr("Open case"), ""),
            ("models", self.tr("Models and training"), ""),
        ):
            button = QPushButton(text)
            button.setProperty("role", role or None)
            button.clicked.connect(actions[name].trigger)
            buttons.addWidget(button)
        buttons.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        for column in (self._recent, self._sample):
            columns.addWidget(column, 1)
            column.chosen.connect(self.case_chosen)
        inside = QVBoxLayout()
        inside.setSpacing(12)
        inside.addWidget(label(self.tr("Casebook"), "title"))
        inside.addWidget(
            label(
                self.tr(
                    "Brings pictures and words together: which region, which phrase, why, and where they "
                    "contradict each other. Everything stays on this workstation."
                ),
                "muted",
                wraps=True,
            )
        )
        inside.addSpacing(6)
        inside.addLayout(buttons)
        inside.addSpacing(10)
        inside.addLayout(columns)
        drop = self.tr("Or drop a case, or folders and files of evidence, anywhere on this window.")
        inside.addWidget(label(drop, "muted"))
        inside.addSpacing(14)
        inside.addLayout(self._steps())
        center = QWidget()
        center.setMaximumWidth(_WIDTH_PX)
        center.setMinimumWidth(_LEAST_WIDTH_PX)
        center.setLayout(inside)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        # Stretches and not an alignment, which reckons the height of wrapped words for another width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(center)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)
        self.refresh()

    def _steps(self) -> QHBoxLayout:
        """Tell in three steps how one works here."""
        row = QHBoxLayout()
        row.setSpacing(22)
        for number, title, words in (
            (
                "1",
                self.tr("Add evidence"),
                self.tr("Drop folders of images and reports; they are only read."),
            ),
            (
                "2",
                self.tr("Look at what is tied"),
                self.tr("Phrases and regions light each other up; contradictions come first."),
            ),
            (
                "3",
                self.tr("Decide and export"),
                self.tr("Confirm or reject with one key; the PDF says who decided what."),
            ),
        ):
            step = QVBoxLayout()
            step.setSpacing(2)
            step.addWidget(label(f"{number}   {title}", "section"))
            step.addWidget(label(words, "muted", wraps=True))
            step.addStretch(1)
            row.addLayout(step, 1)
        return row

    def refresh(self) -> None:
        """Read the recent and sample cases again."""
        self._recent.show_cases(self._session.preferences.recent_cases())
        self._sample.refresh()


class _CaseColumn(QFrame):
    """A titled card of case files as buttons."""

    chosen = Signal(str)

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._empty = empty
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 14)
        self._layout.setSpacing(4)
        self._layout.addWidget(label(title, "section"))
        self._rows = QWidget()
        self._layout.addWidget(self._rows)

    def show_cases(self, cases: tuple[Path, ...]) -> None:
        self._layout.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for case in cases:
            row = QPushButton(case.stem)
            row.setProperty("role", "quiet")
            row.setToolTip(str(case))
            row.setAccessibleName(self.tr("Open case {0}").format(case.stem))
            row.clicked.connect(lambda _checked=False, path=str(case): self.chosen.emit(path))
            where = label(_shortened(case.parent), "muted")
            where.setIndent(6)
            rows.addWidget(row)
            rows.addWidget(where)
        if not cases and self._empty:
            rows.addWidget(label(self._empty, "muted", wraps=True))
        rows.addStretch(1)
        self._layout.addWidget(self._rows, 1)


class _SampleColumn(_CaseColumn):
    """The sample cases: those that are there open, the others are built first, which takes a minute."""

    def __init__(
        self, session: Session, folders: tuple[Path | None, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Sample cases"), "", parent)
        self._session = session
        self._folders = tuple(folder for folder in folders if folder is not None)
        self._building = ""
        self._said = label("", "muted", wraps=True)
        self._layout.addWidget(self._said)
        session.jobs.progressed.connect(self._on_progress)

    def refresh(self) -> None:
        found = {path.stem: path for folder in reversed(self._folders) for path in _cases_below(folder)}
        self.show_cases(tuple(found.values()))
        for name, title in (
            ("chest_radiographs", self.tr("Build the medical sample")),
            ("scene_photographs", self.tr("Build the forensic sample")),
        ):
            if name not in found:
                self.add_button(title, name, enabled=not self._building)
        self._said.setText(
            self.tr("Building takes about a minute: evidence is made, read, linked and reported.")
            if not self._building and len(found) < 2
            else ""
        )

    def add_button(self, title: str, name: str, *, enabled: bool) -> None:
        """Offer to build a sample."""
        row = QPushButton(title)
        row.setProperty("role", "quiet")
        row.setEnabled(enabled)
        row.clicked.connect(lambda: self._build(name))
        rows = self._rows.layout()
        assert isinstance(rows, QVBoxLayout)
        rows.insertWidget(rows.count() - 1, row)

    def _build(self, name: str) -> None:
        self._building = name
        build_sample(self._session, name, samples_dir(), self._on_built)
        self.refresh()

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.verb == "sample":
            words = [step_words(progress.step), *progress_words(progress)]
            self._said.setText(" · ".join(words))

    def _on_built(self, end: JobEnd) -> None:
        self._building = ""
        self.refresh()
        if end.kind is Kind.FINISHED:
            if self._session.store is None:
                self.chosen.emit(str(end.body["path"]))
        elif end.kind is Kind.FAILED:
            self._said.setText(str(end.body.get("message", "")))


def _shortened(folder: Path) -> str:
    """Return a folder with the home folder as ~, and its middle left out where it is long."""
    text = str(folder).replace(str(Path.home()), "~", 1)
    return text if len(text) <= 44 else f"{text[:18]}…{text[-24:]}"


def _cases_below(folder: Path) -> list[Path]:
    """Return the case files below a folder, which may change meanwhile: a sample is being built there."""
    files = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
    return sorted(file for file in files if file.suffix == ".casebook")
