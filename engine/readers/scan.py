"""Scanned pages of a PDF: drawn, read by the lettering engine, and put together as a Report of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import CorruptFile, UnsupportedFile
from engine.lettering.engines import LetteringEngine, chosen_engine, unavailability
from engine.lettering.lines import mean_score, page_text
from engine.model.evidence import Page, Report, Span
from engine.protocols import Source
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.pdf import open_pdf
from engine.readers.preview import as_rgb
from engine.readers.prose import make_report, normalize

SCAN_PART = 1
"""The part of the Report read from pictures; the text layer of the same file is part 0."""

_DPI = 200
_MAX_PAGE_PX = 24_000_000
# What is read at less than this is no text: texture, a stamp, handwriting.
_MIN_SCORE = 0.5
# One sign in a picture is a shape that looked like one.
_LEAST_CHARACTERS = 3
_PAGE_BREAK = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPage:
    """What was read on one page; ``score`` in [0, 1], 0 where nothing was."""

    number: int
    text: str
    score: float


def read_scanned_page(source: Source, number: int) -> ScannedPage:
    """Return the words of page ``number``, from 1; raises a ReadError with the reason."""
    engine = _engine()
    if engine is None:
        raise UnsupportedFile(f"no engine reads words in pictures here: {unavailability()}")
    document = open_pdf(read_bytes(source, MAX_DOCUMENT_FILE_BYTES))
    try:
        view = _drawn(document[number - 1])
    except PARSER_ERRORS as error:
        raise CorruptFile(f"page {number} cannot be drawn: {reason(error)}") from error
    finally:
        document.close()
    lines = [line for line in engine.read(view, is_page=True) if line.score >= _MIN_SCORE]
    text = normalize(page_text(lines)).strip()
    if sum(map(str.isalnum, text)) < _LEAST_CHARACTERS:
        text = ""
    return ScannedPage(number=number, text=text, score=mean_score(lines))


def scan_report(sha256: str, pages: Sequence[ScannedPage], *, title: str = "") -> Report | None:
    """Return the Report of scanned pages, marked with the confidence of each; None without any words."""
    read = [page for page in pages if page.text]
    engine = _engine()
    if not read or engine is None:
        return None
    placed: list[Page] = []
    start = 0
    for page in read:
        placed.append(Page(number=page.number, span=Span(start=start, end=start + len(page.text))))
        start += len(page.text) + len(_PAGE_BREAK)
    characters = sum(len(page.text) for page in read)
    confidences = [(f"ocr_confidence_page_{page.number}", f"{page.score:.2f}") for page in read]
    return make_report(
        sha256,
        _PAGE_BREAK.join(page.text for page in read),
        part=SCAN_PART,
        title=title,
        pages=tuple(placed),
        ocr_confidence=round(sum(page.score * len(page.text) for page in read) / characters, 4),
        metadata=(("read_by", f"{engine.name} {engine.version}"), *confidences),
    )


@cache
def _engine() -> LetteringEngine | None:
    """Return the engine with its networks, which stay loaded for the next page."""
    return chosen_engine(for_pages=True)


def _drawn(page: Any) -> NDArray[np.uint8]:
    """Return a page as uint8 RGB at 200 dots per inch, or less where it is as large as a wall."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MAX_PAGE_PX / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    return as_rgb(np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width))
