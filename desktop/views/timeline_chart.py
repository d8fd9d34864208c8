"""Three lanes of bars over time: Images, Reports, dates that texts name; by day, month or year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.item_models.time_bins import Bin, day_of, gather, span_of
from desktop.item_models.wording import number_words
from desktop.theme import Colors, colors_of
from engine.store.timeline import DayCount, EventKind

_NAMES_PX: Final = 118
_AXIS_PX: Final = 26
_LANE_PX: Final = 52
_END_PX: Final = 12
_LEAST_DAYS: Final = 7.0
_ZOOM: Final = 1.5


class TimelineChart(QWidget):
    """``chosen`` carries the Bin that the user chose, or None; ``moved`` when other days are in view."""

    chosen = Signal(object)
    moved = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))
        self._titles = {
            EventKind.IMAGE: self.tr("Images"),
            EventKind.REPORT: self.tr("Reports"),
            EventKind.DATE: self.tr("Dates in texts"),
        }
        self._days: tuple[DayCount, ...] = ()
        self._bins: tuple[Bin, ...] = ()
        self._whole = (0.0, _LEAST_DAYS)
        self._from, self._to = self._whole
        self._choice: Bin | None = None
        self._pressed: float | None = None
        self._dragged = False

    @property
    def _lane_px(self) -> int:
        """A lane is as high as its name and number need, at the size of text that the user chose."""
        return max(_LANE_PX, 2 * self.fontMetrics().height() + 14)

    @property
    def _axis_px(self) -> int:
        return max(_AXIS_PX, self.fontMetrics().height() + 10)

    @property
    def _names_px(self) -> int:
        widest = max(self.fontMetrics().horizontalAdvance(title) for title in self._titles.values())
        return max(_NAMES_PX, widest + 30)

    @property
    def choice(self) -> Bin | None:
        return self._choice

    @property
    def in_view(self) -> tuple[date, date]:
        """The first and the last day that can be seen."""
        first, last = int(self._from), max(int(self._to - 1e-9), int(self._from))
        return date.fromordinal(max(first, 1)), date.fromordinal(min(last, date.max.toordinal()))

    @property
    def bins(self) -> tuple[Bin, ...]:
        return self._bins

    def show_days(self, days: Sequence[DayCount]) -> None:
        """Show other days, all of them; what was in view stays when it is still among them."""
        self._days = tuple(days)
        known = [found.toordinal() for each in days if each.day and (found := day_of(each.day))]
        first, last = (min(known), max(known) + 1) if known else (1, 0)
        middle, width = (first + max(last, first)) / 2, max(last - first, 1) * 1.04
        half = max(width, _LEAST_DAYS) / 2
        before, self._whole = self._whole, (middle - half, middle + half)
        if (self._from, self._to) == before or not self._whole[0] <= self._from <= self._whole[1]:
            self._from, self._to = self._whole
        self._gather()

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Show fewer (``factor`` > 1) or more days around a place of the axis, in days."""
        middle = self._middle() if at is None else at
        share = (middle - self._from) / (self._to - self._from)
        most = self._whole[1] - self._whole[0]
        width = min(max((self._to - self._from) / factor, _LEAST_DAYS), max(most, _LEAST_DAYS))
        self._move(middle - share * width, width)

    def show_all(self) -> None:
        self._move(self._whole[0], self._whole[1] - self._whole[0])

    def choose(self, chosen: Bin | None) -> None:
        """Choose a day, month or year, and bring it into view."""
        self._choice = chosen
        if chosen is not None:
            first, after = chosen.first.toordinal(), chosen.after.toordinal()
            if first < self._from or after > self._to:
                width = self._to - self._from
                self._move((first + after) / 2 - width / 2, width)
        self.setAccessibleDescription(self.words(chosen) if chosen else "")
        self.update()
        self.chosen.emit(chosen)

    def words(self, shown: Bin) -> str:
        """Return a bin as it is said: its days and how much of each kind it has."""
        parts = [
            f"{self._titles[kind]} {number_words(count)}" for kind, count in sorted(shown.counts.items())
        ]
        return f"{shown.name}: {', '.join(parts)}"

    def sizeHint(self) -> QSize:
        return QSize(600, 3 * self._lane_px + self._axis_px)

    def _move(self, first: float, width: float) -> None:
        low = min(self._whole[0], self._whole[1] - width)
        first = min(max(first, low), max(self._whole[1] - width, low))
        self._from, self._to = first, first + width
        self._gather()
        self.moved.emit()

    def _gather(self) -> None:
        self._bins = gather(self._days, (self._to - self._from) / max(self._axis().width(), 1))
        if self._choice is not None and self._choice not in self._bins:
            self._choice = None
            self.chosen.emit(None)
        self.update()

    def _middle(self) -> float:
        if self._choice is not None:
            return (self._choice.first.toordinal() + self._choice.after.toordinal()) / 2
        return (self._from + self._to) / 2

    def _axis(self) -> QRect:
        return self.rect().adjusted(self._names_px, 0, -_END_PX, 0)

    def _x(self, ordinal: float) -> float:
        axis = self._axis()
        return axis.left() + (ordinal - self._from) / (self._to - self._from) * axis.width()

    def _at(self, x: float) -> float:
        axis = self._axis()
        return self._from + (x - axis.left()) / max(axis.width(), 1) * (self._to - self._from)

    def _bin_at(self, x: float) -> Bin | None:
        around = [each for each in self._bins if self._x(each.first.toordinal()) - 3 <= x]
        near = [each for each in around if x <= self._x(each.after.toordinal()) + 3]
        return min(near, key=lambda each: abs(self._bar(each).center().x() - x), default=None)

    def _bar(self, shown: Bin) -> QRectF:
        left, right = self._x(shown.first.toordinal()), self._x(shown.after.toordinal())
        width = min(max(right - left - 1, 2.0), 26.0)
        return QRectF((left + right - width) / 2, 0, width, self.height() - self._axis_px)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = colors_of(self.palette())
        painter.fillRect(self.rect(), QColor(colors.base))
        axis = self._axis()
        if self._choice is not None:
            bar = self._bar(self._choice).adjusted(-4, 0, 4, 0)
            painter.fillRect(bar.intersected(QRectF(axis)), QColor(colors.tint))
        for lane, kind in enumerate(EventKind):
            self._paint_lane(painter, colors, lane, kind)
        self._paint_axis(painter, colors)
        if self.hasFocus():
            painter.setPen(QColor(colors.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_lane(self, painter: QPainter, colors: Colors, lane: int, kind: EventKind) -> None:
        top, bottom = lane * self._lane_px, (lane + 1) * self._lane_px
        painter.setPen(QColor(colors.border))
        painter.drawLine(0, bottom, self.width(), bottom)
        painter.setPen(QColor(colors.text))
        total = sum(each.count for each in self._days if each.kind is kind and each.day)
        name = QRect(12, top, self._names_px - 18, self._lane_px)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, middle, f"{self._titles[kind]}\n{number_words(total)}")
        visible = [
            each
            for each in self._bins
            if each.after.toordinal() > self._from and self._to > each.first.toordinal()
        ]
        most = max((each.counts.get(kind, 0) for each in visible), default=0)
        color = QColor(colors.accent if kind is not EventKind.REPORT else colors.muted)
        painter.setPen(color)
        painter.setBrush(Qt.BrushStyle.NoBrush if kind is EventKind.DATE else color)
        painter.setClipRect(self._axis())
        for each in visible:
            count = each.counts.get(kind, 0)
            if count:
                height = max((self._lane_px - 14) * count / most, 3.0)
                bar = self._bar(each)
                painter.drawRect(QRectF(bar.left(), bottom - height, bar.width() - 1, height))
        painter.setClipping(False)

    def _paint_axis(self, painter: QPainter, colors: Colors) -> None:
        top = self.height() - self._axis_px
        painter.setPen(QColor(colors.muted))
        width_px = painter.fontMetrics().horizontalAdvance("2026-03-14") + 18
        per_px = (self._to - self._from) / max(self._axis().width(), 1)
        last = float("-inf")
        span = span_of(per_px, least_px=18)
        day = date.fromordinal(max(int(self._from), 1))
        while day.toordinal() < self._to and day < date.max:
            first, after, name = span(day)
            x = self._x(first.toordinal())
            if x >= self._axis().left() - 1 and x - last >= width_px:
                painter.drawLine(QPointF(x, top), QPointF(x, top + 4))
                place = QRectF(x + 3, top + 2, width_px, self._axis_px - 4)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
                last = x
            day = after
        if not self._bins:
            painter.drawText(self._axis(), Qt.AlignmentFlag.AlignCenter, self.tr("Nothing has a date."))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def resizeEvent(self, _: QResizeEvent) -> None:
        self._gather()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom(_ZOOM**steps, self._at(event.position().x()))
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position().x(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._pressed is not None and (self._dragged or abs(x - self._pressed) > 4):
            shift = self._at(self._pressed) - self._at(x)
            self._pressed, self._dragged = x, True
            self._move(self._from + shift, self._to - self._from)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged:
            self.choose(self._bin_at(event.position().x()))
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.zoom(4 * _ZOOM, self._at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(-1 if key == Qt.Key.Key_Left else +1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM)
        elif key == Qt.Key.Key_Home:
            self.show_all()
        elif key == Qt.Key.Key_Escape and self._choice is not None:
            self.choose(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if not self._bins:
            return
        end = 0 if by > 0 else len(self._bins) - 1
        place = self._bins.index(self._choice) + by if self._choice in self._bins else end
        self.choose(self._bins[min(max(place, 0), len(self._bins) - 1)])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            shown = self._bin_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.words(shown) if shown else "", self)
            return True
        return super().event(event)
