"""Facts about the selection: source and hash, attributes, cues in words, decisions."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QTextBrowser, QWidget

from desktop.dialogs.texts import column, frame, named
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.theme import colors_of
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.facts import facts_html


class Inspector(QWidget):
    """Follows the selection; the verdict buttons are those of the action table."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.facts = named(QTextBrowser(), self.tr("Facts about the selection"))
        self.facts.setOpenLinks(False)
        self.facts.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.facts.document().setDocumentMargin(12)
        verdicts = frame("panel")
        grid = QGridLayout(verdicts)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(4)
        for place, name in enumerate(("confirm", "reject", "note", "undo")):
            grid.addWidget(button(actions, name, with_text=True), place // 2, place % 2)
        column(self.facts, verdicts, parent=self)
        self.setMinimumWidth(270)
        session.selected.connect(lambda _selection: self._show())
        session.decided.connect(lambda _target: self._show())
        session.case_changed.connect(self._show)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()

    def _show(self) -> None:
        store, decisions = self._session.store, self._session.decisions
        chosen: Selection = self._session.selection
        if store is None or decisions is None:
            self.facts.clear()
            return
        self.facts.setHtml(facts_html(store, decisions, chosen, colors_of(self.palette())))
