"""In which order an analyst should see Links, and where a Report stands in the list of all."""

from __future__ import annotations

import json
from collections.abc import Iterable

from engine.model.findings import LinkRelation
from engine.model.ids import LinkId, ReportId
from engine.store.case_store import CaseStore


def ranked_links(store: CaseStore, relation: LinkRelation | None = None) -> tuple[LinkId, ...]:
    """Return the ids of Links, contradictions first and of each relation the surest first.

    ``relation`` asks for one kind only. Walks all of them, so ask beside the event loop.
    """
    rows = store.connection.rows(
        "SELECT id FROM link WHERE superseded_by IS NULL AND (?1 IS NULL OR relation = ?1) "
        "ORDER BY relation, score DESC, id",
        (relation.value if relation else None,),
    )
    return tuple(LinkId(link) for (link,) in rows)


def count_contradictions(store: CaseStore, link_ids: Iterable[str]) -> int:
    """Count the current Links among these that contradict."""
    return store.connection.number(
        "SELECT count(*) FROM json_each(?) AS wanted CROSS JOIN link ON link.id = wanted.value "
        "WHERE link.superseded_by IS NULL AND relation = ?",
        (json.dumps(list(link_ids)), LinkRelation.CONTRADICTS.value),
    )


def place_of_report(store: CaseStore, report_id: ReportId) -> int:
    """Return the place (from 0) of a Report in ``CaseStore.reports()``, -1 where there is none."""
    place = store.connection.row(
        "SELECT (SELECT count(*) FROM report AS before WHERE before.superseded_by IS NULL "
        "AND before.number < report.number) FROM report WHERE id = ? AND superseded_by IS NULL",
        (report_id,),
    )
    return int(place[0]) if place else -1
