"""The distinct sentences of the case, where each one stands, and what it means as a vector.

Reports say the same things over and over, so a sentence is kept once, with one vector, however often it is
said. All of it is derived data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model.ids import ReportId
from engine.store.connection import CaseConnection
from engine.store.criteria import ANY_REPORT, ReportChoice
from engine.store.reading import current_numbers, current_with_ids, wanted_ids

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CHUNK = 400
_LARGEST = 127  # of a signed byte


@dataclass(frozen=True, slots=True)
class Sentence:
    """A distinct sentence; ``number`` names it in this case file only."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """Where a sentence stands: ``report.text[start:start + len(sentence.text)]``."""

    sentence_number: int
    report_id: ReportId
    start: int


class Sentences:
    """The sentences of one open case: ``store.sentences``."""

    def __init__(self, connection: CaseConnection, check_writable: Callable[[], None]) -> None:
        self._connection = connection
        self._check_writable = check_writable

    def missing(self) -> tuple[ReportId, ...]:
        """Return the current Reports of which no sentence is kept, in the order they were saved."""
        rows = self._connection.rows(
            "SELECT id FROM report WHERE superseded_by IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM sentence_place WHERE report_number = report.number) ORDER BY number"
        )
        return tuple(ReportId(identity) for (identity,) in rows)

    def keep(self, found: Mapping[ReportId, Sequence[tuple[int, str]]]) -> None:
        """Keep the sentences of each Report, given as (start, text)."""
        self._check_writable()
        numbers = current_numbers(self._connection, "report", found)
        texts = dict.fromkeys(text for sentences in found.values() for _, text in sentences)
        with self._connection.transaction(durable=False):
            self._connection.execute_many(
                "INSERT OR IGNORE INTO sentence (text) VALUES (CAST(? AS TEXT))", ((text,) for text in texts)
            )
            self._connection.execute_many(
                "INSERT OR IGNORE INTO sentence_place (sentence_number, report_number, start) "
                "SELECT number, ?, ? FROM sentence WHERE text = CAST(? AS TEXT)",
                (
                    (numbers[report], start, text)
                    for report, sentences in found.items()
                    for start, text in sentences
                ),
            )

    def unread(self, *, limit: int) -> tuple[Sentence, ...]:
        """Return sentences that no encoder has read yet, at most ``limit``."""
        rows = self._connection.rows(
            "SELECT number, text FROM sentence WHERE vector IS NULL ORDER BY number LIMIT ?", (limit,)
        )
        return tuple(Sentence(number, text) for number, text in rows)

    def count_unread(self) -> int:
        """Return how many sentences no encoder has read yet."""
        return self._connection.number("SELECT count(*) FROM sentence WHERE vector IS NULL")

    def save_vectors(self, sentences: Sequence[Sentence], matrix: NDArray[np.float32]) -> None:
        """Keep the direction of each vector (``matrix``: float32, one row per sentence) at 8 bits."""
        import numpy as np

        self._check_writable()
        largest = np.abs(matrix).max(axis=1, keepdims=True)
        small = np.rint(matrix * (_LARGEST / np.where(largest > 0, largest, 1.0))).astype(np.int8)
        with self._connection.transaction(durable=False):
            self._connection.execute_many(
                "UPDATE sentence SET vector = ? WHERE number = ?",
                ((row.tobytes(), each.number) for each, row in zip(sentences, small, strict=True)),
            )

    def forget_vectors(self) -> None:
        """Let every sentence be read anew."""
        self._check_writable()
        with self._connection.transaction(durable=False):
            self._connection.execute("UPDATE sentence SET vector = NULL")

    def vectors(self, *, after: int = 0) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Return numbers and directions (int8, of any length) of sentences numbered above ``after``."""
        import numpy as np

        rows = self._connection.rows(
            "SELECT number, vector FROM sentence WHERE number > ? AND vector IS NOT NULL ORDER BY number",
            (after,),
        )
        numbers = np.fromiter((number for number, _ in rows), dtype=np.int64, count=len(rows))
        if not rows:
            return numbers, np.zeros((0, 0), dtype=np.int8)
        return numbers, np.frombuffer(b"".join([data for _, data in rows]), dtype=np.int8).reshape(
            len(rows), -1
        )

    def find(self, expression: str, *, limit: int, ranked: bool = True) -> tuple[Sentence, ...]:
        """Return the sentences that an FTS5 expression finds; it must be well formed.

        Those that are ``ranked`` come by BM25, best first, which takes a look at every one that is found.
        """
        order = "ORDER BY rank" if ranked else ""
        rows = self._connection.iterate(
            "SELECT number, text FROM (SELECT rowid AS found FROM sentence_text "
            f"WHERE sentence_text MATCH ? {order} LIMIT ?) CROSS JOIN sentence ON number = found",
            (expression, limit),
        )
        return tuple(Sentence(number, text) for number, text in rows)

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the texts of sentences by their numbers."""
        found: dict[int, str] = {}
        for chunk in _chunks(list(numbers)):
            marks = ", ".join("?" * len(chunk))
            found.update(
                self._connection.rows(f"SELECT number, text FROM sentence WHERE number IN ({marks})", chunk)
            )
        return found

    def places(
        self, numbers: Iterable[int], *, limit: int, choice: ReportChoice = ANY_REPORT
    ) -> tuple[SentencePlace, ...]:
        """Return at most ``limit`` places where sentences stand, in the order of ``numbers``."""
        only, chosen = choice.of_numbers("report_number")
        condition, values = choice.of_report()
        rows = self._connection.iterate(
            "SELECT sentence_number, report.id, start FROM json_each(?) AS wanted "
            "CROSS JOIN sentence_place ON sentence_number = wanted.value "
            "CROSS JOIN report ON report.number = report_number "
            f"WHERE report.superseded_by IS NULL{only}{condition} LIMIT ?",
            [json.dumps(list(numbers)), *chosen, *values, limit],
        )
        return tuple(SentencePlace(number, ReportId(report), start) for number, report, start in rows)

    def in_reports(self, reports: Iterable[ReportId], numbers: Iterable[int]) -> Iterator[SentencePlace]:
        """Yield the places of the numbered sentences in Reports."""
        rows = self._connection.iterate(
            f"SELECT sentence_number, report.id, start FROM {current_with_ids('report')} "
            "CROSS JOIN sentence_place INDEXED BY sentence_place_report ON report_number = report.number "
            # The plus keeps SQLite from looking every sentence up in every report.
            "WHERE +sentence_number IN (SELECT value FROM json_each(?))",
            [wanted_ids(reports), json.dumps(list(numbers))],
        )
        return (SentencePlace(number, ReportId(report), start) for number, report, start in rows)

    def rebuild(self) -> None:
        """Make the full-text index of the sentences again; inside a transaction."""
        self._connection.execute("INSERT INTO sentence_text (sentence_text) VALUES ('rebuild')")


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
