"""The models of this workstation: what each can do, which one works; training and evaluation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.job_words import task_words
from desktop.item_models.wording import bytes_words
from desktop.session.jobs import JobEnd
from desktop.session.session import Session
from desktop.session.shelf import READING_TASKS, Model
from desktop.views.card_view import CardView
from desktop.views.evaluation_form import EvaluationForm
from desktop.views.training_form import TrainingForm
from engine.messages import Kind

_FIGURES = 3


class ModelsPage(QWidget):
    """Three tabs: the shelf, a training, an evaluation."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = session.shelf
        self.shelf = ShelfTable(session)
        self.training = TrainingForm(session)
        self.evaluation = EvaluationForm(session)
        self.tabs = QTabWidget()
        for widget, title in (
            (self.shelf, self.tr("Models")),
            (self.training, self.tr("Training")),
            (self.evaluation, self.tr("Evaluation")),
        ):
            self.tabs.addTab(widget, title)
        about = label(self.tr("Everything is computed on this workstation."), "muted")
        column(bar(label(self.tr("Models and training"), "heading"), None, about), self.tabs, parent=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shelf.models:
            self._shelf.ask()


class ShelfTable(QWidget):
    """The model cards as a table, one read at length, and what can be done with it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shelf = session.shelf
        self.table = named(QTreeWidget(), self.tr("Models on this workstation"))
        self.table.setHeaderLabels(
            [self.tr("Model"), self.tr("For"), self.tr("In use"), self.tr("Size"), self.tr("Figures")]
        )
        self.table.setRootIsDecorated(False)
        self.table.setAlternatingRowColors(True)
        self.table.header().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.card = named(CardView(), self.tr("Model card"))
        self.add = QPushButton(self.tr("Add a model…"))
        self.add.setToolTip(
            self.tr("A model folder, a model pack, .pt, .onnx or a spaCy package of your own")
        )
        self.use = QPushButton(self.tr("Use this one"))
        self.remove = QPushButton(self.tr("Remove"))
        self.said = label("", "muted", wraps=True)
        buttons = QHBoxLayout()
        for each in (self.use, self.remove, self.add):
            buttons.addWidget(each)
        buttons.addWidget(self.said, 1)
        sides = QSplitter(Qt.Orientation.Vertical)
        sides.addWidget(self.table)
        sides.addWidget(self.card)
        sides.setSizes([320, 260])
        sides.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(sides, 1)
        layout.addLayout(buttons)
        self.table.currentItemChanged.connect(lambda _item: self._on_current())
        self.add.clicked.connect(self._on_add)
        self.use.clicked.connect(self._on_use)
        self.remove.clicked.connect(self._on_remove)
        self._shelf.changed.connect(self._fill)
        self._fill()

    def current(self) -> Model | None:
        """Return the model of the current row."""
        item = self.table.currentItem()
        name = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else ""
        return next((model for model in self._shelf.models if model.name == name), None)

    def choose(self, name: str) -> None:
        """Make the row of a model the current one."""
        for row in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(row)
            if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == name:
                self.table.setCurrentItem(item)

    def _fill(self) -> None:
        chosen = self.current()
        self.table.clear()
        for model in self._shelf.models:
            figures = "   ".join(
                f"{name}: {value}" if name else value for name, value in model.figures[:_FIGURES]
            )
            cells = [
                model.name,
                task_words(model.task),
                self._use_words(model),
                bytes_words(model.size_bytes),
            ]
            item = QTreeWidgetItem([*cells, figures or self.tr("not measured yet")])
            item.setData(0, Qt.ItemDataRole.UserRole, model.name)
            item.setToolTip(0, model.summary)
            item.setToolTip(4, figures)
            self.table.addTopLevelItem(item)
        for place in range(4):
            self.table.resizeColumnToContents(place)
        self.choose(chosen.name if chosen else self._shelf.models[0].name if self._shelf.models else "")
        self._on_current()

    def _use_words(self, model: Model) -> str:
        if model.task in READING_TASKS:
            return self.tr("as each case says")
        if model.roles:
            return self.tr("✓ yes") if model.name in model.roles else self.tr("✓ in place of the shipped one")
        return self.tr("yes") if model.task not in self._shelf.roles.values() and not model.is_own else "–"

    def _on_current(self) -> None:
        model = self.current()
        self.card.show_card(model.card_text if model else "", model.folder if model else "")
        roles = self._roles(model) if model else ()
        self.use.setEnabled(model is not None and bool(roles))
        self.remove.setEnabled(model is not None and model.is_own)

    def _roles(self, model: Model) -> tuple[str, ...]:
        """Return the work that a model could take over and does not do yet."""
        if not model.is_own and model.name not in self._shelf.roles:
            return ()
        wanted = (role for role, task in self._shelf.roles.items() if task == model.task)
        own = (role for role in wanted if model.is_own or role == model.name)
        return tuple(role for role in own if role not in model.roles)

    def _on_use(self) -> None:
        model = self.current()
        roles = self._roles(model) if model else ()
        if model is None or not roles:
            return
        role = self._fitting(model, roles)
        self._shelf.choose(role, model.name, self._on_end)

    def _fitting(self, model: Model, roles: tuple[str, ...]) -> str:
        """Return the role whose own model shares the most labels with this one."""
        known = {each.name: set(each.labels) for each in self._shelf.models}
        return max(roles, key=lambda role: len(known.get(role, set()) & set(model.labels)))

    def _on_add(self) -> None:
        preferences = self._session.preferences
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Add a model"),
            str(preferences.folder("models")),
            self.tr("Models (*.onnx *.pt model.toml config.cfg *.casemodels)"),
        )
        if chosen:
            path = Path(chosen)
            preferences.set_folder("models", path.parent)
            is_folder = path.name in ("model.toml", "config.cfg")
            self._shelf.add(path.parent if is_folder else path, self._on_end)

    def _on_remove(self) -> None:
        model = self.current()
        if model is not None and model.is_own:
            self._shelf.remove(model.name, self._on_end)

    def _on_end(self, end: JobEnd) -> None:
        if end.kind is Kind.FINISHED:
            self.said.setText(self.tr("Done. It counts from the next job on."))
        else:
            self.said.setText(str(end.body.get("message", "")))
