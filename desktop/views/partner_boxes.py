"""The two boxes above a pair: the Images that the Report is related to, and the reverse."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy

from desktop.dialogs.texts import named
from desktop.item_models.partners import related_images, related_reports
from desktop.session.reading import ImageFindings, ReportFindings
from engine.store import CaseStore


class PartnerBoxes(QObject):
    """``image_chosen`` and ``report_chosen`` carry the id that the user chose."""

    image_chosen = Signal(str)
    report_chosen = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.images = named(QComboBox(), self.tr("Image"))
        self.reports = named(QComboBox(), self.tr("Report"))
        for box, chosen in ((self.images, self.image_chosen), (self.reports, self.report_chosen)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.activated.connect(lambda _row, box=box, chosen=chosen: chosen.emit(box.currentData()))

    def fill(self, store: CaseStore, image: ImageFindings | None, report: ReportFindings | None) -> None:
        """Offer the related Reports of the Image and the related Images of the Report."""
        self.images.clear()
        self.reports.clear()
        if image is not None:
            self.images.addItem(image.name, image.image.id)
            for title, report_id in related_reports(store, image):
                self.reports.addItem(title, report_id)
        if report is not None:
            if self.reports.findData(report.report.id) < 0:
                self.reports.addItem(report.name, report.report.id)
            self.reports.setCurrentIndex(self.reports.findData(report.report.id))
            for name, image_id in related_images(store, report):
                if self.images.findData(image_id) < 0:
                    self.images.addItem(name, image_id)
