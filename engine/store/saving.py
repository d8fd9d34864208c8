"""One Source file and its findings become rows; what they replace is superseded, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.model.ids import ComponentId
from engine.store.change import Change
from engine.store.connection import CaseConnection, Value
from engine.store.evidence_rows import file_row, image_row, report_row
from engine.store.finding_rows import entity_row, region_row
from engine.store.outlining import outline_row
from engine.store.reading import current_numbers
from engine.store.records import FileFindings
from engine.store.superseding import drop_linking, supersede_content, supersede_rows

Row = Mapping[str, Value]


def save_findings(
    connection: CaseConnection, change: Change, findings: FileFindings, run_number: int
) -> None:
    """Add the occurrence, and the content's findings.

    Findings without Image and Report never replace what is there: they come from a second
    occurrence of known content, or from a file that could not be read this time.
    """
    for each in _with_attachments(findings):
        _save_occurrence(connection, change, each, run_number)
        if each.images or each.reports or not holds_content(connection, each.file.sha256):
            _save_signature(connection, change, each, run_number)
            _save_content(connection, change, each)


def holds_content(connection: CaseConnection, sha256: str) -> bool:
    """Tell whether there are current Images or Reports of this content."""
    return any(
        connection.row(f"SELECT 1 FROM {table} WHERE sha256 = ? AND superseded_by IS NULL LIMIT 1", (sha256,))
        for table in ("image", "report")
    )


def signature_of(connection: CaseConnection, sha256: str) -> str | None:
    """Return the signature under which this content was last analyzed, None where it never was."""
    row = connection.row(
        "SELECT signature FROM analysis WHERE sha256 = ? AND superseded_by IS NULL", (sha256,)
    )
    return str(row[0]) if row else None


def _with_attachments(findings: FileFindings) -> Iterator[FileFindings]:
    yield findings
    for attachment in findings.attachments:
        yield from _with_attachments(attachment)


def _save_occurrence(
    connection: CaseConnection, change: Change, findings: FileFindings, run_number: int
) -> None:
    file = findings.file
    new = file_row(file, run_number)
    columns = [column for column in new if column != "run_number"]
    old = connection.row(
        f"SELECT number, {', '.join(columns)} FROM source_file "
        "WHERE root = ? AND relative_path = CAST(? AS TEXT) AND superseded_by IS NULL",
        (file.root, file.relative_path),
    )
    if old is not None:
        if list(old[1:]) == [new[column] for column in columns]:
            return
        change.supersede("source_file", [old[0]])
        if old[1] != file.id:
            _forget_occurrence(connection, change, old_id=str(old[1]), old_sha256=str(old[4]))
    change.insert("source_file", new)


def _forget_occurrence(connection: CaseConnection, change: Change, *, old_id: str, old_sha256: str) -> None:
    """Supersede what only the former content of this path gave, members of a container included."""
    others = connection.number(
        "SELECT count(*) FROM source_file WHERE sha256 = ? AND id <> ? AND superseded_by IS NULL",
        (old_sha256, old_id),
    )
    if not others:
        supersede_content(connection, change, old_sha256)
    members = connection.rows(
        "SELECT number, id, sha256 FROM source_file WHERE parent_id = ? AND superseded_by IS NULL", (old_id,)
    )
    for number, identity, sha256 in members:
        change.supersede("source_file", [number])
        _forget_occurrence(connection, change, old_id=str(identity), old_sha256=str(sha256))


def _save_signature(
    connection: CaseConnection, change: Change, findings: FileFindings, run_number: int
) -> None:
    sha256 = findings.file.sha256
    if signature_of(connection, sha256) == findings.signature:
        return
    former = connection.rows(
        "SELECT number FROM analysis WHERE sha256 = ? AND superseded_by IS NULL", (sha256,)
    )
    change.supersede("analysis", [number for (number,) in former])
    change.insert("analysis", {"sha256": sha256, "signature": findings.signature, "run_number": run_number})


def _save_content(connection: CaseConnection, change: Change, findings: FileFindings) -> None:
    sha256 = findings.file.sha256
    before = change.size
    components = component_numbers(connection, _component_ids(findings))
    images = _replace(
        connection, change, "image", "sha256", [sha256], [image_row(image) for image in findings.images]
    )
    reports = _replace(
        connection, change, "report", "sha256", [sha256], [report_row(report) for report in findings.reports]
    )
    _replace(
        connection,
        change,
        "region",
        "image_number",
        images.values(),
        [region_row(each, images[each.image_id], components[each.component_id]) for each in findings.regions],
    )
    _replace(
        connection,
        change,
        "entity",
        "report_number",
        reports.values(),
        [
            entity_row(each, reports[each.report_id], components[each.component_id])
            for each in findings.entities
        ],
    )
    _replace(
        connection,
        change,
        "examination",
        "image_number",
        images.values(),
        [
            {"image_number": images[each.image_id], "component_number": components[each.component_id]}
            for each in findings.examinations
        ],
    )
    _replace(
        connection, change, "outline", "sha256", [sha256], [outline_row(each) for each in findings.outlines]
    )
    if change.size > before:
        drop_linking(connection, change, images=images.values(), reports=reports.values())
    connection.execute_many(
        "INSERT OR REPLACE INTO thumbnail (image_id, jpeg) VALUES (?, ?)", findings.thumbnails
    )


def _component_ids(findings: FileFindings) -> set[ComponentId]:
    return {
        *(region.component_id for region in findings.regions),
        *(entity.component_id for entity in findings.entities),
        *(look.component_id for look in findings.examinations),
    }


def component_numbers(connection: CaseConnection, ids: Iterable[ComponentId]) -> dict[ComponentId, int]:
    """Return the row numbers of components; raises KeyError for one that no run has begun with."""
    wanted = set(ids)
    found = current_numbers(connection, "component", wanted)
    return {identity: found[identity] for identity in wanted}


def _replace(
    connection: CaseConnection,
    change: Change,
    table: str,
    owner: str,
    owners: Iterable[Value],
    rows: Iterable[Row],
) -> dict[str, int]:
    """Make ``rows`` the current ones of their owners; equal rows stay. Returns numbers by id."""
    new = {_key(row): row for row in reversed(list(rows))}
    new = dict(reversed(list(new.items())))
    numbers: dict[str, int] = {}
    gone: list[int] = []
    for old_number, old in _current(connection, table, owner, owners):
        key = _key(old)
        if key in new and all(old[column] == value for column, value in new[key].items()):
            numbers[key] = old_number
        else:
            gone.append(old_number)
    supersede_rows(connection, change, table, gone)
    for key, row in new.items():
        if key not in numbers:
            numbers[key] = change.insert(table, row)
    return numbers


def _key(row: Row) -> str:
    """Return what tells rows of one owner apart: the id, or all of it where there is none."""
    return str(row.get("id") or [row["image_number"], row["component_number"]])


def _current(
    connection: CaseConnection, table: str, owner: str, owners: Iterable[Value]
) -> Iterator[tuple[int, dict[str, Value]]]:
    columns = list(connection.column_types(table))
    for each in owners:
        rows = connection.rows(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {owner} = ? AND superseded_by IS NULL", (each,)
        )
        for row in rows:
            yield row[0], dict(zip(columns, row, strict=True))
