"""When things happened: bars over time on top, and below them the events of the days in view."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QToolButton, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.events import EventPages, event_line
from desktop.item_models.lines import Line
from desktop.item_models.time_bins import Bin, day_of
from desktop.item_models.wording import number_words
from desktop.session.beside import Reading
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.line_list import LineList
from desktop.views.timeline_chart import TimelineChart
from engine.store.timeline import DayCount, EventKind, TimelineEvent, timeline_days

_SETTLE_MS = 150


class TimelinePage(QWidget):
    """Images by capture, Reports by writing, dates in texts; ``opened`` shows one beside its partner."""

    opened = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._days: tuple[DayCount, ...] = ()
        self._reading = Reading(session, timeline_days, self._take)
        self.chart = TimelineChart()
        self.list = LineList[TimelineEvent](self.tr("Events"), self.tr("Nothing in these days."), self._line)
        self._said = label("", "muted")
        self._kinds = {
            EventKind.IMAGE: QCheckBox(self.tr("Images")),
            EventKind.REPORT: QCheckBox(self.tr("Reports")),
            EventKind.DATE: QCheckBox(self.tr("Dates in texts")),
        }
        self.undated = QCheckBox()
        tools = [
            self._tool("+", self.tr("Zoom in: fewer days (+)"), lambda: self.chart.zoom(1.5)),
            self._tool("−", self.tr("Zoom out: more days (−)"), lambda: self.chart.zoom(1 / 1.5)),
            self._tool(self.tr("All"), self.tr("Show all days (Home)"), self.chart.show_all),
        ]
        for box in (*self._kinds.values(), self.undated):
            box.toggled.connect(self._show)
        for box in self._kinds.values():
            box.setChecked(True)
        head = bar(label(self.tr("Timeline"), "heading"), None, *self._kinds.values(), self.undated, *tools)
        zones = label(
            self.tr(
                "Days and times are UTC. A camera or scanner that names no zone is shown by its own clock, "
                "and says so; texts name days as they are written."
            ),
            "muted",
            wraps=True,
        )
        column(head, self.chart, bar(self._said), self.list, bar(zones), parent=self)
        self.layout().setStretch(3, 1)  # type: ignore[union-attr]
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._show)
        self.chart.moved.connect(self._on_moved)
        self.chart.chosen.connect(self._on_bin)
        self.chart.entered.connect(self._enter_list)
        self.list.chosen.connect(self._on_event)
        self.list.opened.connect(lambda _event: self.opened.emit())
        session.case_changed.connect(self._forget)
        session.content_changed.connect(self._on_content)

    def _tool(self, text: str, hint: str, act: object) -> QToolButton:
        made = named(QToolButton(), hint)
        made.setText(text)
        made.setToolTip(hint)
        made.clicked.connect(act)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reading.renew()

    def _forget(self) -> None:
        self._reading.forget()
        self._take(())

    def _on_content(self) -> None:
        self._reading.forget()
        if self.isVisible():
            self._reading.renew()

    def _take(self, days: tuple[DayCount, ...]) -> None:
        self._days = days
        without = sum(each.count for each in days if not each.day)
        self.undated.setText(self.tr("Without a time ({0})").format(number_words(without)))
        self.undated.setEnabled(bool(without))
        self.chart.show_days(days)
        self._show()

    def _on_moved(self) -> None:
        """Say at once which days are in view, and list them when the hand rests."""
        if self.chart.choice is None and not self.undated.isChecked():
            self._said.setText("{} – {}".format(*self.chart.in_view))
        self._settle.start()

    def _on_bin(self, chosen: Bin | None) -> None:
        if chosen is not None and self.undated.isChecked():
            self.undated.setChecked(False)
        self._show()

    def _show(self) -> None:
        """List the events of the chosen day, of all days in view, or those without a time."""
        store = self._session.store
        if store is None:
            self.list.show_rows(())
            self._said.clear()
            return
        kinds = [kind for kind, box in self._kinds.items() if box.isChecked()]
        pages = EventPages(store, [each for each in self._days if self._is_listed(each)], kinds)
        self.list.show_pages(pages.count, pages.fetch)
        self._said.setText(self._words(pages.count))

    def _is_listed(self, each: DayCount) -> bool:
        if self.undated.isChecked() or not each.day:
            return self.undated.isChecked() and not each.day
        day, chosen = day_of(each.day), self.chart.choice
        if day is None:
            return False
        if chosen is not None:
            return chosen.first <= day < chosen.after
        first, last = self.chart.in_view
        return first <= day <= last

    def _words(self, count: int) -> str:
        events = self.tr("{0} events").format(number_words(count))
        if self.undated.isChecked():
            return self.tr("{0} without any time").format(number_words(count))
        if self.chart.choice is not None:
            return f"{self.chart.choice.name}: {events}   ({self.tr('Escape: all days in view')})"
        first, last = self.chart.in_view
        return self.tr("{0} to {1}: {2}").format(first, last, events)

    def _line(self, event: TimelineEvent) -> Line:
        store = self._session.store
        return event_line(store, event) if store is not None else Line(title=event.at)

    def _on_event(self, event: TimelineEvent) -> None:
        self._session.select(
            Selection(image_id=event.image_id, report_id=event.report_id, entity_id=event.entity_id)
        )

    def _enter_list(self) -> None:
        if self.list.rows.rowCount():
            self.list.view.setFocus()
            self.list.view.setCurrentIndex(self.list.rows.index(0))
