"""Which columns of a table name a file and which hold prose: asked for, or guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.protocols import ReadOptions

_IMAGE_NAME = re.compile(
    r"[^\s?*<>|\"].{0,400}\.(jpe?g|png|tiff?|bmp|gif|webp|hei[cf]|avif|jp2|j2k|dcm|dicom|ima)", re.I
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"https?://|www\.", re.I)
_SUBJECT_NAMES = frozenset({"patientid", "patient", "subject", "subjectid", "mrn", "caseid", "personid"})
_FILE_NAMES = ("path", "file", "filename", "image", "picture", "photo")
# A column of prose has this many words in its typical filled cell; names and places have fewer.
_PROSE_WORDS = 5.0
# Next to the wordiest column, another one counts when it is at least this wordy beside it.
_PROSE_SHARE = 0.15
_SAMPLE_ROWS = 2000
_MAX_OTHERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The chosen columns, by place; ``file_index`` None where no file is named."""

    headings: tuple[str, ...]
    file_index: int | None
    text_indexes: tuple[int, ...]
    subject_index: int | None = None

    def text(self, row: Sequence[str]) -> str:
        """Return the prose of a row, its columns parted by a blank line; empty where there is none."""
        return "\n\n".join(cell for index in self.text_indexes if (cell := _cell(row, index)))

    def file(self, row: Sequence[str]) -> str:
        return _cell(row, self.file_index) if self.file_index is not None else ""

    def subject(self, row: Sequence[str]) -> str:
        return _cell(row, self.subject_index) if self.subject_index is not None else ""

    def others(self, row: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return the filled cells of the other columns by heading; of equal headings the last counts."""
        used = {self.file_index, *self.text_indexes}
        cells = (
            (heading, _cell(row, index)[:500])
            for index, heading in enumerate(self.headings)
            if index not in used and heading
        )
        filled = {heading: cell for heading, cell in cells if cell}
        return tuple(filled.items())[:_MAX_OTHERS]


def _cell(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def choose_columns(
    rows: Sequence[Sequence[str]], options: ReadOptions
) -> tuple[Columns | None, tuple[str, ...]]:
    """Return the columns, None where the table is not one of texts about files, and remarks."""
    if len(rows) < 2:
        return None, ()
    headings = tuple(rows[0])
    asked = tuple(name for name in (options.file_column, *options.text_columns) if name)
    missing = [name for name in asked if _index(headings, name) is None]
    if missing:
        return None, (f"has no column {', '.join(map(repr, missing))}; read as one text",)
    body = rows[1 : _SAMPLE_ROWS + 1]
    file_index = _index(headings, options.file_column) if options.file_column else _guess_file(headings, body)
    if options.text_columns:
        found = (_index(headings, name) for name in options.text_columns)
        text_indexes = tuple(index for index in found if index is not None)
    else:
        text_indexes = _guess_texts(headings, body, file_index)
    if not text_indexes or (file_index is None and not options.text_columns):
        return None, ()
    return Columns(
        headings=headings,
        file_index=file_index,
        text_indexes=text_indexes,
        subject_index=_subject(headings),
    ), ()


def _index(headings: Sequence[str], name: str) -> int | None:
    """Return the place of a heading, exact first, then without regard to case."""
    if name in headings:
        return headings.index(name)
    lowered = [heading.casefold() for heading in headings]
    return lowered.index(name.casefold()) if name.casefold() in lowered else None


def _subject(headings: Sequence[str]) -> int | None:
    plain = [re.sub(r"[^a-z]", "", heading.lower()) for heading in headings]
    return next((index for index, name in enumerate(plain) if name in _SUBJECT_NAMES), None)


def _guess_file(headings: Sequence[str], body: Sequence[Sequence[str]]) -> int | None:
    """Return the column whose values look like names of pictures; paths before bare names."""
    best: tuple[float, int, int] | None = None
    for index, heading in enumerate(headings):
        cells = [cell for row in body if (cell := _cell(row, index))]
        named = [cell for cell in cells if _IMAGE_NAME.fullmatch(cell) and not _ADDRESS.match(cell)]
        if len(named) < max(1, 0.8 * len(cells)) or len(named) < 0.5 * len(body):
            continue
        paths = sum("/" in cell or "\\" in cell for cell in named) / len(named)
        place = next((-i for i, name in enumerate(_FILE_NAMES) if name in heading.lower()), -len(_FILE_NAMES))
        candidate = (paths, place, -index)
        best = max(best, candidate) if best else candidate
    return -best[2] if best else None


def _guess_texts(
    headings: Sequence[str], body: Sequence[Sequence[str]], file_index: int | None
) -> tuple[int, ...]:
    """Return the columns of prose in the order of the table: the wordiest, and those near to it."""
    wordiness = {
        index: words
        for index in range(len(headings))
        if index != file_index and (words := _wordiness([_cell(row, index) for row in body])) >= _PROSE_WORDS
    }
    if not wordiness:
        return ()
    enough = _PROSE_SHARE * max(wordiness.values())
    return tuple(index for index, words in sorted(wordiness.items()) if words >= enough)


def _wordiness(cells: Sequence[str]) -> float:
    """Return the middle number of words in the filled cells; 0 for addresses and repeated phrases."""
    filled = [cell for cell in cells if cell]
    if not filled or sum(bool(_ADDRESS.match(cell)) for cell in filled) > len(filled) / 2:
        return 0.0
    if len(set(filled)) < 0.2 * len(filled):
        return 0.0
    counts = sorted(len(_WORD.findall(cell)) for cell in filled)
    return float(counts[len(counts) // 2])
