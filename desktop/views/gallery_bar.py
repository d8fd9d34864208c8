"""The line above the gallery: order, groups, how many images, and how large their thumbnails are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSlider, QToolButton, QWidget

from desktop.dialogs.texts import LEAST_BOX_PX, named
from desktop.item_models.images import DUPLICATES
from desktop.item_models.wording import number_words
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.elided import ElidedLabel
from engine.store.gallery import Grouping, Order

_LEAST_PX, _USUAL_PX, _MOST_PX, _STEP_PX = 80, 180, 320, 30


class GalleryBar(QFrame):
    """``arranged`` when another order or grouping is wanted, ``resized`` carries the side in pixels.

    ``collapsed`` says whether every group should be closed or open.
    """

    arranged = Signal()
    resized = Signal(int)
    collapsed = Signal(bool)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._session = session
        self._order = _box(
            self.tr("Order"),
            (
                (self.tr("as in the case"), Order.CASE),
                (self.tr("by name"), Order.NAME),
                (self.tr("newest first"), Order.NEWEST),
                (self.tr("oldest first"), Order.OLDEST),
                (self.tr("most contradictions first"), Order.CONTRADICTIONS),
                (self.tr("surest finding first"), Order.SUREST),
                (self.tr("least sure finding first"), Order.LEAST_SURE),
                (self.tr("largest first"), Order.LARGEST),
            ),
            session.preferences.number("gallery_order", 0),
        )
        self._grouping = _box(
            self.tr("Groups"),
            (
                (self.tr("no groups"), Grouping.NONE),
                (self.tr("by subject"), Grouping.SUBJECT),
                (self.tr("by study"), Grouping.STUDY),
                (self.tr("by folder"), Grouping.FOLDER),
                (self.tr("by day"), Grouping.DAY),
                (self.tr("by kind of picture"), Grouping.SCENE),
                (self.tr("near-duplicates"), DUPLICATES),
            ),
            session.preferences.number("gallery_groups", 0),
        )
        self._close_all = _arrow(Qt.ArrowType.RightArrow, self.tr("Close all groups"))
        self._open_all = _arrow(Qt.ArrowType.DownArrow, self.tr("Open all groups"))
        self._count = ElidedLabel()
        self._count.setProperty("role", "muted")
        self._size = named(QSlider(Qt.Orientation.Horizontal), self.tr("Thumbnail size"))
        self._size.setRange(_LEAST_PX, _MOST_PX)
        self._size.setSingleStep(10)
        self._size.setPageStep(_STEP_PX)
        self._size.setFixedWidth(110)
        self._size.setToolTip(self.tr("Thumbnail size; also Ctrl with plus, minus or the wheel"))
        self._size.setValue(session.preferences.number("thumbnail_px", _USUAL_PX))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(6)
        for each in (button(actions, "facets"), self._order, self._grouping, self._close_all, self._open_all):
            row.addWidget(each)
        row.addStretch(1)
        for other in (self._count, button(actions, "compare"), button(actions, "blur"), self._size):
            row.addWidget(other)
        self._order.activated.connect(self._on_arranged)
        self._grouping.activated.connect(self._on_arranged)
        self._size.valueChanged.connect(self._on_resized)
        self._close_all.clicked.connect(lambda: self.collapsed.emit(True))
        self._open_all.clicked.connect(lambda: self.collapsed.emit(False))

    @property
    def order(self) -> Order:
        return Order(self._order.currentData())

    @property
    def grouping(self) -> str:
        return str(self._grouping.currentData())

    @property
    def side_px(self) -> int:
        return self._size.value()

    def choose(self, *, order: Order | None = None, grouping: str | None = None) -> None:
        """Choose as if by hand."""
        for box, value in ((self._order, order), (self._grouping, grouping)):
            if value is not None:
                box.setCurrentIndex(box.findData(value))
        self._on_arranged()

    def step(self, steps: int) -> None:
        """Make thumbnails larger or smaller."""
        self._size.setValue(self._size.value() + steps * _STEP_PX)

    def tell(self, words: str) -> None:
        """Say what is going on, until the images are counted."""
        self._count.setText(words)

    def tell_count(self, shown: int, of: int) -> None:
        """Say how many of the images are shown."""
        if shown == of:
            self._count.setText(self.tr("{0} images").format(number_words(of)))
        else:
            said = self.tr("{0} of {1} images").format(number_words(shown), number_words(of))
            self._count.setText(said)

    def show_groups(self, has_groups: bool) -> None:
        """Offer to close and open groups where there are any."""
        self._close_all.setVisible(has_groups)
        self._open_all.setVisible(has_groups)

    def _on_arranged(self) -> None:
        preferences = self._session.preferences
        preferences.set_number("gallery_order", self._order.currentIndex())
        preferences.set_number("gallery_groups", self._grouping.currentIndex())
        self.arranged.emit()

    def _on_resized(self, side_px: int) -> None:
        self._session.preferences.set_number("thumbnail_px", side_px)
        self.resized.emit(side_px)


def _box(name: str, choices: tuple[tuple[str, str], ...], chosen: int) -> QComboBox:
    box = named(QComboBox(), name)
    box.setToolTip(name)
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(chosen if 0 <= chosen < len(choices) else 0)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMinimumWidth(LEAST_BOX_PX)
    return box


def _arrow(arrow: Qt.ArrowType, name: str) -> QToolButton:
    made = named(QToolButton(), name)
    made.setArrowType(arrow)
    made.setToolTip(name)
    made.hide()
    return made
