"""The first thing one sees: what this is, recent cases, samples, new and open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.dialogs.texts import label
from desktop.session.session import Session
from desktop.views.actions import Actions

_WIDTH_PX = 780


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
        self._sample = _CaseColumn(
            self.tr("Sample cases"), self.tr("“casebook demo” builds the sample cases.")
        )
        new = QPushButton(self.tr("New case"))
        new.setProperty("role", "primary")
        new.clicked.connect(actions["new"].trigger)
        open_ = QPushButton(self.tr("Open case"))
        open_.clicked.connect(actions["open"].trigger)
        buttons = QHBoxLayout()
        for each in (new, open_):
            buttons.addWidget(each)
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
        inside.addWidget(label(self.tr("Or drop a .casebook file on this window."), "muted"))
        inside.addSpacing(14)
        inside.addLayout(self._steps())
        center = QWidget()
        center.setFixedWidth(_WIDTH_PX)
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
        found = sorted(self._samples.rglob("*.casebook")) if self._samples and self._samples.is_dir() else []
        self._sample.show_cases(tuple(found))
        self._sample.setVisible(bool(found))


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
        if not cases:
            rows.addWidget(label(self._empty, "muted", wraps=True))
        rows.addStretch(1)
        self._layout.addWidget(self._rows, 1)


def _shortened(folder: Path) -> str:
    """Return a folder with the home folder as ~, and its middle left out where it is long."""
    text = str(folder).replace(str(Path.home()), "~", 1)
    return text if len(text) <= 44 else f"{text[:18]}…{text[-24:]}"
