"""Draw the program's icon in all sizes and formats from ``resources/icons/app/casebook.svg``.

Run ``python -m installers.icons`` after a change of the drawing; the results are committed.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons" / "app"
PNG_PX = (16, 24, 32, 48, 64, 128, 256)
_ICO_PX = (16, 24, 32, 48, 64, 128, 256)
_ICNS_PX = (32, 64, 128, 256, 512)


def main() -> None:
    """Write the pictures beside the drawing."""
    renderer = QSvgRenderer(QByteArray((FOLDER / "casebook.svg").read_bytes()))
    drawn = {size_px: _draw(renderer, size_px) for size_px in sorted({*PNG_PX, *_ICO_PX, *_ICNS_PX})}
    for size_px in PNG_PX:
        drawn[size_px].save(FOLDER / f"casebook-{size_px}.png", optimize=True)
    _save(drawn, _ICO_PX, FOLDER / "casebook.ico")
    _save(drawn, _ICNS_PX, FOLDER / "casebook.icns")


def _draw(renderer: QSvgRenderer, size_px: int) -> Image.Image:
    picture = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")


def _save(drawn: dict[int, Image.Image], sizes_px: tuple[int, ...], path: Path) -> None:
    """Write a format that holds several sizes; each is drawn, none is scaled."""
    largest = drawn[max(sizes_px)]
    others = [drawn[size_px] for size_px in sizes_px if size_px != max(sizes_px)]
    largest.save(path, sizes=[(size_px, size_px) for size_px in sizes_px], append_images=others)


if __name__ == "__main__":
    main()
