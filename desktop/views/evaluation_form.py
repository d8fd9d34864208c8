"""Measures a model on data with known answers, and keeps the figures of several beside each other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.texts import label, named, progress_bar
from desktop.item_models.job_words import task_words
from desktop.item_models.wording import duration_words
from desktop.session.jobs import JobEnd
from desktop.session.session import Session
from desktop.views.data_choice import DataChoice
from engine.messages import Kind


class EvaluationForm(QWidget):
    """What to measure on top, a column of figures for each evaluation below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = session.shelf
        self.task = named(QComboBox(), self.tr("What to measure"))
        self.data = DataChoice(session.preferences, "evaluation")
        self.model = named(QComboBox(), self.tr("Model"))
        self.regions = named(QComboBox(), self.tr("Regions"))
        self.regions.addItem(self.tr("as the data say"), "gold")
        self.regions.addItem(self.tr("as the segmenters find them"), "own")
        self.start = QPushButton(self.tr("Measure"))
        self.start.setProperty("role", "primary")
        self.stop = QPushButton(self.tr("Cancel"))
        self.clear = QPushButton(self.tr("Clear the table"))
        self.said = label("", wraps=True)
        self._bar = progress_bar(self.tr("Progress of the evaluation"))
        self._bar.setRange(0, 0)
        self.table = named(QTableWidget(0, 0), self.tr("Figures"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        form = QFormLayout()
        form.addRow(self.tr("What to measure"), self.task)
        form.addRow(self.tr("Labeled data"), self.data)
        form.addRow(self.tr("Model"), self.model)
        form.addRow(self.tr("Regions"), self.regions)
        buttons = QHBoxLayout()
        for each in (self.start, self.stop, self.clear):
            buttons.addWidget(each)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addLayout(form)
        layout.addLayout(buttons)
        layout.addWidget(self._bar)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        self.task.currentIndexChanged.connect(lambda _index: self._offer_models())
        self.data.changed.connect(self._check)
        self.start.clicked.connect(self._on_start)
        self.stop.clicked.connect(self._shelf.jobs.cancel)
        self.clear.clicked.connect(self._on_clear)
        self._shelf.changed.connect(self._fill)
        self._shelf.jobs.started.connect(lambda _verb: self._check())
        self._shelf.jobs.ended.connect(lambda _end: self._check())
        self._fill()

    def _fill(self) -> None:
        chosen = self.task.currentData()
        self.task.blockSignals(True)
        self.task.clear()
        for task in self._shelf.evaluations:
            self.task.addItem(f"{task}: {task_words(task)}", task)
        self.task.setCurrentIndex(max(self.task.findData(chosen), 0))
        self.task.blockSignals(False)
        self._offer_models()

    def _offer_models(self) -> None:
        task = self.task.currentData()
        tasks = ("segmentation", "detection") if task == "segmentation" else (task,)
        self.model.clear()
        self.model.addItem(self.tr("the one in use"), "")
        for model in self._shelf.models:
            if model.task in tasks:
                self.model.addItem(model.name, model.name)
        for widget in (self.regions,):
            widget.setEnabled(task in ("links", "relations", "pairs"))
        self._check()

    def _check(self) -> None:
        running = bool(self._shelf.jobs.running)
        self.start.setEnabled(self.data.path() is not None and self.task.count() > 0 and not running)
        self.stop.setEnabled(running)
        self._bar.setVisible(running)
        self.clear.setEnabled(self.table.columnCount() > 0)

    def _on_start(self) -> None:
        data = self.data.path()
        if data is None:
            return
        self.said.setText(self.tr("Measuring…"))
        self._shelf.evaluate(
            str(self.task.currentData()),
            data,
            str(self.model.currentData()),
            str(self.regions.currentData()),
            self._on_end,
        )

    def _on_end(self, end: JobEnd) -> None:
        if end.kind is Kind.FINISHED:
            words = end.arguments
            name = str(words["model"]) or self.tr("in use")
            data = str(words["data"]).rstrip("/").rsplit("/", 1)[-1]
            self._add(f"{words['task']}\n{name}\n{data}", end.body["figures"])
            self.said.setText(self.tr("Measured in {0}.").format(duration_words(end.seconds)))
        elif end.kind is Kind.CANCELLED:
            self.said.setText(self.tr("Cancelled."))
        else:
            self.said.setText(str(end.body.get("message", "")))
        self._check()

    def _add(self, title: str, figures: Mapping[str, float | None]) -> None:
        table, column = self.table, self.table.columnCount()
        table.setColumnCount(column + 1)
        table.setHorizontalHeaderItem(column, QTableWidgetItem(title))
        rows = {_text(table.verticalHeaderItem(row)): row for row in range(table.rowCount())}
        for key, value in figures.items():
            name = key.replace("_", " ")
            if name not in rows:
                rows[name] = table.rowCount()
                table.insertRow(rows[name])
                table.setVerticalHeaderItem(rows[name], QTableWidgetItem(name))
            item = QTableWidgetItem("–" if value is None else f"{value:.4g}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(rows[name], column, item)
        table.resizeColumnToContents(column)

    def _on_clear(self) -> None:
        self.table.setColumnCount(0)
        self.table.setRowCount(0)
        self._check()


def _text(item: QTableWidgetItem | None) -> str:
    return item.text() if item is not None else ""
