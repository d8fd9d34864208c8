"""Colors, style and icons of the window, light and dark.

The colors in use are read from the palette, so that nothing has to be remembered and a change of
theme reaches every widget through Qt's own palette events. Text on its ground keeps a contrast of
at least 4.5 : 1 (tests measure it).
"""

from __future__ import annotations

import enum
import functools
import re
import string
from dataclasses import asdict, dataclass

from PySide6.QtCore import QByteArray, QDir, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from engine.settings import resources_dir


class Mode(enum.StrEnum):
    """What the user chose; ``SYSTEM`` follows the desktop environment."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors:
    """The named colors of one theme, as ``#rrggbb``.

    ``supports`` and ``contradicts`` mark what a machine says, ``decided`` what a person decided.
    They never stand alone: a word or a shape is always beside them.
    """

    window: str
    panel: str
    base: str
    raised: str
    text: str
    muted: str
    border: str
    strong_border: str
    accent: str
    on_accent: str
    tint: str
    supports: str
    contradicts: str
    contradicts_tint: str
    decided: str
    decided_tint: str
    notice: str
    on_notice: str
    stage: str


LIGHT = Colors(
    window="#eef0f3",
    panel="#f7f8fa",
    base="#ffffff",
    raised="#ffffff",
    text="#1b232e",
    muted="#566172",
    border="#d5dae2",
    strong_border="#8791a0",
    accent="#1d5fbf",
    on_accent="#ffffff",
    tint="#e3edfb",
    supports="#1d6f5f",
    contradicts="#b3361b",
    contradicts_tint="#fbe7e1",
    decided="#5b3fa6",
    decided_tint="#ece7f8",
    notice="#fdf3d7",
    on_notice="#5c4503",
    stage="#20242b",
)

DARK = Colors(
    window="#171a20",
    panel="#1d2128",
    base="#14171c",
    raised="#262b34",
    text="#e7eaf0",
    muted="#a6b0be",
    border="#343b47",
    strong_border="#6d7889",
    accent="#7fb1ff",
    on_accent="#0d1a2e",
    tint="#22344f",
    supports="#6fd0b8",
    contradicts="#ff9a7d",
    contradicts_tint="#44261e",
    decided="#bda8ff",
    decided_tint="#322a4c",
    notice="#3a321b",
    on_notice="#f1dda0",
    stage="#0d0f12",
)

# Okabe and Ito's palette, which stays apart for the common kinds of color blindness.
REGION_COLORS = ("#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#d55e00", "#0072b2", "#b8bec8")

_TEXT_PERCENT = "casebook_text_percent"
_FONT_SIZE = re.compile(r"font-size: ([\d.]+)pt")
_ICON_SIZES_PX = (16, 20, 24, 32, 48)


def colors_of(palette: QPalette) -> Colors:
    """Return the theme that a palette belongs to."""
    is_dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if is_dark else LIGHT


def apply_theme(app: QApplication, mode: Mode, *, text_percent: int | None = None) -> None:
    """Give the whole program the palette and the style sheet of ``mode``.

    ``text_percent`` is the size of its texts against the usual one; None keeps what it was.
    """
    if text_percent is not None:
        app.setProperty(_TEXT_PERCENT, text_percent)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    # The sheet names its pictures "icons:NAME": a path in it would end at a parenthesis of the folder.
    QDir.setSearchPaths("icons", [str(resources_dir() / "icons")])
    colors = DARK if _is_dark(app, mode) else LIGHT
    # Qt takes four times as long to put one sheet in the place of another than to begin anew.
    app.setStyleSheet("")
    app.setPalette(_palette(colors))
    app.setStyleSheet(_resized(_style_sheet(colors), app.property(_TEXT_PERCENT) or 100))
    QPixmapCache.clear()  # the icons of the theme before, which nobody will ask for


def region_color(label: str) -> QColor:
    """Return the color of a Region label: the same on every day and machine."""
    index = sum(label.encode("utf-8", "replace")) % (len(REGION_COLORS) - 1)
    return QColor(REGION_COLORS[index])


@functools.cache
def icon(name: str, color: str) -> QIcon:
    """Return the icon ``resources/icons/NAME.svg``, drawn in ``color``."""
    source = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
    made = QIcon()
    for size_px in _ICON_SIZES_PX:
        pixmap = QPixmap(size_px, size_px)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, size_px, size_px))
        painter.end()
        made.addPixmap(pixmap)
    return made


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colors, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = [value / 255 for value in QColor(color).getRgb()[:3]]  # type: ignore[index]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def _is_dark(app: QApplication, mode: Mode) -> bool:
    if mode is Mode.SYSTEM:
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return mode is Mode.DARK


def _palette(colors: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for each, color in (
        (role.Window, colors.window),
        (role.WindowText, colors.text),
        (role.Base, colors.base),
        (role.AlternateBase, colors.panel),
        (role.Text, colors.text),
        (role.Button, colors.raised),
        (role.ButtonText, colors.text),
        (role.BrightText, colors.contradicts),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Accent, colors.accent),
        (role.ToolTipBase, colors.raised),
        (role.ToolTipText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Link, colors.accent),
        (role.LinkVisited, colors.accent),
        (role.Light, colors.raised),
        (role.Midlight, colors.panel),
        (role.Mid, colors.border),
        (role.Dark, colors.strong_border),
        (role.Shadow, colors.strong_border),
    ):
        palette.setColor(each, QColor(color))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.strong_border))
    return palette


def _style_sheet(colors: Colors) -> str:
    template = (resources_dir() / "styles" / "casebook.qss").read_text(encoding="utf-8")
    tick = "tick-black" if colors is DARK else "tick-white"
    return string.Template(template).substitute(asdict(colors), tick=tick)


def _resized(style_sheet: str, percent: int) -> str:
    """Return a style sheet with all sizes of fonts so much larger or smaller."""
    return _FONT_SIZE.sub(lambda size: f"font-size: {float(size[1]) * percent / 100:g}pt", style_sheet)
