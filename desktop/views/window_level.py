"""Center and width of the window through which DICOM values are seen, with presets for CT."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from desktop.dialogs.texts import label, named
from desktop.item_models.wording import mark
from engine.model.evidence import Image

_NOT_WINDOWED = ("", "photograph")
# Usual windows in Hounsfield units: (name, center, width).
_CT_PRESETS = (
    (mark("WindowLevel", "Lung"), -600, 1500),
    (mark("WindowLevel", "Soft tissue"), 40, 400),
    (mark("WindowLevel", "Bone"), 400, 1800),
    (mark("WindowLevel", "Brain"), 40, 80),
)
_FAR = 100_000


class WindowLevel(QWidget):
    """Lets the user choose a window; ``changed`` when it moved by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_chosen = False
        self._center = named(QSpinBox(), self.tr("Window center"))
        self._center.setRange(-_FAR, _FAR)
        self._width = named(QSpinBox(), self.tr("Window width"))
        self._width.setRange(1, _FAR)
        for box in (self._center, self._width):
            box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            box.setMaximumWidth(80)
        self._presets = named(QComboBox(), self.tr("Window preset"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        for each in (
            label(self.tr("Window"), "muted"),
            self._presets,
            label(self.tr("center"), "muted"),
            self._center,
            label(self.tr("width"), "muted"),
            self._width,
            label(self.tr("or drag with the right button"), "muted"),
        ):
            row.addWidget(each)
        row.addStretch(1)
        self._center.valueChanged.connect(self._on_changed)
        self._width.valueChanged.connect(self._on_changed)
        self._presets.activated.connect(self._on_preset)

    @property
    def chosen(self) -> tuple[float | None, float | None]:
        """Center and width as chosen by hand, or (None, None): as the file says."""
        if self.isHidden() or not self._is_chosen:
            return None, None
        return float(self._center.value()), float(self._width.value())

    def show_image(self, image: Image) -> None:
        """Begin with another Image, as its file says."""
        self._is_chosen = False
        self.setVisible(image.modality not in _NOT_WINDOWED)
        self._presets.clear()
        self._presets.addItem(self.tr("As in the file"), None)
        if image.modality == "CT":
            for name, center, width in _CT_PRESETS:
                self._presets.addItem(QCoreApplication.translate("WindowLevel", name), (center, width))

    def take(self, center: float | None, width: float | None) -> None:
        """Show the window that the engine used."""
        if center is not None and width is not None and not self._is_chosen:
            self._set(round(center), max(round(width), 1))

    def drag(self, right_px: int, down_px: int) -> None:
        """Follow the hand: to the right widens, down lowers the center; faster for wide windows."""
        if self.isHidden():
            return
        speed = max(self._width.value() / 400, 1.0)
        self._set(
            self._center.value() - round(down_px * speed), self._width.value() + round(right_px * speed)
        )
        self._on_changed()

    def _on_changed(self) -> None:
        self._is_chosen = True
        self.changed.emit()

    def _on_preset(self) -> None:
        chosen = self._presets.currentData()
        if chosen is None:
            self._is_chosen = False
        else:
            self._set(*chosen)
            self._is_chosen = True
        self.changed.emit()

    def _set(self, center: int, width: int) -> None:
        for box, value in ((self._center, center), (self._width, width)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
