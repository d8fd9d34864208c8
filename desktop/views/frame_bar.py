"""The frames of a file that holds several pictures: a slider, and the place in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from desktop.dialogs.texts import label, named
from engine.model.ids import ImageId


class FrameBar(QWidget):
    """``chosen`` carries the id of the Image that the user moved to; hidden for a single frame."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames: tuple[ImageId, ...] = ()
        self._slider = named(QSlider(Qt.Orientation.Horizontal), self.tr("Frame"))
        self._words = label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.addWidget(self._words)
        row.addWidget(self._slider, 1)
        self._slider.valueChanged.connect(self._on_moved)
        self.hide()

    def show_frames(self, frames: Sequence[ImageId], current: ImageId) -> None:
        """Show which of the frames is seen."""
        self._frames = tuple(frames)
        self.setVisible(len(frames) > 1)
        place = self._frames.index(current) if current in self._frames else 0
        self._slider.blockSignals(True)
        self._slider.setRange(0, max(len(frames) - 1, 0))
        self._slider.setValue(place)
        self._slider.blockSignals(False)
        self._tell(place)

    def _on_moved(self, place: int) -> None:
        self._tell(place)
        self.chosen.emit(self._frames[place])

    def _tell(self, place: int) -> None:
        self._words.setText(self.tr("frame {0} of {1}").format(place + 1, len(self._frames)))
