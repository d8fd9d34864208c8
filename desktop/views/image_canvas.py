"""The picture itself: zoom to the pointer, pan, fit, one to one, with Regions and a tool on top."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from desktop.views.region_layer import RegionLayer
from engine.model.ids import RegionId

_STEP = 1.25
_LEAST_ZOOM, _MOST_ZOOM = 0.02, 40.0
_CLICK_PX = 4


class Tool(Protocol):
    """What takes the left button and the keys of a canvas: for drawing, changing, measuring.

    Places are in the pixels of the Image; ``key`` says whether it used the key.
    """

    def press(self, place: QPointF) -> None: ...

    def move(self, place: QPointF, *, is_pressed: bool) -> None: ...

    def release(self, place: QPointF) -> None: ...

    def double_click(self, place: QPointF) -> None: ...

    def key(self, event: QKeyEvent) -> bool: ...

    def wants(self, event: QKeyEvent) -> bool: ...


class ImageCanvas(QGraphicsView):
    """Shows one Image in its own pixel coordinates, whatever the size of the picture at hand.

    ``region_clicked`` carries the id of the smallest Region under the pointer, or an empty string;
    ``menu_wanted`` the same with the place on the screen; ``dragged`` the way of a drag with the right
    button in pixels; ``zoomed`` the zoom factor; ``moved`` says that another part is seen; ``pointed``
    where the pointer is on the Image.
    """

    region_clicked = Signal(str)
    menu_wanted = Signal(str, QPoint)
    dragged = Signal(QPoint)
    zoomed = Signal(float)
    moved = Signal()
    pointed = Signal(QPointF)

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
        self.setMouseTracking(True)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene().addItem(self._picture)
        self.regions = RegionLayer(self.scene(), self.mapFromScene, self)
        self._tool: Tool | None = None
        self._fits = True
        self._pressed_at = self._last_at = QPoint()
        self.zoomed.connect(self.moved)
        self.zoomed.connect(self.regions.place_tags)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.moved)

    @property
    def lit(self) -> frozenset[RegionId]:
        return self.regions.lit

    @property
    def picture_width_px(self) -> int:
        return self._picture.pixmap().width()

    @property
    def picture_scale(self) -> float:
        """How many pixels the picture at hand has for one of the Image."""
        width = self.sceneRect().width()
        return self.picture_width_px / width if width else 1.0

    @property
    def zoom(self) -> float:
        """Screen pixels for one pixel of the Image."""
        return self.transform().m11()

    @property
    def fits(self) -> bool:
        """Whether the whole Image is shown, whatever the size of the view."""
        return self._fits

    @property
    def seen(self) -> QRectF:
        """The part of the Image that is in view."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def show_image(self, width_px: int, height_px: int, picture: QPixmap) -> None:
        """Show another Image, fitted; ``picture`` may be smaller than the Image."""
        self.regions.clear()
        self._fits = True
        self.setSceneRect(QRectF(0, 0, width_px, height_px))
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

    def take_tool(self, tool: Tool | None) -> None:
        """Give the left button and the keys to a tool, or back to moving and choosing."""
        self._tool = tool
        hand = QGraphicsView.DragMode.ScrollHandDrag if tool is None else QGraphicsView.DragMode.NoDrag
        self.setDragMode(hand)
        self.viewport().setCursor(
            Qt.CursorShape.OpenHandCursor if tool is None else Qt.CursorShape.CrossCursor
        )

    def light(self, region_ids: Iterable[RegionId]) -> None:
        """Light these Regions up and bring them into view."""
        around = self.regions.light(region_ids)
        if not around.isEmpty() and not self._fits:
            self.ensureVisible(around, 40, 40)

    def point_of(self, region_id: RegionId) -> QPointF | None:
        """Return the middle of a Region in the coordinates of the viewport; None where it is not drawn."""
        middle = self.regions.middle_of(region_id)
        return QPointF(self.mapFromScene(middle)) if middle is not None else None

    def fit(self) -> None:
        """Show the whole Image, as large as it can be."""
        self._fits = True
        if not self.sceneRect().isEmpty():
            self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
            self._sharpen()
            self.zoomed.emit(self.zoom)

    def show_actual(self) -> None:
        """Show one pixel of the Image as one pixel of the screen."""
        self.zoom_by(1 / (self.zoom * self.devicePixelRatioF()))

    def zoom_in(self) -> None:
        self.zoom_by(_STEP)

    def zoom_out(self) -> None:
        self.zoom_by(1 / _STEP)

    def zoom_by(self, factor: float) -> None:
        """Zoom around the pointer, or the middle where the pointer is elsewhere."""
        self._fits = False
        wanted = min(max(self.zoom * factor, _LEAST_ZOOM), _MOST_ZOOM)
        self.scale(wanted / self.zoom, wanted / self.zoom)
        self._sharpen()
        self.zoomed.emit(self.zoom)

    def look_at(self, middle: QPointF, zoom: float) -> None:
        """Show this place of the Image in the middle, at this zoom."""
        self._fits = False
        if abs(zoom / self.zoom - 1) > 1e-6:
            self.scale(zoom / self.zoom, zoom / self.zoom)
            self._sharpen()
        self.centerOn(middle)
        self.zoomed.emit(self.zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom_by(_STEP**steps)
        event.accept()

    def event(self, event: QEvent) -> bool:
        # A tool's keys are its own while it is at work, whatever they do elsewhere in the window.
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and self._tool is not None and self._tool.wants(event):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # With a tool, Tab goes from corner to corner; Escape gives it back.
        return False if self._tool is not None else super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._tool is not None and self._tool.key(event):
            event.accept()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()
        self.moved.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = self._last_at = event.position().toPoint()
        if self._tool is not None and event.button() == Qt.MouseButton.LeftButton:
            self._tool.press(self._place(event))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is not None and event.button() == Qt.MouseButton.LeftButton:
            self._tool.double_click(self._place(event))
            return
        super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        way, self._last_at = here - self._last_at, here
        self.pointed.emit(self._place(event))
        if event.buttons() & Qt.MouseButton.RightButton:
            self.dragged.emit(way)
        elif event.buttons() & Qt.MouseButton.MiddleButton:
            self._pan(way)
        elif self._tool is not None:
            self._tool.move(self._place(event), is_pressed=bool(event.buttons() & Qt.MouseButton.LeftButton))
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        is_click = (here - self._pressed_at).manhattanLength() < _CLICK_PX
        if event.button() == Qt.MouseButton.RightButton and is_click:
            self.menu_wanted.emit(self._region_at(here), event.globalPosition().toPoint())
        elif self._tool is not None and event.button() == Qt.MouseButton.LeftButton:
            self._tool.release(self._place(event))
        else:
            super().mouseReleaseEvent(event)
            if event.button() == Qt.MouseButton.LeftButton and is_click:
                self.region_clicked.emit(self._region_at(here))

    def _pan(self, way: QPoint) -> None:
        for bar, step in ((self.horizontalScrollBar(), way.x()), (self.verticalScrollBar(), way.y())):
            bar.setValue(bar.value() - step)

    def _place(self, event: QMouseEvent) -> QPointF:
        return self.mapToScene(event.position().toPoint())

    def _region_at(self, point: QPoint) -> str:
        return self.regions.at(self.mapToScene(point)) or ""

    def _sharpen(self) -> None:
        """Show single pixels as squares once they are large, and smooth ones before."""
        mode = Qt.TransformationMode
        is_large = self.zoom > 2 * self.picture_scale and self.picture_scale >= 1
        self._picture.setTransformationMode(
            mode.FastTransformation if is_large else mode.SmoothTransformation
        )
