"""What the case holds, in numbers that lead on, and where evidence is added."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.dialogs.texts import column, label, scrolled
from desktop.item_models.wording import coverage_words, date_words, number_words
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.progress_card import ProgressCard
from engine.model.evidence import CaseKind
from engine.store import CaseCounts
from engine.store.triage import count_contradictions


class OverviewPage(QWidget):
    """The first page of an open case; ``wanted`` carries the name of the action of a card."""

    wanted = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._name = label("", "title")
        self._about = label("", "muted", wraps=True)
        self._folders = label("", "muted", wraps=True)
        self._coverage = label("", "muted", wraps=True)
        self._cards = {
            name: _Card(name, title, self)
            for name, title in (
                ("images", self.tr("Images")),
                ("reports", self.tr("Reports")),
                ("pair", self.tr("Links")),
                ("contradictions", self.tr("Contradictions")),
                ("issues", self.tr("Issues")),
                ("decided", self.tr("Decided by a person")),
            )
        }
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, card in enumerate(self._cards.values()):
            grid.addWidget(card, place // 3, place % 3)
            card.clicked.connect(self.wanted)
        self.progress = ProgressCard()
        drop = QFrame()
        drop.setProperty("role", "card")
        inside = QVBoxLayout(drop)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.addWidget(label(self.tr("Add evidence"), "heading"))
        inside.addWidget(
            label(
                self.tr(
                    "Drop folders or files anywhere on this window. They are only read, never changed, and "
                    "every file is recorded with its SHA-256."
                ),
                "muted",
                wraps=True,
            )
        )
        add = QPushButton(self.tr("Add evidence folder…"))
        add.clicked.connect(actions["ingest_folder"].trigger)
        inside.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._folders)
        inside.addWidget(self._coverage)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(36, 28, 36, 28)
        layout.setSpacing(12)
        for each in (self._name, self._about):
            layout.addWidget(each)
        layout.addSpacing(6)
        layout.addLayout(grid)
        layout.addWidget(self.progress)
        layout.addWidget(drop)
        layout.addStretch(1)
        column(scrolled(page), parent=self)
        session.case_changed.connect(self._show_if_seen)
        session.content_changed.connect(self._show_if_seen)
        session.decided.connect(lambda _target: self._show_if_seen())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _show_if_seen(self) -> None:
        """Count nothing for a page that is out of view; it is shown anew when one comes back."""
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        store, counts = self._session.store, self._session.counts()
        if store is None or counts is None:
            return
        case = store.case
        kind = self.tr("Medical case") if case.kind is CaseKind.MEDICAL else self.tr("Forensic case")
        facts = (kind, case.reference, case.examiner, date_words(case.created_at), str(store.path))
        self._name.setText(case.name or store.path.stem)
        self._about.setText("  ·  ".join(part for part in facts if part))
        roots = [f"{root.label}: {root.path}" for root in store.roots()]
        self._folders.setText("\n".join(roots))
        self._coverage.setText(coverage_words(store.coverage()) if counts.files or counts.issues else "")
        self._fill(counts)
        if self._session.decisions is not None:
            standing = self._session.decisions.all_standing()
            self.progress.show_progress(
                counts, standing, count_contradictions(store, [each.target_id for each in standing])
            )

    def _fill(self, counts: CaseCounts) -> None:
        decisions = self._session.decisions
        cards = self._cards
        cards["images"].show_number(
            counts.images, self.tr("{0} regions").format(number_words(counts.regions))
        )
        cards["reports"].show_number(
            counts.reports, self.tr("{0} phrases").format(number_words(counts.entities))
        )
        cards["pair"].show_number(
            counts.links, self.tr("{0} image–report pairs").format(number_words(counts.relations))
        )
        cards["contradictions"].show_number(
            counts.contradictions, self.tr("worst first, to be decided by you")
        )
        cards["issues"].show_number(counts.issues, self.tr("files that could not be read"))
        cards["decided"].show_number(
            decisions.count if decisions else 0, self.tr("findings confirmed, rejected or corrected")
        )


class _Card(QFrame):
    """A number with its words; a click or Enter leads to what it counts."""

    clicked = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._title = name, title
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._number = QLabel("0")
        self._number.setProperty("role", "big-number")
        self._words = label("", "muted", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 12)
        layout.setSpacing(2)
        for each in (label(title, "section"), self._number, self._words):
            layout.addWidget(each)
        layout.addStretch(1)

    def show_number(self, number: int, words: str) -> None:
        self._number.setText(number_words(number))
        self._words.setText(words)
        self.setAccessibleName(f"{self._title}: {number}, {words}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self._name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self._name)
        else:
            super().keyPressEvent(event)
