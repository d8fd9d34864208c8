"""Pictures for people: a gray window on measured values, JPEG thumbnails and previews."""

from __future__ import annotations

import io
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

THUMBNAIL_PX = 320


def window(
    values: NDArray[np.float32], center: float, width: float, *, inverted: bool = False
) -> NDArray[np.uint8]:
    """Return ``values`` as an RGB view, uint8 (height, width, 3), black below the window, white above.

    ``center`` and ``width`` are in the unit of ``values``; ``inverted`` is for MONOCHROME1, where
    low values are bright. DICOM PS3.3 C.11.2.1.3.2 (linear exact); a width below one counts as one
    thousandth, since a window without width would divide by nothing.
    """
    width = max(width, 1e-3)
    scaled = (values - np.float32(center - width / 2)) * np.float32(255 / width)
    gray = np.nan_to_num(scaled, nan=0.0, posinf=255.0, neginf=0.0).clip(0, 255)
    gray = np.rint(255 - gray if inverted else gray).astype(np.uint8)
    return as_rgb(gray)


def as_rgb(gray: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a gray picture (height, width) as RGB (height, width, 3)."""
    return np.repeat(gray[:, :, None], 3, axis=2)


def thumbnail_jpeg(view: NDArray[np.uint8], max_px: int = THUMBNAIL_PX) -> bytes:
    """Return a small JPEG of ``view``, neither side longer than ``max_px``; never enlarged."""
    return _jpeg(view, max_px, quality=80)


def preview_jpeg(view: NDArray[np.uint8], max_px: int) -> bytes:
    """Return a JPEG for the screen, neither side longer than ``max_px``; never enlarged."""
    return _jpeg(view, max_px, quality=92)


def _jpeg(view: NDArray[np.uint8], max_px: int, quality: int) -> bytes:
    picture = Picture.fromarray(np.ascontiguousarray(view[:, :, 0] if _is_gray(view) else view))
    scale = max_px / max(picture.size)
    if scale < 1:
        size = cast("tuple[int, int]", tuple(max(1, round(side * scale)) for side in picture.size))
        picture = picture.resize(size, Picture.Resampling.LANCZOS, reducing_gap=2.0)
    target = io.BytesIO()
    picture.convert("RGB").save(target, "JPEG", quality=quality)
    return target.getvalue()


def _is_gray(view: NDArray[np.uint8]) -> bool:
    """Tell whether all three bands are equal; one of them is made small in less than half the time."""
    if (view[::32, ::32, :1] != view[::32, ::32]).any():
        return False
    red, green, blue = (view[:, :, band] for band in range(3))
    return np.array_equal(red, green) and np.array_equal(red, blue)
