"""The Links and Relations of one Report become rows; those of an older signature are superseded."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import UsageError
from engine.model.findings import Link, Relation
from engine.model.ids import ComponentId, ReportId
from engine.store.change import Change
from engine.store.connection import CaseConnection
from engine.store.evidence_rows import real
from engine.store.finding_rows import cue_row
from engine.store.reading import current_numbers, find_links, find_relations


class _Numbers:
    """The row numbers of everything that the new Links and Relations name."""

    def __init__(
        self,
        connection: CaseConnection,
        report: ReportId,
        links: Sequence[Link],
        relations: Sequence[Relation],
    ) -> None:
        both: tuple[Link | Relation, ...] = (*links, *relations)
        ids: dict[str, set[str]] = {
            "image": {each.image_id for each in both},
            "region": {link.region_id for link in links if link.region_id is not None},
            "entity": {link.entity_id for link in links},
            "report": {report, *(each.report_id for each in both)},
            "component": {each.component_id for each in both},
        }
        self._found = {table: current_numbers(connection, table, wanted) for table, wanted in ids.items()}

    def of(self, table: str, identity: str | ComponentId) -> int:
        try:
            return self._found[table][identity]
        except KeyError:
            raise UsageError(
                f"the case holds no current {table} {identity}; save it before its links"
            ) from None


def save_report_links(
    connection: CaseConnection,
    change: Change,
    report: ReportId,
    links: Sequence[Link],
    relations: Sequence[Relation],
    *,
    signature: str,
    run_number: int,
) -> None:
    """Make these the current Links and Relations of a report; equal ones stay as they are."""
    numbers = _Numbers(connection, report, links, relations)
    report_number = numbers.of("report", report)
    _supersede_linking(connection, change, report_number)
    change.insert(
        "linking", {"report_number": report_number, "signature": signature, "run_number": run_number}
    )
    old_links = {link.id: link for link in find_links(connection, report_id=report)}
    old_relations = {relation.id: relation for relation in find_relations(connection, report_id=report)}
    new_links = {link.id: link for link in links}
    new_relations = {relation.id: relation for relation in relations}
    gone_links = [key for key, old in old_links.items() if new_links.get(key) != old]
    gone_relations = [key for key, old in old_relations.items() if new_relations.get(key) != old]
    change.supersede("link", current_numbers(connection, "link", gone_links).values())
    change.supersede("relation", current_numbers(connection, "relation", gone_relations).values())
    for link in new_links.values():
        if old_links.get(link.id) != link:
            _insert_link(change, link, numbers)
    for relation in new_relations.values():
        if old_relations.get(relation.id) != relation:
            _insert_relation(change, relation, numbers)


def linking_signature(connection: CaseConnection, report: ReportId) -> str | None:
    """Return the signature under which a report was last linked, None where it must be linked again."""
    row = connection.row(
        "SELECT signature FROM linking JOIN report ON report.number = report_number "
        "WHERE report.id = ? AND report.superseded_by IS NULL AND linking.superseded_by IS NULL",
        (report,),
    )
    return str(row[0]) if row else None


def _supersede_linking(connection: CaseConnection, change: Change, report_number: int) -> None:
    rows = connection.rows(
        "SELECT number FROM linking WHERE report_number = ? AND superseded_by IS NULL", (report_number,)
    )
    change.supersede("linking", [row[0] for row in rows])


def _insert_link(change: Change, link: Link, numbers: _Numbers) -> None:
    number = change.insert(
        "link",
        {
            "id": link.id,
            "image_number": numbers.of("image", link.image_id),
            "region_number": numbers.of("region", link.region_id) if link.region_id is not None else None,
            "entity_number": numbers.of("entity", link.entity_id),
            "report_number": numbers.of("report", link.report_id),
            "relation": link.relation.value,
            "score": real(link.score),
            "component_number": numbers.of("component", link.component_id),
        },
    )
    for cue in link.cues:
        change.insert("cue", cue_row(cue, link=number))


def _insert_relation(change: Change, relation: Relation, numbers: _Numbers) -> None:
    number = change.insert(
        "relation",
        {
            "id": relation.id,
            "image_number": numbers.of("image", relation.image_id),
            "report_number": numbers.of("report", relation.report_id),
            "cmi": real(relation.cmi),
            "sc": real(relation.sc),
            "abs": relation.abs,
            "component_number": numbers.of("component", relation.component_id),
        },
    )
    for cue in relation.cues:
        change.insert("cue", cue_row(cue, relation=number))
