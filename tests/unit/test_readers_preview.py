"""Small pictures for people: gray ones are made from one band, to the same bytes."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as Picture

from engine.readers.preview import as_rgb, thumbnail_jpeg


@pytest.mark.parametrize("shape", [(640, 640), (700, 333), (90, 40), (2000, 1400)])
def test_a_gray_picture_has_the_thumbnail_that_its_three_bands_give(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(5).integers(0, 255, shape, dtype=np.uint8)
    picture = Picture.fromarray(as_rgb(noise))
    scale = 320 / max(shape)
    if scale < 1:
        width, height = (max(1, round(side * scale)) for side in picture.size)
        picture = picture.resize((width, height), Picture.Resampling.LANCZOS, reducing_gap=2.0)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=80)
    assert thumbnail_jpeg(as_rgb(noise)) == target.getvalue()


def test_one_colored_pixel_is_enough_to_keep_all_bands() -> None:
    view = as_rgb(np.full((100, 80), 120, np.uint8))
    view[41:49, 41:49] = (255, 0, 0)  # between the pixels that are looked at first
    with Picture.open(io.BytesIO(thumbnail_jpeg(view))) as small:
        red, _, blue = small.getpixel((45, 45))  # type: ignore[misc]
    assert red > blue + 100
