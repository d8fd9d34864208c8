"""What we read beside what others read: Pillow's pixels, poppler's characters."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageOps

from engine.errors import ReadError
from engine.hashing import file_sha256
from engine.jobs.reading import Decoded, DecodePool
from engine.protocols import ReadOptions, Source
from engine.readers.folder import walk

pytestmark = [pytest.mark.data, pytest.mark.slow]
_MOST_PX = 100_000_000
# Marks of direction, which poppler adds to right-to-left text; the documents have none.
_DIRECTIONS = {ord(mark): "" for mark in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st"}


def decoded(folder: Path) -> Iterator[tuple[Path, Decoded | ReadError]]:
    sources = (
        Source(path=path, relative_path=path.name, sha256=file_sha256(path), size_bytes=path.stat().st_size)
        for path in walk(folder)
    )
    with DecodePool(2) as pool:
        for source, outcome in pool.decode(sources, ReadOptions()):
            yield source.path, outcome


def pillow_pixels(path: Path) -> NDArray[np.generic] | None:
    """Return what Pillow makes of a file, upright: RGB of eight bits, or the numbers of deep gray."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Picture.open(path) as picture:
                if picture.width * picture.height > _MOST_PX or picture.format in ("EPS", "DDS", "BLP"):
                    return None  # a program that is run, and textures of games
                upright = ImageOps.exif_transpose(picture)
                raw = np.asarray(upright)
                return raw if raw.dtype not in (np.uint8, np.bool_) else np.asarray(upright.convert("RGB"))
        except Exception:  # noqa: BLE001 - whatever it raises, there is nothing to compare with
            return None


def test_pictures_have_the_pixels_that_pillow_decodes(data_dir: Path) -> None:
    pillow_heif.register_heif_opener()
    compared = 0
    for path, outcome in decoded(data_dir / "robust" / "images"):
        theirs = pillow_pixels(path)
        if theirs is None:
            continue
        assert not isinstance(outcome, ReadError), f"{path}: {outcome}"
        (first, *_) = outcome.content.frames
        deep = theirs.dtype != np.uint8
        ours = first.pixels.values if deep else first.pixels.view
        assert ours is not None
        assert np.array_equal(ours, theirs), path
        compared += 1
    assert compared >= 150


def test_pdf_text_has_the_characters_that_poppler_finds(data_dir: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    ratios: dict[str, float] = {}
    for path, outcome in decoded(data_dir / "robust" / "pdf"):
        wanted = _characters(_poppler(path))
        if not wanted:
            continue
        reports = () if isinstance(outcome, ReadError) else outcome.content.reports
        found = _characters("".join(report.text for report in reports))
        ratios[path.name] = (wanted & found).total() / wanted.total()
    short = {name: ratio for name, ratio in ratios.items() if ratio < 0.98}
    assert len(ratios) >= 40
    assert len(short) <= 0.03 * len(ratios), short


def _poppler(path: Path) -> str:
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).stdout.decode(
        "utf-8", "replace"
    )


def _characters(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", text.translate(_LIGATURES).translate(_DIRECTIONS))
    return Counter(character for character in plain if not character.isspace())
