"""Pictures for exports: fetched one at a time, made small, and JPEG; else the thumbnail, with a note."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.exporters.options import ExportOptions
from engine.model.evidence import Image

if TYPE_CHECKING:
    from engine.store import CaseStore

_QUALITY = 85


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A JPEG of an Image; ``remark`` says why it is not made from the evidence; no bytes: no picture."""

    jpeg: bytes
    width_px: int
    height_px: int
    gray: bool
    remark: str = ""


def picture(store: CaseStore, image: Image, options: ExportOptions, max_px: int) -> Picture:
    """Return the picture of ``image`` with its longer side at most ``max_px``."""
    try:
        view = options.load_view(image.id)
    except (EngineError, OSError) as error:
        return _thumbnail(store, image, str(error))
    if (view.shape[1], view.shape[0]) != (image.width_px, image.height_px):
        remark = (
            f"the evidence has {view.shape[1]} × {view.shape[0]} px now; when it was read it had "
            f"{image.width_px} × {image.height_px}"
        )
        return _thumbnail(store, image, remark)
    return encode(view, max_px)


def encode(view: NDArray[np.uint8], max_px: int, remark: str = "") -> Picture:
    """Return uint8 RGB pixels as JPEG, shrunk to ``max_px``; one channel where all three are equal."""
    import cv2

    height, width = view.shape[:2]
    factor = min(1.0, max_px / max(width, height))
    if factor < 1:
        target = (max(round(width * factor), 1), max(round(height * factor), 1))
        view = np.asarray(cv2.resize(view, target, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    gray = bool((view[..., 0] == view[..., 1]).all() and (view[..., 0] == view[..., 2]).all())
    pixels = np.ascontiguousarray(view[..., 0] if gray else view[..., ::-1])
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return Picture(
        jpeg=data.tobytes(), width_px=view.shape[1], height_px=view.shape[0], gray=gray, remark=remark
    )


def _thumbnail(store: CaseStore, image: Image, reason: str) -> Picture:
    from PIL import Image as PilImage

    data = store.thumbnail(image.id)
    note = f"Shown from the case's own thumbnail: {reason}"
    if data is None:
        return Picture(jpeg=b"", width_px=image.width_px, height_px=image.height_px, gray=True, remark=reason)
    with PilImage.open(io.BytesIO(data)) as opened:
        return encode(np.asarray(opened.convert("RGB")), max(opened.size), note)
