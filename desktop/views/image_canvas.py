"""The picture itself: zoom to the pointer, pan, fit, one to one, with Regions on top."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from desktop.views.region_item import RegionItem
from engine.model.findings import Region, Review
from engine.model.ids import RegionId

_STEP = 1.25
_LEAST_ZOOM, _MOST_ZOOM = 0.02, 40.0
_CLICK_PX = 4


class ImageCanvas(QGraphicsView):
    """Shows one Image in its own pixel coordinates, whatever the size of the picture at hand.

    ``region_clicked`` carries the id of the smallest Region under the pointer, or an empty string;
    ``dragged`` the way of a drag with the right button in pixels; ``zoomed`` the zoom factor.
    """

    region_clicked = Signal(str)
    dragged = Signal(QPoint)
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Image with regions"))
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setMinimumSize(160, 120)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene().addItem(self._picture)
        self._regions: dict[RegionId, RegionItem] = {}
        self._lit: frozenset[RegionId] = frozenset()
        self._hidden_labels: frozenset[str] = frozenset()
        self._are_shown = True
        self._fill = 0.25
        self._fits = True
        self._pressed_at = QPoint()

    @property
    def lit(self) -> frozenset[RegionId]:
        return self._lit

    @property
    def picture_width_px(self) -> int:
        return self._picture.pixmap().width()

    @property
    def zoom(self) -> float:
        """Screen pixels for one pixel of the Image."""
        return self.transform().m11()

    def show_image(self, width_px: int, height_px: int, picture: QPixmap) -> None:
        """Show another Image, fitted; ``picture`` may be smaller than the Image."""
        self.clear_regions()
        self._fits = True
        self._sized(width_px, height_px)
        self.set_picture(picture)
        self.fit()

    def set_picture(self, picture: QPixmap) -> None:
        """Show a better or differently windowed picture of the same Image."""
        self._picture.setPixmap(picture)
        if not picture.isNull():
            size = self.sceneRect()
            self._picture.setTransform(
                self._picture.transform().fromScale(
                    size.width() / picture.width(), size.height() / picture.height()
                )
            )

    def set_regions(
        self, regions: Iterable[Region], reviews: Mapping[str, Review], contradicted: Collection[str]
    ) -> None:
        """Draw these Regions; those without polygons have nothing to draw."""
        self.clear_regions()
        for region in regions:
            if region.polygons:
                item = RegionItem(region, reviews.get(region.id), is_contradicted=region.id in contradicted)
                item.set_fill(self._fill)
                self.scene().addItem(item)
                self._regions[region.id] = item
        self._show_wanted()

    def clear_regions(self) -> None:
        for item in self._regions.values():
            self.scene().removeItem(item)
        self._regions.clear()
        self._lit = frozenset()

    def light(self, region_ids: Iterable[RegionId]) -> None:
        """Light these Regions up and bring them into view."""
        self._lit = frozenset(region_ids)
        for region_id, item in self._regions.items():
            item.set_lit(region_id in self._lit)
        self._show_wanted()
        boxes = [self._regions[each].sceneBoundingRect() for each in self._lit if each in self._regions]
        if boxes and not self._fits:
            around = boxes[0]
            for box in boxes[1:]:
                around = around.united(box)
            self.ensureVisible(around, 40, 40)

    def point_of(self, region_id: RegionId) -> QPointF | None:
        """Return the middle of a Region in the coordinates of the viewport; None where it is not drawn."""
        item = self._regions.get(region_id)
        if item is None or not item.isVisible():
            return None
        return QPointF(self.mapFromScene(item.sceneBoundingRect().center()))

    def set_fill(self, opacity: float) -> None:
        self._fill = opacity
        for item in self._regions.values():
            item.set_fill(opacity)

    def set_shown(self, shown: bool) -> None:
        """Show or hide all Regions; lit ones stay."""
        self._are_shown = shown
        self._show_wanted()

    def set_hidden_labels(self, labels: Iterable[str]) -> None:
        self._hidden_labels = frozenset(labels)
        self._show_wanted()

    def fit(self) -> None:
        """Show the whole Image, as large as it can be."""
        self._fits = True
        if not self.sceneRect().isEmpty():
            self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
            self.zoomed.emit(self.zoom)

    def show_actual(self) -> None:
        """Show one pixel of the Image as one pixel of the screen."""
        self.zoom_by(1 / self.zoom)

    def zoom_in(self) -> None:
        self.zoom_by(_STEP)

    def zoom_out(self) -> None:
        self.zoom_by(1 / _STEP)

    def zoom_by(self, factor: float) -> None:
        """Zoom around the pointer, or the middle where the pointer is elsewhere."""
        self._fits = False
        wanted = min(max(self.zoom * factor, _LEAST_ZOOM), _MOST_ZOOM)
        self.scale(wanted / self.zoom, wanted / self.zoom)
        sharp = wanted > 2
        mode = (
            Qt.TransformationMode.FastTransformation if sharp else Qt.TransformationMode.SmoothTransformation
        )
        self._picture.setTransformationMode(mode)
        self.zoomed.emit(self.zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom_by(_STEP**steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.RightButton:
            here = event.position().toPoint()
            self.dragged.emit(here - self._pressed_at)
            self._pressed_at = here
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.button() == Qt.MouseButton.LeftButton and moved < _CLICK_PX:
            self.region_clicked.emit(self._region_at(event.position().toPoint()))

    def _region_at(self, point: QPoint) -> str:
        place = self.mapToScene(point)
        under = [item for item in self._regions.values() if item.isVisible() and item.path().contains(place)]
        return min(under, key=_area, default=None).region.id if under else ""  # type: ignore[union-attr]

    def _show_wanted(self) -> None:
        for region_id, item in self._regions.items():
            wanted = self._are_shown and item.region.label not in self._hidden_labels
            item.setVisible(wanted or region_id in self._lit)

    def _sized(self, width_px: int, height_px: int) -> None:
        self.setSceneRect(QRectF(0, 0, width_px, height_px))


def _area(item: RegionItem) -> float:
    box = item.path().boundingRect()
    return box.width() * box.height()
