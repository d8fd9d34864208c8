"""What the command line says: tables and sentences for people, one JSON document for programs."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from engine.hashing import plain
from engine.progress import Progress, ReportProgress, silent

_CELL_CHARACTERS = 48


class Printer:
    """Prints either for people or, with ``as_json``, exactly one JSON document on stdout."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def line(self, text: str = "") -> None:
        """Say something to people."""
        if not self._as_json:
            sys.stdout.write(_printable(text) + "\n")

    def complain(self, text: str) -> None:
        """Say in one line on stderr what is wrong."""
        sys.stderr.write("casebook: " + _printable(" ".join(text.split())) + "\n")

    def record(self, value: object, *, sentence: str = "") -> None:
        """Print one object: as JSON, or as ``sentence``, or as a list of its fields."""
        fields = plain(value)
        if self._as_json:
            _write_json(fields)
        elif sentence:
            self.line(sentence)
        else:
            width = max((len(name) for name in fields), default=0)
            for name, item in fields.items():
                self.line(f"{name.replace('_', ' '):<{width}}  {_cell(item, limit=0)}")

    def rows(self, rows: Sequence[object], *, nothing: str, columns: Sequence[str] = ()) -> None:
        """Print an array of objects: as JSON, or as a table of ``columns`` (default: all)."""
        records = [plain(row) for row in rows]
        if self._as_json:
            _write_json(records)
        elif not records:
            self.line(nothing)
        else:
            self._table(records, list(columns) or list(records[0]))

    def _table(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
        cells = [[_cell(row.get(column), limit=_CELL_CHARACTERS) for column in columns] for row in rows]
        widths = [
            max(len(column), *(len(row[number]) for row in cells)) for number, column in enumerate(columns)
        ]
        self.line("  ".join(f"{name:<{width}}" for name, width in zip(columns, widths, strict=True)).rstrip())
        for row in cells:
            self.line("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())

    @contextmanager
    def progress(self) -> Iterator[ReportProgress]:
        """Offer a progress bar on a terminal, and silence in a pipe."""
        if self._as_json or not sys.stderr.isatty():
            yield silent
            return
        from tqdm import tqdm

        with tqdm(total=0, unit="", leave=False, dynamic_ncols=True, file=sys.stderr) as bar:

            def show(news: Progress) -> None:
                bar.total = news.total or None
                bar.n = news.done
                bar.set_description(news.step, refresh=False)
                bar.set_postfix_str(_printable(news.item)[-_CELL_CHARACTERS:], refresh=False)
                bar.update(0)

            yield show


def escape_what_the_terminal_lacks() -> None:
    """Print characters that the terminal or pipe has no code for as escapes, where Python would fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _write_json(value: object) -> None:
    in_unicode = sys.stdout.encoding.lower().startswith("utf")
    json.dump(value, sys.stdout, ensure_ascii=not in_unicode, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def _cell(value: object, *, limit: int) -> str:
    if value is None:
        text = ""
    elif isinstance(value, float):
        text = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        text = "; ".join(value)
    elif isinstance(value, list | dict):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = str(value)
    text = " ".join(_printable(text).split())
    return text[: limit - 1] + "…" if limit and len(text) > limit else text


def _printable(text: str) -> str:
    """Replace control characters, so that evidence cannot drive the terminal."""
    return "".join(
        "�" if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" else char for char in text
    )
