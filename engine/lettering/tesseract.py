"""Tesseract, where its program is installed: run on pixels that were decoded, never on a file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections import defaultdict
from functools import cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import TimedOut
from engine.lettering.lines import TextLine

_PROGRAM = "tesseract"
_TIME_LIMIT_S = 45.0
_MOST_LANGUAGES = 4
_NO_LANGUAGES = frozenset({"osd", "equ", "snum"})
_MOST_PX = 4096
# Page segmentation modes of its manual: a page of text; words here and there.
_PAGE, _SPARSE = "3", "11"
_WORD_LEVEL = "5"


class Tesseract:
    """Reads text with the languages that are installed beside it, English first."""

    name: ClassVar[str] = "tesseract"

    @staticmethod
    def availability() -> str | None:
        if shutil.which(_PROGRAM) is None:
            return "needs the program tesseract: it is not installed, or not on the PATH"
        if not _languages():
            return "tesseract has no language data: install that of English (eng)"
        return None

    @property
    def version(self) -> str:
        found = re.match(r"tesseract v?(\S+)", _output(["--version"]))
        return found[1] if found else "unknown"

    @property
    def weights_sha256(self) -> str:
        return ""  # its language data belong to the system; the version and the languages name them

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        return (("languages", "+".join(_languages())),)

    def read(self, view: NDArray[np.uint8], *, is_page: bool = False) -> list[TextLine]:
        """Return the lines of text in a picture, uint8 RGB, from top to bottom.

        Raises TimedOut where a page takes too long; of a photograph nothing is read then.
        """
        height, width = view.shape[:2]
        step = max(1, -(-max(height, width) // _MOST_PX))
        small = np.ascontiguousarray(view[::step, ::step])
        header = f"P6 {small.shape[1]} {small.shape[0]} 255\n".encode()
        modes = ["--psm", _PAGE if is_page else _SPARSE, "-l", "+".join(_languages())]
        try:
            table = _output(["-", "-", *modes, "tsv"], header + small.tobytes())
        except subprocess.TimeoutExpired as error:
            if is_page:
                raise TimedOut(f"tesseract did not read it within {_TIME_LIMIT_S:.0f} s") from error
            return []
        return _lines(table, step)


@cache
def _languages() -> tuple[str, ...]:
    listed = _output(["--list-langs"]).splitlines()[1:]
    known = [name for name in listed if name.strip() and "/" not in name and name not in _NO_LANGUAGES]
    return tuple(sorted(known, key=lambda name: (name != "eng", name))[:_MOST_LANGUAGES])


def _output(arguments: list[str], given: bytes = b"") -> str:
    """Run the program and return what it prints; "" where it cannot be run."""
    try:
        done = subprocess.run(
            [_PROGRAM, *arguments],
            input=given,
            capture_output=True,
            timeout=_TIME_LIMIT_S,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str, step: int) -> list[TextLine]:
    """Gather the words of its table (TSV of the manual) into lines."""
    words: dict[tuple[str, ...], list[tuple[NDArray[np.float32], str, float]]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        area = np.array([left, top, left + width, top + height], np.float32) * step
        words[tuple(cells[1:5])].append((area, cells[11].strip(), max(float(cells[10]), 0.0) / 100))
    return [_line(found) for found in words.values()]


def _line(words: list[tuple[NDArray[np.float32], str, float]]) -> TextLine:
    areas = np.stack([area for area, _, _ in words])
    (left, top), (right, bottom) = areas[:, :2].min(axis=0), areas[:, 2:].max(axis=0)
    characters = sum(len(text) for _, text, _ in words)
    return TextLine(
        corners=np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32),
        text=unicodedata.normalize("NFC", " ".join(text for _, text, _ in words)),
        score=sum(len(text) * score for _, text, score in words) / characters,
    )
