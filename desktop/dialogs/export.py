"""Asks what leaves the case, in which format and where; shows the report's pages before it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.certificate import CertificateChoice
from desktop.dialogs.draft_view import DraftView
from desktop.dialogs.foot import MARGINS, add_foot, at_least
from desktop.dialogs.texts import label, named
from desktop.dialogs.typed_path import is_there
from desktop.item_models.export_formats import EXPORT_FORMATS, ExportFormat
from desktop.item_models.wording import number_words
from engine.store import CaseCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedExport:
    """What the user chose; ``format`` is empty where the suffix of ``path`` says it.

    ``signature`` names the certificate that signs it and the passphrase of that, or is empty.
    """

    path: Path
    format: str
    options: Mapping[str, Any]
    signature: Mapping[str, str] = field(default_factory=dict, repr=False)


class ExportDialog(QDialog):
    """``choices``: ids of findings that a report may be held to, by what they are called.

    ``preview`` is called with the chosen options and answers through ``show_draft``.
    """

    def __init__(
        self,
        suggested: Path,
        counts: CaseCounts | None,
        choices: Mapping[str, Sequence[str]] | None = None,
        preview: Callable[[Mapping[str, Any]], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._preview = preview
        self._format = named(QComboBox(), self.tr("Format"))
        for each in EXPORT_FORMATS:
            self._format.addItem(each.name(), each)
        self._about = label("", "muted", wraps=True)
        self._path = named(QLineEdit(str(suggested)), self.tr("File to write"))
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._path, 1)
        row.addWidget(choose)
        self._request = named(QLineEdit(), self.tr("Request"))
        self._request.setPlaceholderText(self.tr("what the report is to answer, optional"))
        self._scope = named(QComboBox(), self.tr("What goes in"))
        self._scope.addItem(self.tr("Everything"), {})
        self._scope.addItem(self.tr("Only what a person confirmed"), {"scope": "confirmed"})
        for title, ids in (choices or {}).items():
            self._scope.addItem(title, {"only": list(ids)})
        self._paper = named(QComboBox(), self.tr("Paper"))
        self._paper.addItem("A4", "A4")
        self._paper.addItem("US Letter", "Letter")
        self._rehash = QCheckBox(self.tr("Read the evidence again and say what has changed"))
        self._rehash.setChecked(True)
        self._reproducible = QCheckBox(self.tr("Reproducible: leave out facts about this computer"))
        self._deidentify = QCheckBox(self.tr("De-identified: names, numbers and dates replaced"))
        self._certificate = CertificateChoice()
        self._counts = label(self._count_words(counts) if counts else "", "muted", wraps=True)
        self._state = label("", "muted", wraps=True)
        self._draft = DraftView()
        self._form = QFormLayout()
        self._lay_out(row)
        self._format.currentIndexChanged.connect(lambda _index: self._on_format())
        self._path.textChanged.connect(lambda _text: self._check())
        self._on_format()

    def _lay_out(self, place: QHBoxLayout) -> None:
        self._form.setVerticalSpacing(10)
        self._form.addRow(self.tr("&Format"), self._format)
        self._form.addRow(self.tr("File"), place)
        self._form.addRow(self.tr("Re&quest"), self._request)
        self._form.addRow(self.tr("&What goes in"), self._scope)
        self._form.addRow(self.tr("&Paper"), self._paper)
        self._form.addRow("", self._rehash)
        self._form.addRow("", self._reproducible)
        self._form.addRow("", self._deidentify)
        self._form.addRow(self.tr("Signature"), self._certificate)
        self._form.addRow(self.tr("Contents"), self._counts)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._about)
        left.addLayout(self._form)
        left.addWidget(self._state)
        left.addStretch(1)
        self._export = add_foot(self, left, self.tr("Export"))
        self._draft.wanted.clicked.connect(self._ask_for_draft)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(*MARGINS)
        columns.setSpacing(18)
        columns.addLayout(left, 1)
        columns.addWidget(self._draft)
        self._draft.setVisible(self._preview is not None)
        at_least(left, 600)

    def wanted(self) -> WantedExport:
        """Return what was chosen; a name without the format's suffix gets it."""
        chosen = self._chosen()
        path = Path(self._path.text().strip()).expanduser()
        if path.name and chosen.suffix and not path.name.lower().endswith(chosen.suffix):
            path = path.with_name(path.name + chosen.suffix)
        signature = self._certificate.chosen() if chosen.key == "pdf" else {}
        return WantedExport(path=path, format=chosen.key, options=self.options(), signature=signature)

    def options(self) -> dict[str, Any]:
        """Return the options of the export that differ from its defaults."""
        options: dict[str, Any] = {}
        chosen = self._chosen()
        if self._reproducible.isChecked():
            options["reproducible"] = True
        if self._deidentify.isChecked() and self._deidentify.isEnabled():
            options["deidentify"] = True
        if chosen.has_pages and self._paper.currentData() != "A4":
            options["page_size"] = self._paper.currentData()
        if chosen.has_scope:
            options |= self._scope.currentData()
            if not self._rehash.isChecked():
                options["rehash"] = False
            if self._request.text().strip():
                options["request"] = self._request.text().strip()
        return options

    def show_draft(
        self, page_count: int, pages: Sequence[str], contents: Sequence[tuple[str, int, int]]
    ) -> None:
        """Show the drawn pages of a draft and its contents."""
        self._draft.show_pages(page_count, pages, contents)

    def say_draft(self, line: str) -> None:
        """Say how far the draft is, or why there is none."""
        self._draft.say(line)

    def _chosen(self) -> ExportFormat:
        chosen = self._format.currentData()
        assert isinstance(chosen, ExportFormat)
        return chosen

    def _on_format(self) -> None:
        chosen, path = self._chosen(), Path(self._path.text().strip())
        self._about.setText(chosen.about())
        name = path.name
        for each in sorted(EXPORT_FORMATS, key=lambda each: -len(each.suffix)):
            if each.suffix and name.lower().endswith(each.suffix):
                name = name[: -len(each.suffix)]
                break
        self._path.setText(str(path.parent / ((name or "case") + chosen.suffix)))
        self._form.setRowVisible(self._paper, chosen.has_pages)
        self._form.setRowVisible(self._certificate, chosen.key == "pdf")
        of_reports: tuple[QWidget, ...] = (self._scope, self._request, self._rehash)
        for widget in of_reports:
            self._form.setRowVisible(widget, chosen.has_scope)
        self._draft.setEnabled(chosen.key == "pdf")
        self._check()

    def _choose(self) -> None:
        chosen = self._chosen()
        start = str(self.wanted().path)
        if chosen.suffix:
            pattern = f"{chosen.name()} (*{chosen.suffix})"
            path, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), start, pattern)
        else:
            path = QFileDialog.getExistingDirectory(self, self.tr("Folder to write into"), start)
        if path:
            self._path.setText(path)

    def _check(self) -> None:
        text = self._path.text().strip()
        path = self.wanted().path if text else Path()
        possible = bool(text) and is_there(path.parent)
        self._export.setEnabled(possible)
        if not possible:
            self._state.setText(self.tr("Choose a file in a folder that exists."))
        elif is_there(path):
            self._state.setText(
                self.tr("{0} exists and will be replaced once the new one is complete.").format(path.name)
            )
        else:
            self._state.setText(self.tr("Its SHA-256 is written beside it and into the audit log."))

    def _count_words(self, counts: CaseCounts) -> str:
        parts = (
            (self.tr("images"), counts.images),
            (self.tr("reports"), counts.reports),
            (self.tr("regions"), counts.regions),
            (self.tr("phrases"), counts.entities),
            (self.tr("links"), counts.links),
            (self.tr("contradictions"), counts.contradictions),
            (self.tr("issues"), counts.issues),
            (self.tr("decisions"), counts.reviews),
        )
        return " · ".join(f"{number_words(number)} {name}" for name, number in parts)

    def _ask_for_draft(self) -> None:
        if self._preview is not None:
            self.say_draft(self.tr("The draft is being made…"))
            self._preview(self.options())
