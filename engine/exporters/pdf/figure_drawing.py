"""A figure on the page: the original beside the annotated picture, from one embedded JPEG."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engine.exporters.contents import FigureContent
from engine.exporters.outlines import Outline, mark_places, outlines, thinned
from engine.exporters.pdf import fonts
from engine.exporters.pdf.layout import RULE, SOFT, Block, drawn
from engine.exporters.pictures import Picture
from engine.hashing import bytes_sha256

_GAP = 10.0
_TALLEST = 300.0
_BIGGEST_PIXEL = 3.0
_LINE = 1.1


def figure_pair(figure: FigureContent, shot: Picture, width: float, alt: str) -> Block:
    """Return original and annotated picture side by side, or one above the other where they are wide."""
    image = figure.image
    wide = image.width_px > 2.2 * image.height_px
    room = width if wide else (width - _GAP) / 2
    shown_width, shown_height = _fitted(
        image.width_px, image.height_px, room, _TALLEST * (0.6 if wide else 1)
    )
    shapes = outlines(figure)
    label = 11.0

    def draw(canvas: Any) -> None:
        places = (
            [(0.0, shown_height + 2 * label + _GAP / 2), (0.0, label)]
            if wide
            else [(0.0, label), (room + _GAP, label)]
        )
        for (x, y), text in zip(places, ("Original", "Findings outlined"), strict=True):
            canvas.saveState()
            canvas.translate(x, y)
            with described(canvas, f"{text}: {alt}"):
                _draw_picture(canvas, shot, shown_width, shown_height)
            if text != "Original":
                draw_outlines(canvas, shapes, image.width_px, image.height_px, shown_width, shown_height)
            canvas.setFont(fonts.TEXT, 7)
            canvas.setFillColor(SOFT)
            canvas.drawString(0, -8.5, text)
            canvas.restoreState()

    height = 2 * (shown_height + label) + _GAP / 2 if wide else shown_height + label
    return drawn(width, height, draw)


def small_picture(
    figure: FigureContent, shot: Picture, shapes: list[Outline], width: float, tallest: float, alt: str
) -> Block:
    """Return one picture with the given outlines, at most ``width`` by ``tallest`` points."""
    image = figure.image
    shown_width, shown_height = _fitted(image.width_px, image.height_px, width, tallest)

    def draw(canvas: Any) -> None:
        with described(canvas, alt):
            _draw_picture(canvas, shot, shown_width, shown_height)
        draw_outlines(canvas, shapes, image.width_px, image.height_px, shown_width, shown_height)

    return drawn(width, shown_height, draw)


def draw_outlines(
    canvas: Any, shapes: list[Outline], width_px: float, height_px: float, width: float, height: float
) -> None:
    """Draw outlines in pixels over a picture of ``width`` by ``height`` points at the origin."""
    scale = width / width_px
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(0, 0, width, height)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.setLineJoin(1)
    for shape in shapes:
        path = canvas.beginPath()
        for polygon in shape.polygons:
            for index, point in enumerate(thinned(polygon, 0.8 / scale)):
                step = path.lineTo if index else path.moveTo
                step(point.x * scale, height - point.y * scale)
            path.close()
        canvas.setDash()
        canvas.setStrokeColor("rgb(255,255,255)")
        canvas.setLineWidth(_LINE * 2.1)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.setDash(list(shape.dash))
        canvas.setStrokeColor(shape.color)
        canvas.setLineWidth(_LINE)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash()
    radius = 5.6 if len(shapes) <= 15 else 4.2
    places = mark_places(shapes, width_px, height_px, radius / scale)
    for shape, (x, y) in zip(shapes, places, strict=True):
        _draw_mark(canvas, shape, x * scale, height - y * scale, radius)
    canvas.restoreState()


@contextmanager
def described(canvas: Any, alt: str) -> Iterator[None]:
    """Give what is drawn inside a description for readers who cannot see it (ISO 32000-1, 14.9.3)."""
    text = b"\xfe\xff" + alt.encode("utf-16-be", "replace")
    canvas._code.append(f"/Span << /Alt <{text.hex().upper()}> >> BDC")
    yield
    canvas._code.append("EMC")


def _draw_mark(canvas: Any, shape: Outline, x: float, y: float, radius: float) -> None:
    canvas.setLineWidth(0.7)
    canvas.setStrokeColor("rgb(255,255,255)")
    canvas.setFillColor(shape.color)
    if shape.square:
        canvas.rect(x - radius, y - radius, 2 * radius, 2 * radius, stroke=1, fill=1)
    else:
        canvas.circle(x, y, radius, stroke=1, fill=1)
    size = radius * (1.35 if len(shape.mark) == 1 else 1.15 if len(shape.mark) == 2 else 0.85)
    canvas.setFillColor("rgb(255,255,255)")
    canvas.setFont(fonts.BOLD, size)
    canvas.drawCentredString(x, y - size * 0.36, shape.mark)


def _draw_picture(canvas: Any, shot: Picture, width: float, height: float) -> None:
    if shot.jpeg:
        name = _embedded(canvas, shot)
        canvas.saveState()
        canvas.scale(width, height)
        canvas.doForm(name)
        canvas.restoreState()
    else:
        canvas.setFont(fonts.TEXT, 8)
        canvas.setFillColor(SOFT)
        canvas.drawCentredString(width / 2, height / 2, "picture not available")
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.rect(0, 0, width, height, stroke=1, fill=0)


def _embedded(canvas: Any, shot: Picture) -> str:
    """Put the JPEG into the file once, as it is, and return its name there.

    reportlab's ``drawImage`` would name it by a path or decode it again.
    """
    from reportlab.pdfbase.pdfdoc import PDFImageXObject

    name = f"picture-{bytes_sha256(shot.jpeg)[:24]}"
    document = canvas._doc
    if not document.hasForm(name):
        made = PDFImageXObject(name)
        made.width, made.height, made.bitsPerComponent = shot.width_px, shot.height_px, 8
        made.colorSpace = "DeviceGray" if shot.gray else "DeviceRGB"
        made._filters = ("DCTDecode",)
        made.streamContent = shot.jpeg
        document.Reference(made, document.getXObjectName(name))
    return name


def _fitted(width_px: int, height_px: int, width: float, tallest: float) -> tuple[float, float]:
    scale = min(width / width_px, tallest / height_px, _BIGGEST_PIXEL)
    return width_px * scale, height_px * scale
