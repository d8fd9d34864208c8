"""Full-text search over reports, entities, region labels, picture metadata and file names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.model.ids import ImageId, ReportId
from engine.store.records import TextHit
from engine.store.schema import FULL_TEXT

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore

_WORD_OR_PHRASE = re.compile(r'"([^"]*)"|(\S+)')

# kind: (FTS table, what to select, joins). Region labels are all alike, so ranking them by words
# would read every one for nothing; they come in the order they were saved.
_QUERIES = {
    "report": (
        "SELECT report.id, report.id, NULL, snippet(report_text, -1, '', '', '…', 24), "
        "bm25(report_text, 2.0, 1.0) "
        "FROM report_text JOIN report ON report.number = report_text.rowid "
        "WHERE report_text MATCH ? ORDER BY rank LIMIT ?"
    ),
    "entity": (
        "SELECT entity.id, report.id, NULL, entity.text, bm25(entity_text) "
        "FROM entity_text JOIN entity ON entity.number = entity_text.rowid "
        "JOIN report ON report.number = entity.report_number WHERE entity_text MATCH ? ORDER BY rank LIMIT ?"
    ),
    "region": (
        "SELECT region.id, NULL, image.id, region.label, -1.0 "
        "FROM region_text JOIN region ON region.number = region_text.rowid "
        "JOIN image ON image.number = region.image_number WHERE region_text MATCH ? LIMIT ?"
    ),
    "image": (
        "SELECT image.id, NULL, image.id, snippet(image_text, -1, '', '', '…', 12), bm25(image_text) "
        "FROM image_text JOIN image ON image.number = image_text.rowid "
        "WHERE image_text MATCH ? ORDER BY rank LIMIT ?"
    ),
    "file": (
        "SELECT source_file.id, "
        "(SELECT id FROM report WHERE report.sha256 = source_file.sha256 AND superseded_by IS NULL LIMIT 1), "
        "(SELECT id FROM image WHERE image.sha256 = source_file.sha256 AND superseded_by IS NULL LIMIT 1), "
        "source_file.relative_path, bm25(file_text) "
        "FROM file_text JOIN source_file ON source_file.number = file_text.rowid "
        "WHERE file_text MATCH ? ORDER BY rank LIMIT ?"
    ),
}

KINDS = tuple(_QUERIES)


def match_all(words: str) -> str:
    """Return the FTS5 expression for "all of these words and quoted phrases"; empty where there are none.

    Everything is quoted, so that nothing a user types can be an operator or a syntax error.
    """
    terms = [phrase or word for phrase, word in _WORD_OR_PHRASE.findall(words.replace("\0", " "))]
    quoted = ['"' + term.replace('"', " ").strip() + '"' for term in terms if any(map(str.isalnum, term))]
    return " ".join(quoted)


def search_text(
    store: CaseStore, words: str, *, limit: int = 50, kinds: tuple[str, ...] = KINDS
) -> tuple[TextHit, ...]:
    """Return rows of each kind that hold all words and quoted phrases, best first, at most ``limit`` each."""
    return search_expression(store, match_all(words), limit=limit, kinds=kinds)


def search_expression(
    store: CaseStore, expression: str, *, limit: int, kinds: tuple[str, ...] = KINDS
) -> tuple[TextHit, ...]:
    """Return what an FTS5 expression finds; it must be well formed."""
    if not expression:
        return ()
    hits: list[TextHit] = []
    for kind in kinds:
        for identity, report, image, snippet, rank in store.connection.iterate(
            _QUERIES[kind], (expression, limit)
        ):
            hits.append(
                TextHit(
                    kind=kind,
                    id=str(identity),
                    report_id=ReportId(str(report)) if report is not None else None,
                    image_id=ImageId(str(image)) if image is not None else None,
                    snippet=str(snippet or ""),
                    score=-float(str(rank)),
                )
            )
    return tuple(hits)


def rebuild(store: CaseStore) -> None:
    """Make the full-text indexes again from the current rows."""
    store.check_writable()
    with store.connection.transaction():
        for index, (content, columns) in FULL_TEXT.items():
            store.connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
            store.connection.execute(
                f"INSERT INTO {index} (rowid, {columns}) "
                f"SELECT number, {columns} FROM {content} WHERE superseded_by IS NULL"
            )
        store.sentences.rebuild()
