"""What may be changed of a case: its names, its examiner, how thoroughly and by which models it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.foot import MARGINS, add_foot, at_least
from desktop.dialogs.texts import label, named
from desktop.item_models.job_words import task_words
from desktop.session.shelf import READING_TASKS, Model
from engine.model.evidence import CaseKind
from engine.store import CaseSettings


class CaseSettingsDialog(QDialog):
    """The settings as rows of the case: every change stands in its audit log."""

    def __init__(self, kind: CaseKind, settings: CaseSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Case settings"))
        self._before = settings
        self._has_models = False
        medical = kind is CaseKind.MEDICAL
        self._name = named(QLineEdit(settings.name), self.tr("Name"))
        self._reference = named(QLineEdit(settings.reference), self.tr("Reference"))
        self._examiner = named(QLineEdit(settings.examiner), self.tr("Examiner"))
        subject = self.tr("Patient") if medical else self.tr("Exhibit")
        self._subject = named(QLineEdit(settings.subject), subject)
        self._subject.setPlaceholderText(self.tr("whom or what the case is about, optional"))
        self._profile = named(QComboBox(), self.tr("Thoroughness"))
        self._profile.addItem(self.tr("Full: also the text in pictures and scans"), "full")
        self._profile.addItem(self.tr("Fast: leaves the text in pictures unread"), "fast")
        self._profile.setCurrentIndex(max(self._profile.findData(settings.profile), 0))
        self._models = named(QListWidget(), self.tr("Models that look at the pictures"))
        self._models.setMinimumHeight(110)
        waiting = QListWidgetItem(self.tr("The models are being looked up…"), self._models)
        waiting.setFlags(Qt.ItemFlag.NoItemFlags)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        words = self.tr("Medical case") if medical else self.tr("Forensic case")
        form.addRow(self.tr("Kind"), label(words + self.tr(" (cannot be changed)"), "muted"))
        form.addRow(self.tr("&Name"), self._name)
        form.addRow(self.tr("&Reference"), self._reference)
        form.addRow(self.tr("&Examiner"), self._examiner)
        form.addRow(subject, self._subject)
        form.addRow(self.tr("&Thoroughness"), self._profile)
        form.addRow(self.tr("Models"), self._models)
        self._note = label(
            self.tr(
                "Thoroughness and models count for what is read from now on. Add the same folder again to "
                "have its files looked at anew. Every change is recorded in the audit log."
            ),
            "muted",
            wraps=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._note)
        add_foot(self, layout, self.tr("Save"))
        at_least(layout, 560)

    def show_models(self, models: Sequence[Model]) -> None:
        """Offer the models of this workstation that look at pictures, with a tick for each that does."""
        if not models:
            return
        left_out = self.entered().left_out
        self._models.clear()
        self._has_models = True
        for model in models:
            if model.task not in READING_TASKS:
                continue
            item = QListWidgetItem(f"{model.name}  ·  {task_words(model.task)}", self._models)
            item.setToolTip(model.summary)
            item.setData(Qt.ItemDataRole.UserRole, model.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            reads = model.name not in left_out
            item.setCheckState(Qt.CheckState.Checked if reads else Qt.CheckState.Unchecked)

    def entered(self) -> CaseSettings:
        """Return the settings as they stand in the dialog."""
        items = [self._models.item(row) for row in range(self._models.count())]
        unticked = (item for item in items if item.checkState() is Qt.CheckState.Unchecked)
        left_out = tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in unticked)
        return CaseSettings(
            name=self._name.text().strip() or self._before.name,
            reference=self._reference.text().strip(),
            examiner=self._examiner.text().strip(),
            subject=self._subject.text().strip(),
            profile=str(self._profile.currentData()),
            left_out=left_out if self._has_models else self._before.left_out,
        )
