"""Facts about the selection: source and hash, attributes, cues in words, decisions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QGridLayout, QTextBrowser, QWidget

from desktop.dialogs.texts import column, frame, label, named
from desktop.item_models.alike import near_duplicate_words
from desktop.session.beside import read_beside
from desktop.session.marks import Marks
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.theme import colors_of
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.facts import facts_html
from engine.model.ids import ImageId

_LOOK_MS = 300


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
        self.bookmark = label("", "decided", wraps=True)
        self.bookmark.setMargin(8)
        self.bookmark.hide()
        self._marks: Marks | None = None
        column(self.facts, self.bookmark, verdicts, parent=self)
        self.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self.setMinimumWidth(270)
        self._image_id: ImageId | None = None
        self._alike = ""
        self._look = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look.timeout.connect(self._look_for_alike)
        session.selected.connect(self._follow)
        session.decided.connect(lambda _target: self._show())
        session.case_changed.connect(self._show)

    def show_marks(self, marks: Marks) -> None:
        """Say from now on which bookmark is on the selection."""
        self._marks = marks
        marks.changed.connect(self._show_mark)
        self._session.selected.connect(lambda _selection: self._show_mark())

    def _show_mark(self) -> None:
        target = self._marks.target() if self._marks is not None else None
        standing = self._marks.of(target[1]) if self._marks is not None and target else None
        self.bookmark.setVisible(standing is not None)
        if standing is not None:
            self.bookmark.setText(self.tr("⚑ Bookmark: {0}").format(standing.title))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()

    def _follow(self, chosen: Selection) -> None:
        if chosen.image_id != self._image_id:
            self._image_id, self._alike = chosen.image_id, ""
            self._look.start()
        self._show()

    def _look_for_alike(self) -> None:
        """Compare the Image with all others, once the selection rests on it."""
        image_id = self._image_id
        if image_id is not None:
            read_beside(
                self._session,
                lambda store: near_duplicate_words(store, image_id),
                lambda words: self._tell_alike(image_id, words),
            )

    def _tell_alike(self, image_id: ImageId, words: str) -> None:
        if words and image_id == self._image_id:
            self._alike = words
            place = self.facts.verticalScrollBar().value()
            self._show()
            self.facts.verticalScrollBar().setValue(place)

    def _show(self) -> None:
        store, decisions = self._session.store, self._session.decisions
        chosen: Selection = self._session.selection
        if store is None or decisions is None:
            self.facts.clear()
            return
        self.facts.setHtml(facts_html(store, decisions, chosen, colors_of(self.palette()), self._alike))
