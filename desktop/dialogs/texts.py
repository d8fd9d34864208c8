"""Labels with a role of the style sheet, so that pages say what a text is and not how it looks."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

W = TypeVar("W", bound=QWidget)
LEAST_BOX_PX = 96


def named(widget: W, name: str) -> W:
    """Give a widget the name that a screen reader says."""
    widget.setAccessibleName(name)
    return widget


def label(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label; its text is never taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def frame(role: str) -> QFrame:
    made = QFrame()
    made.setProperty("role", role)
    return made


def bar(*widgets: QWidget | None) -> QFrame:
    """Return a row of widgets on the ground of a bar; None stands for the stretch.

    Boxes of choices give way in a narrow window.
    """
    made = frame("bar")
    row = QHBoxLayout(made)
    row.setContentsMargins(10, 5, 10, 5)
    row.setSpacing(8)
    for each in widgets:
        if each is None:
            row.addStretch(1)
        else:
            row.addWidget(each)
        if isinstance(each, QComboBox):
            each.setMinimumWidth(LEAST_BOX_PX)
    return made


def column(*widgets: QWidget, parent: QWidget) -> QVBoxLayout:
    """Lay widgets out below each other without gaps."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for each in widgets:
        layout.addWidget(each)
    return layout


def scrolled(page: QWidget) -> QScrollArea:
    """Let a page that is higher than the window be scrolled; keys go to what is on it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumWidth(page.minimumSizeHint().width())
    area.setWidget(page)
    return area


def progress_bar(name: str) -> QProgressBar:
    """Return a bar without a number, which could not be read on it: words beside it say how far it is."""
    made = named(QProgressBar(), name)
    made.setTextVisible(False)
    return made


def restyle(widget: QWidget, role: str) -> None:
    """Give a widget another role."""
    widget.setProperty("role", role)
    style = QApplication.style()  # PySide would keep what widget.style() returns, one for each theme
    style.unpolish(widget)
    style.polish(widget)
