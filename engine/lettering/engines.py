"""Which engine reads words in pictures: the best that can run here, or the one that was asked for.

On photographs that is RapidOCR, which finds plates and markers. On scanned pages it is Tesseract where
it is installed: RapidOCR joins words when a page is a little askew (docs/validation.md).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.lettering.lines import TextLine
from engine.lettering.rapidocr import RapidOcr
from engine.lettering.tesseract import Tesseract

CHOICE = "CASEBOOK_OCR"
"""The environment variable that names the engine."""


class LetteringEngine(Protocol):
    """Finds and reads the lines of text in a picture."""

    name: ClassVar[str]

    @staticmethod
    def availability() -> str | None: ...

    @property
    def version(self) -> str: ...

    @property
    def weights_sha256(self) -> str: ...

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]: ...

    def read(self, view: NDArray[np.uint8], *, is_page: bool = False) -> list[TextLine]: ...


_ENGINES: Mapping[str, type[LetteringEngine]] = {RapidOcr.name: RapidOcr, Tesseract.name: Tesseract}


def chosen_engine(*, for_pages: bool = False) -> LetteringEngine | None:
    """Return the engine that reads photographs, or scanned pages, here; None where none can run."""
    candidates = _candidates()
    ordered = reversed(candidates) if for_pages else candidates
    return next((made() for made in ordered if made.availability() is None), None)


def unavailability() -> str:
    """Return in words why no engine can run here."""
    return "; ".join(reason for made in _candidates() if (reason := made.availability()))


def _candidates() -> tuple[type[LetteringEngine], ...]:
    asked = _ENGINES.get(os.environ.get(CHOICE, "").strip().lower())
    return (asked,) if asked else tuple(_ENGINES.values())
