"""Asks for what a new case must know: kind, name, reference, examiner, and where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.foot import MARGINS, add_foot, at_least
from desktop.dialogs.new_passphrase import NewPassphrase
from desktop.dialogs.texts import named
from engine.model.evidence import CaseKind

SUFFIX = ".casebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What the user entered."""

    path: Path
    kind: CaseKind
    name: str
    reference: str
    examiner: str
    passphrase: str = field(default="", repr=False)


class NewCaseDialog(QDialog):
    """Offers Create only when the case can be made as entered."""

    def __init__(self, folder: Path, examiner: str, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New case"))
        self._folder = folder
        self._medical = QRadioButton(self.tr("Medical: radiographs, scans and clinical reports"))
        self._forensic = QRadioButton(self.tr("Forensic: evidence photographs and examiners' notes"))
        self._medical.setChecked(True)
        group = QButtonGroup(self)
        kinds = QVBoxLayout()
        for each in (self._medical, self._forensic):
            group.addButton(each)
            kinds.addWidget(each)
        self._name = named(QLineEdit(name), self.tr("Name"))
        self._name.setPlaceholderText(self.tr("e.g. Chest clinic, spring"))
        self._reference = named(QLineEdit(), self.tr("Reference"))
        self._reference.setPlaceholderText(self.tr("file number, optional"))
        self._examiner = named(QLineEdit(examiner), self.tr("Examiner"))
        self._examiner.setPlaceholderText(self.tr("who decides; stands beside every decision"))
        self._place = QLabel(wordWrap=True)
        self._place.setProperty("role", "muted")
        choose = QPushButton(self.tr("Choose folder…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.addWidget(self._place, 1)
        place.addWidget(choose)
        self._encrypt = QCheckBox(self.tr("Encrypt the case file with a passphrase"))
        self._passphrase = NewPassphrase()
        self._passphrase.setVisible(False)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Kind"), kinds)
        form.addRow(self.tr("&Name"), self._name)
        form.addRow(self.tr("&Reference"), self._reference)
        form.addRow(self.tr("&Examiner"), self._examiner)
        form.addRow(self.tr("File"), place)
        form.addRow("", self._encrypt)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(self._passphrase)
        self._create = add_foot(self, layout, self.tr("Create"))
        at_least(layout, 540)
        self._name.textChanged.connect(self._check)
        self._passphrase.changed.connect(self._check)
        self._encrypt.toggled.connect(self._on_encrypt)
        self._check()

    def entered(self) -> NewCase:
        """Return what was entered; the path ends in ``.casebook``."""
        return NewCase(
            path=self._folder / f"{file_stem(self._name.text())}{SUFFIX}",
            kind=CaseKind.MEDICAL if self._medical.isChecked() else CaseKind.FORENSIC,
            name=self._name.text().strip(),
            reference=self._reference.text().strip(),
            examiner=self._examiner.text().strip(),
            passphrase=self._passphrase.passphrase() if self._encrypt.isChecked() else "",
        )

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for the case file"), str(self._folder)
        )
        if chosen:
            self._folder = Path(chosen)
            self._check()

    def _check(self) -> None:
        named = bool(file_stem(self._name.text()))
        path = self.entered().path if named else self._folder
        taken = named and path.exists()
        said = self.tr("There is a case of this name already: {0}") if taken else "{0}"
        self._place.setText(said.format(path))
        is_open = not self._encrypt.isChecked() or self._passphrase.is_complete
        self._create.setEnabled(named and not taken and is_open)

    def _on_encrypt(self, wanted: bool) -> None:
        self._passphrase.setVisible(wanted)
        self.adjustSize()
        self._check()


def file_stem(name: str) -> str:
    """Return a case's name as a file name that every system takes."""
    plain = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", name)
    return re.sub(r"\s+", " ", plain).strip(" .")[:80]
