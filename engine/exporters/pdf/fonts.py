"""The fonts of the PDF report, and text turned into markup that only they are needed for.

Latin, Greek and Cyrillic come from DejaVu, Chinese and Japanese from Droid Sans Fallback, Korean from
NanumSquare, all embedded as subsets. A character that none of them has is printed as its code point:
never as a blank, never in a font of the reader's machine. Right-to-left scripts are not reordered.
"""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from engine.errors import ExportError
from engine.exporters.safe_text import visible
from engine.settings import resources_dir

TEXT = "Casebook"
BOLD = "Casebook-Bold"
ITALIC = "Casebook-Italic"
MONO = "Casebook-Mono"
HAN = "Casebook-Han"
HANGUL = "Casebook-Hangul"

_FILES = {
    TEXT: "DejaVuSansCondensed.ttf",
    BOLD: "DejaVuSansCondensed-Bold.ttf",
    ITALIC: "DejaVuSansCondensed-Oblique.ttf",
    MONO: "DejaVuSansMono.ttf",
    HAN: "DroidSansFallbackFull.ttf",
    HANGUL: "NanumSquareR.ttf",
}


@cache
def register_fonts() -> None:
    """Make the fonts of all running text known to reportlab; raises ExportError where one is missing."""
    from reportlab.pdfbase import pdfmetrics

    for name in (TEXT, BOLD, ITALIC, MONO):
        _register(name)
    pdfmetrics.registerFontFamily(TEXT, normal=TEXT, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


@cache
def _register(name: str) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    path = resources_dir() / "fonts" / _FILES[name]
    try:
        font = TTFont(name, str(path))
        _mend_metrics(font.face)
        pdfmetrics.registerFont(font)
    except (OSError, TTFError) as error:
        raise ExportError(f"the font {path} cannot be used: {error}; install Casebook again") from error


def _mend_metrics(face: Any) -> None:
    """Give the last glyphs of a font, which share one width, that width in the font's own units.

    reportlab 5.1 keeps it in thousandths of an em: its subsets then have widths that the page does not have.
    """
    own = [metric for metric in face.hmetrics if isinstance(metric[0], int)]
    shared = own[-1][0]
    face.hmetrics = [*own, *((shared, bearing) for _, bearing in face.hmetrics[len(own) :])]


@cache
def _glyphs(font: str) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    _register(font)
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


@cache
def _font_of(character: str) -> str:
    """Return the first font that draws ``character``, or nothing where no shipped one does.

    The fonts for East Asian scripts are large and are read only when a character asks for them.
    """
    code = ord(character)
    if code < 0x250:
        return TEXT
    return next((font for font in (TEXT, HAN, HANGUL) if code in _glyphs(font)), "")


def drawable(text: str) -> str:
    """Return ``text`` made visible, with code points for what no shipped font draws."""
    shown = visible(text)
    if shown.isascii():
        return shown
    return "".join(char if _font_of(char) else f"[U+{ord(char):04X}]" for char in shown)


def markup(text: str) -> str:
    """Return evidence text as reportlab markup: escaped, line ends kept, fonts chosen per character."""
    shown = drawable(text)
    if shown.isascii():
        return _escaped(shown)
    return "".join(
        _escaped("".join(run)) if font == TEXT else f'<font name="{font}">{_escaped("".join(run))}</font>'
        for font, run in groupby(shown, key=_font_of)
    )


def mono(text: str) -> str:
    """Return a hash or an id as markup in the fixed-width font."""
    return f'<font name="{MONO}" size="-1.5">{_escaped(drawable(text))}</font>'


def _escaped(text: str) -> str:
    return escape(text, quote=True).replace("\t", " \u00a0 ").replace("\n", "<br/>")


def draw_line(
    canvas: Any, place: tuple[float, float], text: str, size: float, width: float, *, right: bool = False
) -> float:
    """Draw ``text`` on one line in the fonts that it needs, cut with an ellipsis to ``width`` points.

    ``place`` is where the line begins, with ``right`` where it ends. Returns the width of what was drawn.
    """
    register_fonts()
    shown = " ".join(drawable(text[:2000]).split())
    if _width(shown, size) > width:
        while shown and _width(shown + "…", size) > width:
            shown = shown[: len(shown) * 9 // 10 if len(shown) > 200 else -1]
        shown += "…"
    x, y = place
    drawn = _width(shown, size)
    x -= drawn if right else 0
    for font, run in groupby(shown, key=_font_of):
        part = "".join(run)
        canvas.setFont(font, size)
        canvas.drawString(x, y, part)
        x += canvas.stringWidth(part, font, size)
    return drawn


def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(sum(stringWidth("".join(run), font, size) for font, run in groupby(text, key=_font_of)))
