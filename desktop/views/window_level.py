"""Center and width of the window through which DICOM values are seen, with presets for CT."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from desktop.dialogs.texts import named
from desktop.item_models.wording import mark
from desktop.views.elided import ElidedLabel
from engine.model.evidence import Image

# Usual windows in Hounsfield units: (name, center, width).
_CT_PRESETS = (
    (mark("WindowLevel", "Lung"), -600, 1500),
    (mark("WindowLevel", "Soft tissue"), 40, 400),
    (mark("WindowLevel", "Bone"), 400, 1800),
    (mark("WindowLevel", "Brain"), 40, 80),
)
_FAR = 100_000
_ROOM_FOR_VALUES_PX, _NUMBER_PX, _GAPS_PX = 460, 80, 24


class WindowLevel(QWidget):
    """Lets the user choose a window; ``changed`` when it moved by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_chosen = False
        self._range = (0.0, 0.0)
        # The least value of each box stands for: as in the file.
        self._center = _box(-_FAR, self.tr("C file"), self.tr("Window center; C file: as in the file"))
        self._width = _box(0, self.tr("W file"), self.tr("Window width; W file: as in the file"))
        self._presets = named(QComboBox(), self.tr("Window preset"))
        self._presets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._values = ElidedLabel()
        self._values.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 5, 6, 5)
        self._center.setPrefix(self.tr("C "))
        self._width.setPrefix(self.tr("W "))
        for each in (self._presets, self._center, self._width, self._values):
            row.addWidget(each)
        row.addStretch(1)
        row.setStretchFactor(self._values, 2)
        row.setSpacing(5)
        self.setToolTip(self.tr("Window of the values; or drag on the image with the right button"))
        self._center.valueChanged.connect(self._on_changed)
        self._width.valueChanged.connect(self._on_changed)
        self._presets.activated.connect(self._on_preset)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room_px = event.size().width()
        self._values.setVisible(room_px >= _ROOM_FOR_VALUES_PX)
        # Half a word says less than a preset in full; a drag on the image still moves the window.
        has_numbers = room_px >= self._presets.sizeHint().width() + 2 * _NUMBER_PX + _GAPS_PX
        self._center.setVisible(has_numbers)
        self._width.setVisible(has_numbers)

    @property
    def chosen(self) -> tuple[float | None, float | None]:
        """Center and width as chosen by hand, or (None, None): as the file says."""
        if self.isHidden() or not self._is_chosen:
            return None, None
        return float(self._center.value()), float(self._width.value())

    def show_image(self, image: Image) -> None:
        """Begin with another Image, as its file says; hidden until the engine names its values."""
        self.hide()
        self._presets.clear()
        self._presets.addItem(self.tr("From file"), None)
        if image.modality == "CT":
            for name, center, width in _CT_PRESETS:
                self._presets.addItem(QCoreApplication.translate("WindowLevel", name), (center, width))
        self._forget()

    def show_range(self, lowest: float | None, highest: float | None) -> None:
        """Say which values the file has; without values there is nothing to window."""
        self.setVisible(lowest is not None and highest is not None)
        if lowest is not None and highest is not None:
            self._range = (lowest, highest)
            self._values.setText(self.tr("values {0:.0f} to {1:.0f}").format(lowest, highest))
            self._values.setToolTip(self._values.text())

    def drag(self, right_px: int, down_px: int) -> None:
        """Follow the hand: to the right widens, down lowers the center; faster for wide windows."""
        if self.isHidden():
            return
        lowest, highest = self._range
        center = self._center.value() if self._is_chosen else round((lowest + highest) / 2)
        width = self._width.value() if self._is_chosen else round(highest - lowest)
        speed = max(width / 400, 1.0)
        self._set(center - round(down_px * speed), max(width + round(right_px * speed), 1))
        self._on_changed()

    def _on_changed(self) -> None:
        if not self._is_chosen:
            lowest, highest = self._range
            center, width = self._center.value(), self._width.value()
            self._set(
                round((lowest + highest) / 2) if center == -_FAR else center,
                round(highest - lowest) if width == 0 else width,
            )
        self._is_chosen = True
        self.changed.emit()

    def _on_preset(self) -> None:
        chosen = self._presets.currentData()
        if chosen is None:
            self._forget()
        else:
            self._set(*chosen)
            self._is_chosen = True
        self.changed.emit()

    def _forget(self) -> None:
        self._is_chosen = False
        self._set(-_FAR, 0)

    def _set(self, center: int, width: int) -> None:
        for box, value in ((self._center, center), (self._width, width)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)


def _box(least: int, least_words: str, name: str) -> QSpinBox:
    box = named(QSpinBox(), name)
    box.setRange(least, _FAR)
    box.setSpecialValueText(least_words)
    box.setSingleStep(10)
    box.setToolTip(name)
    box.setMinimumWidth(_NUMBER_PX)
    return box
