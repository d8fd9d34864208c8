"""One Report to read: its text, its sections and pages, a search in it, and where its original lies."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QToolButton, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.session.reading import ReportFindings
from desktop.views.find_bar import FindBar
from desktop.views.legend import AssertionLegend
from desktop.views.report_text import ReportText
from engine.model.evidence import Report

_SECTIONS_PX = 168


class ReportReader(QWidget):
    """Shows one Report at a time; ``outside_wanted`` asks to open its original in another program."""

    outside_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self.text = ReportText()
        self.find_bar = FindBar(self.text)
        self._name = label("", "section")
        self.page = named(QComboBox(), self.tr("Page of the source"))
        self.page.setToolTip(
            self.tr("Page of the source that is on top of what you see; choose one to go there")
        )
        self._find = self._tool(self.tr("Find"), self.tr("Find in this report (Ctrl+F)"))
        self._outside = self._tool(
            self.tr("Original…"), self.tr("Open the original file in another program, after a warning")
        )
        self.sections = named(QListWidget(), self.tr("Sections"))
        self.sections.setProperty("role", "outline")
        self.sections.setMaximumWidth(_SECTIONS_PX)
        self.sections.setMinimumWidth(_SECTIONS_PX)
        self.sections.setWordWrap(True)
        middle = QWidget()
        row = column(parent=middle)
        row.setDirection(row.Direction.LeftToRight)
        row.addWidget(self.text, 1)
        row.addWidget(self.sections)
        head = bar(self._name, None, self.page, self._find, self._outside)
        column(head, self.find_bar, middle, AssertionLegend(), parent=self)
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self._find.clicked.connect(self.look_for_words)
        self._outside.clicked.connect(self.outside_wanted)
        self.sections.itemActivated.connect(self._on_section)
        self.sections.itemClicked.connect(self._on_section)
        self.page.activated.connect(self._on_page)
        self.text.verticalScrollBar().valueChanged.connect(lambda _value: self._follow())
        self.clear("")

    def _tool(self, text: str, hint: str) -> QToolButton:
        made = named(QToolButton(), hint)
        made.setText(text)
        made.setToolTip(hint)
        return made

    @property
    def has_report(self) -> bool:
        return self._report is not None

    def show_report(
        self, found: ReportFindings, *, linked: Collection[str], contradicted: Collection[str]
    ) -> None:
        """Show a Report with its Entities marked; ids as in ``ReportText.show_report``."""
        report = self._report = found.report
        self._name.setText(found.name)
        self.text.show_report(report, found.entities, linked=linked, contradicted=contradicted)
        self.sections.clear()
        for section in report.sections:
            item = QListWidgetItem(section.title or section.kind, self.sections)
            item.setData(Qt.ItemDataRole.UserRole, section.span.start)
            item.setToolTip(section.kind)
        self.sections.setVisible(len(report.sections) > 1)
        self.page.clear()
        for page in report.pages:
            words = self.tr("page {0} of {1}").format(page.number, report.pages[-1].number)
            self.page.addItem(words, page.span.start)
        self.page.setVisible(bool(report.pages))
        self._offer()
        self.find_bar.look_again()

    def clear(self, said: str) -> None:
        """Show no Report, and say why."""
        self._report = None
        self.text.clear_report(said)
        self._name.clear()
        self.sections.clear()
        for each in (self.sections, self.page, self.find_bar):
            each.hide()
        self._offer()

    def look_for_words(self) -> None:
        """Look for words in this Report alone."""
        if self.has_report:
            self.find_bar.enter()

    def _offer(self) -> None:
        for each in (self._find, self._outside):
            each.setEnabled(self.has_report)

    def _on_section(self, item: QListWidgetItem) -> None:
        self.text.go_to(int(item.data(Qt.ItemDataRole.UserRole)), on_top=True)

    def _on_page(self, _: int) -> None:
        self.text.go_to(int(self.page.currentData()), on_top=True)

    def _follow(self) -> None:
        """Say which page and section are on top of what is in view."""
        if self._report is None:
            return
        offset = self.text.offset
        for place, page in enumerate(self._report.pages):
            if page.span.start <= offset < page.span.end:
                self.page.setCurrentIndex(place)
        inside = [
            place for place, section in enumerate(self._report.sections) if section.span.start <= offset
        ]
        if inside and not self.sections.hasFocus():
            self.sections.setCurrentRow(inside[-1])
