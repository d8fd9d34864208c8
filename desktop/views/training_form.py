"""Makes a model from the user's own data: kind, folder, options, curves while it learns."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.texts import label, named, progress_bar
from desktop.item_models.job_words import task_words, verb_words
from desktop.item_models.option_words import option_words
from desktop.item_models.wording import duration_words, step_words
from desktop.session.jobs import JobEnd, JobProgress
from desktop.session.session import Session
from desktop.session.shelf import Training
from desktop.views.curve_chart import CurveChart
from desktop.views.data_choice import DataChoice
from desktop.views.progress_words import progress_words
from engine.messages import Kind

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")


class TrainingForm(QWidget):
    """What to train on the left, what comes of it on the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shelf = session.shelf
        self.task = named(QComboBox(), self.tr("What to train"))
        self.data = DataChoice(session.preferences, "training")
        self.name = named(QLineEdit(), self.tr("Name of the model"))
        self.name.setPlaceholderText(self.tr("letters, digits, hyphens"))
        self.options = self._options_table()
        self.meaning = label("", "muted", wraps=True)
        self.missing = label("", "contradicts", wraps=True)
        self.start = QPushButton(self.tr("Train"))
        self.start.setProperty("role", "primary")
        self.stop = QPushButton(self.tr("Cancel"))
        self.chart = CurveChart(self.tr("epoch or pass"))
        self.said = label("", wraps=True)
        self._bar = progress_bar(self.tr("Progress of the training"))
        form = QFormLayout()
        form.addRow(self.tr("What to train"), self.task)
        form.addRow(self.tr("Data"), self.data)
        form.addRow(self.tr("Name"), self.name)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start)
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addWidget(self.missing)
        left.addWidget(self.options, 1)
        left.addWidget(self.meaning)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.addWidget(self.chart, 1)
        right.addWidget(self._bar)
        right.addWidget(self.said)
        row = QHBoxLayout(self)
        row.setSpacing(18)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.task.currentIndexChanged.connect(lambda _index: self._on_task())
        self.name.textChanged.connect(lambda _text: self._check())
        self.data.changed.connect(self._check)
        self.start.clicked.connect(self._on_start)
        self.stop.clicked.connect(self._shelf.jobs.cancel)
        self._shelf.changed.connect(self._fill)
        self._shelf.jobs.progressed.connect(self._on_progress)
        self._shelf.jobs.ended.connect(lambda _end: self._check())
        self._fill()

    def _options_table(self) -> QTableWidget:
        table = named(QTableWidget(0, 2), self.tr("Options"))
        table.setHorizontalHeaderLabels([self.tr("Option"), self.tr("Value")])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.currentCellChanged.connect(lambda row, *_: self._on_option(row))
        return table

    def settings(self) -> list[str]:
        """Return the options that differ from their defaults, as NAME=VALUE."""
        training = self._training()
        defaults = dict(training.options) if training else {}
        rows = range(self.options.rowCount())
        pairs = [(self._cell(row, 0), self._cell(row, 1).strip()) for row in rows]
        return [f"{name}={value}" for name, value in pairs if value != defaults.get(name)]

    def _fill(self) -> None:
        chosen = self.task.currentData()
        self.task.blockSignals(True)
        self.task.clear()
        for each in self._shelf.trainings:
            self.task.addItem(f"{each.task}: {task_words(each.task)}", each.task)
        self.task.setCurrentIndex(max(self.task.findData(chosen), 0))
        self.task.blockSignals(False)
        if self.task.currentData() != chosen:
            self._on_task()
        self._check()

    def _training(self) -> Training | None:
        return next((each for each in self._shelf.trainings if each.task == self.task.currentData()), None)

    def _on_task(self) -> None:
        training = self._training()
        options = training.options if training else ()
        self.options.setRowCount(len(options))
        for row, (name, default) in enumerate(options):
            fixed, value = QTableWidgetItem(name), QTableWidgetItem(default)
            fixed.setFlags(fixed.flags() & ~Qt.ItemFlag.ItemIsEditable)
            for column, item in enumerate((fixed, value)):
                item.setToolTip(option_words(name))
                self.options.setItem(row, column, item)
        self._on_option(self.options.currentRow())
        self._check()

    def _on_option(self, row: int) -> None:
        name = self._cell(row, 0)
        meaning = option_words(name)
        by_itself = self.tr("Empty: as the preset or the data say.")
        self.meaning.setText(f"{name}: {meaning}." if meaning else by_itself)

    def _check(self) -> None:
        training, name = self._training(), self.name.text().strip()
        missing = training.missing if training else ""
        taken = name in {model.name for model in self._shelf.models}
        said = ""
        if missing:
            said = self.tr(
                "This training needs {0}, which is not installed here; it works where Casebook was set "
                "up with its training packages."
            ).format(missing)
        elif taken:
            said = self.tr("There is a model of this name already.")
        self.missing.setText(said)
        self.missing.setVisible(bool(said))
        running = bool(self._shelf.jobs.running)
        complete = self.data.path() is not None and bool(_NAME.fullmatch(name))
        self.start.setEnabled(training is not None and complete and not said and not running)
        self.stop.setEnabled(running)
        self._bar.setVisible(running)

    def _on_start(self) -> None:
        data = self.data.path()
        if data is None:
            return
        self.chart.clear()
        self._bar.setRange(0, 0)
        self.said.setText(self.tr("The training is being prepared…"))
        self._shelf.train(
            str(self.task.currentData()), data, self.name.text().strip(), self.settings(), self._on_end
        )
        self._check()

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.verb != "train":
            return
        self._bar.setRange(0, progress.total)
        self._bar.setValue(min(progress.done, progress.total))
        if progress.metrics:
            self.chart.add(progress.done, progress.metrics)
        parts = [step_words(progress.step), progress.item, *progress_words(progress)]
        self.said.setText(" · ".join(part for part in parts if part))

    def _on_end(self, end: JobEnd) -> None:
        if end.kind is Kind.FINISHED:
            took = duration_words(end.seconds)
            said = self.tr(
                "{0} is on the shelf after {1}. Compare it under Models, measure it under Evaluation."
            )
            self.said.setText(said.format(Path(str(end.body["name"])).name, took))
            self.name.clear()  # the next model needs another one
        elif end.kind is Kind.CANCELLED:
            self.said.setText(self.tr("Cancelled; nothing was kept."))
        else:
            self.said.setText(f"{verb_words(end.verb)}: {end.body.get('message', '')}")

    def _cell(self, row: int, column: int) -> str:
        item = self.options.item(row, column)
        return item.text() if item is not None else ""
