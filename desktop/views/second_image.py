"""A second Image beside the first: chosen from those worth comparing, moved together with it or alone."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.partners import Comparable, find_comparable
from desktop.item_models.thumbnails import Thumbnails
from desktop.session.reading import read_image
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.elided import ElidedLabel
from desktop.views.image_canvas import ImageCanvas
from desktop.views.picture_view import PictureView
from engine.errors import UsageError
from engine.model.ids import ImageId

_MOST_SEEN = 12
_LEAST_PX = 320


class SecondImage(QWidget):
    """Follows the selection: whatever Image is first, it offers what can be compared with that."""

    def __init__(
        self,
        session: Session,
        thumbnails: Thumbnails,
        actions: Actions,
        first: ImageCanvas,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_LEAST_PX)
        self._session = session
        self._first_id: ImageId | None = None
        self._seen: list[ImageId] = []
        self._wanted: ImageId | None = None
        self.view = PictureView(session, thumbnails)
        self.link = ViewLink(first, self.view.canvas)
        self._choices = named(QComboBox(), self.tr("Second image"))
        self._choices.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choices.setMinimumContentsLength(12)
        self._words = ElidedLabel()
        self._words.setProperty("role", "muted")
        top = bar(label(self.tr("Second"), "section"), self._choices, self._words, button(actions, "linked"))
        top.layout().setStretch(1, 3)  # type: ignore[union-attr]
        top.layout().setStretch(2, 2)  # type: ignore[union-attr]
        column(top, self.view, parent=self).setStretch(1, 1)
        actions["linked"].setChecked(True)
        actions["linked"].toggled.connect(self.link.set_on)
        self._choices.activated.connect(lambda _row: self._show(self._choices.currentData()))
        self.view.told.connect(lambda words, _hint: self._tell(words))
        self.view.frame_bar.chosen.connect(lambda frame: self._show(ImageId(frame)))
        session.case_changed.connect(self._clear)
        session.selected.connect(lambda selection: self._follow(selection.image_id))

    @property
    def image_id(self) -> ImageId | None:
        return self.view.found.image.id if self.view.found else None

    def want(self, image_id: ImageId) -> None:
        """Show this Image here, whatever would be offered."""
        self._wanted = image_id
        if self.isVisible():
            self._offer()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._offer()

    def _clear(self) -> None:
        self._first_id, self._seen, self._wanted = None, [], None
        self._choices.clear()
        self.view.show_image(None)

    def _follow(self, image_id: ImageId | None) -> None:
        if image_id is None or image_id == self._first_id:
            return
        if self._first_id is not None:
            self._seen = [self._first_id, *(each for each in self._seen if each != self._first_id)][
                :_MOST_SEEN
            ]
        self._first_id = image_id
        if self.isVisible():
            self._offer()

    def _offer(self) -> None:
        """Look for what can be compared with the first Image."""
        store, first_id = self._session.store, self._first_id
        if store is None or first_id is None:
            return
        path, key = store.path, store.key
        before = [each for each in (self._wanted, *self._seen) if each is not None]
        self._session.background.run(
            lambda: find_comparable(path, key, first_id, before),
            lambda found: self._fill(first_id, found),
        )

    def _fill(self, first_id: ImageId, found: tuple[Comparable, ...]) -> None:
        if first_id != self._first_id:
            return
        shown = self._wanted or self.image_id
        self._wanted = None
        self._choices.clear()
        for each in found:
            self._choices.addItem(f"{each.name}   ({each.why})", each.image_id)
        place = self._choices.findData(shown)
        self._choices.setCurrentIndex(max(place, 0))
        if found:
            self._show(self._choices.currentData())
        else:
            self.view.show_image(None)
            self._words.setText(self.tr("There is no other image in this case."))

    def _show(self, image_id: ImageId | None) -> None:
        store, decisions = self._session.store, self._session.decisions
        if store is None or decisions is None or image_id is None:
            return
        try:
            found = read_image(store, image_id)
        except UsageError as error:
            self._session.failed.emit(str(error))
            return
        self.view.show_image(found)
        regions = decisions.regions_of(found.image.id, found.regions)
        reviews = decisions.reviews_of(regions)
        self.view.show_regions(regions, reviews, ())
        self.view.canvas.regions.set_hidden(each.id for each in regions if each.parent_id is not None)
        self._tell("")
        self.link.follow()

    def _tell(self, words: str) -> None:
        found = self.view.found
        if found is not None:
            size = f"{found.image.width_px} × {found.image.height_px} px"
            self._words.setText(words or size)
            self._choices.setToolTip(f"{found.name} · {size}")


class ViewLink(QObject):
    """Lets two canvases show the same part: of the same size to the pixel, else the same share."""

    def __init__(self, first: ImageCanvas, second: ImageCanvas) -> None:
        super().__init__(second)
        self._first, self._second = first, second
        self._is_on, self._is_moving = True, False
        first.moved.connect(lambda: self._lead(first, second))
        second.moved.connect(lambda: self._lead(second, first))

    def set_on(self, on: bool) -> None:
        self._is_on = on
        self.follow()

    def follow(self) -> None:
        """Let the second show what the first shows."""
        self._lead(self._first, self._second)

    def _lead(self, leader: ImageCanvas, follower: ImageCanvas) -> None:
        are_shown = leader.isVisible() and follower.isVisible()
        whole, other = leader.sceneRect(), follower.sceneRect()
        if not self._is_on or self._is_moving or not are_shown or whole.isEmpty() or other.isEmpty():
            return
        if leader.fits and leader is not self._first:
            return  # it was shown or resized, and nobody moved it
        self._is_moving = True
        if leader.fits:
            follower.fit()
        else:
            middle = leader.seen.center()
            across, down = other.width() / whole.width(), other.height() / whole.height()
            follower.look_at(QPointF(middle.x() * across, middle.y() * down), leader.zoom / across)
        self._is_moving = False
