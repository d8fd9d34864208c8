"""What follows when rows are no longer current: everything that was derived from them."""

from __future__ import annotations

from collections.abc import Iterable

from engine.store.change import Change
from engine.store.connection import CaseConnection

# table: (dependent table, its column) …
_DEPENDENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "image": (
        ("region", "image_number"),
        ("examination", "image_number"),
        ("link", "image_number"),
        ("relation", "image_number"),
    ),
    "report": (
        ("entity", "report_number"),
        ("linking", "report_number"),
        ("link", "report_number"),
        ("relation", "report_number"),
    ),
    "region": (("link", "region_number"),),
    "entity": (("link", "entity_number"),),
}


def supersede_rows(connection: CaseConnection, change: Change, table: str, numbers: Iterable[int]) -> None:
    """Supersede rows and all that depends on them."""
    gone = list(numbers)
    change.supersede(table, gone)
    if table == "report":
        _forget_sentences(connection, gone)
    for dependent, column in _DEPENDENTS.get(table, ()):
        for number in gone:
            rows = connection.rows(
                f"SELECT number FROM {dependent} WHERE {column} = ? AND superseded_by IS NULL", (number,)
            )
            supersede_rows(connection, change, dependent, [row[0] for row in rows])


def supersede_content(connection: CaseConnection, change: Change, sha256: str) -> None:
    """Supersede all that was found in content that is in no evidence folder any more."""
    for table in ("analysis", "image", "report", "outline"):
        rows = connection.rows(
            f"SELECT number FROM {table} WHERE sha256 = ? AND superseded_by IS NULL", (sha256,)
        )
        numbers = [row[0] for row in rows]
        if table == "image":
            drop_linking(connection, change, images=numbers, reports=())
        supersede_rows(connection, change, table, numbers)


def drop_linking(
    connection: CaseConnection, change: Change, *, images: Iterable[int], reports: Iterable[int]
) -> None:
    """Let reports be linked again whose own findings, or whose pictures' findings, have changed."""
    stale = set(reports)
    for image in images:
        for table in ("link", "relation"):
            rows = connection.rows(
                f"SELECT DISTINCT report_number FROM {table} "
                "WHERE image_number = ? AND superseded_by IS NULL",
                (image,),
            )
            stale.update(row[0] for row in rows)
    for report in stale:
        rows = connection.rows(
            "SELECT number FROM linking WHERE report_number = ? AND superseded_by IS NULL", (report,)
        )
        change.supersede("linking", [row[0] for row in rows])


def _forget_sentences(connection: CaseConnection, reports: Iterable[int]) -> None:
    """Delete the places of sentences, which point into a text that is no longer current."""
    for number in reports:
        connection.execute("DELETE FROM sentence_place WHERE report_number = ?", (number,))
