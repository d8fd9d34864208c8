"""By what the Images of a case can be narrowed, and how many would be left of each value.

Everything is done by the database, a hundred thousand Images at a time.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model.findings import Verdict
from engine.model.ids import ImageId
from engine.store.connection import Value

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore

_Condition = tuple[str, list[Value]]
_MOST_VALUES = 200
_MOST_MONTHS = 36


class Facet(enum.StrEnum):
    """By what Images can be narrowed; the values of the last three are ``yes`` and ``no``."""

    LABEL = "label"
    MODALITY = "modality"
    DATE = "date"
    ASSERTION = "assertion"
    CONTRADICTIONS = "contradictions"
    REVIEWED = "reviewed"
    SEEN = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which Images are left: of one facet any value may hold, of several facets all must.

    ``examiner`` is who has seen them or not.
    """

    facets: Mapping[Facet, frozenset[str]]
    examiner: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is asked for."""
        return not any(self.facets.values())


def facet_counts(store: CaseStore, narrowing: Narrowing) -> dict[Facet, tuple[tuple[str, int], ...]]:
    """Return the values of each facet with how many Images would be left, the other facets as chosen."""
    return {facet: tuple(_counted(store, narrowing, facet)) for facet in Facet}


def images_of_findings(store: CaseStore, finding_ids: Iterable[str]) -> dict[str, ImageId]:
    """Return the Image that each Region, Link or Relation is about; an Image stands for itself."""
    wanted = json.dumps(list(finding_ids))
    joined = (
        "SELECT {0}.id, image.id FROM json_each(?) AS wanted CROSS JOIN {0} ON {0}.id = wanted.value "
        "CROSS JOIN image ON image.number = {0}.image_number WHERE {0}.superseded_by IS NULL"
    )
    tables = ("region", "link", "relation")
    own = "SELECT id, id FROM image WHERE superseded_by IS NULL AND id IN (SELECT value FROM json_each(?))"
    sql = " UNION ALL ".join([*(joined.format(table) for table in tables), own])
    rows = store.connection.rows(sql, [wanted] * (len(tables) + 1))
    return {finding: ImageId(image) for finding, image in rows}


def image_condition(store: CaseStore, narrowing: Narrowing, *, but: Facet | None = None) -> _Condition:
    """Return what must hold of ``image``, as more conditions of a query; ``but`` a facet that is left out."""
    parts = [
        _condition(store, facet, sorted(wanted), narrowing.examiner)
        for facet, wanted in narrowing.facets.items()
        if wanted and facet is not but
    ]
    return "".join(f" AND {sql}" for sql, _ in parts), [value for _, own in parts for value in own]


def _condition(store: CaseStore, facet: Facet, wanted: Sequence[str], examiner: str) -> _Condition:
    """Return what must hold of ``image``."""
    values = json.dumps(list(wanted))
    among = "(SELECT value FROM json_each(?))"
    if facet is Facet.LABEL:
        return (
            "image.number IN (SELECT image_number FROM region WHERE superseded_by IS NULL "
            f"AND label IN {among})",
            [values],
        )
    if facet is Facet.MODALITY:
        return f"image.modality IN {among}", [values]
    if facet is Facet.DATE:
        return (
            "EXISTS (SELECT 1 FROM json_each(?) AS begins "
            "WHERE substr(image.captured_at, 1, length(begins.value)) = begins.value)",
            [values],
        )
    if facet is Facet.ASSERTION:
        return (
            "image.number IN (SELECT link.image_number FROM link JOIN entity "
            "ON entity.number = link.entity_number WHERE link.superseded_by IS NULL "
            f"AND entity.assertion IN {among})",
            [values],
        )
    if len(wanted) > 1:
        return "1", []
    sql, own = _whether(store, facet, examiner)
    return (sql, own) if wanted[0] == "yes" else (f"NOT {sql}", own)


def _whether(store: CaseStore, facet: Facet, examiner: str) -> _Condition:
    """Return a condition that holds of the Images that are so, and of no other."""
    if facet is Facet.CONTRADICTIONS:
        return (
            "(image.number IN (SELECT image_number FROM link WHERE superseded_by IS NULL "
            "AND relation = 'contradicts'))",
            [],
        )
    if facet is Facet.REVIEWED:
        standing = (target for target, said in store.verdicts().items() if said != Verdict.WITHDRAWN)
        ids = json.dumps(sorted(set(images_of_findings(store, standing).values())))
        return "(image.id IN (SELECT value FROM json_each(?)))", [ids]
    return (
        "(image.id IN (SELECT target_id FROM seen WHERE superseded_by IS NULL "
        "AND examiner = CAST(? AS TEXT)))",
        [examiner],
    )


def _counted(store: CaseStore, narrowing: Narrowing, facet: Facet) -> Iterator[tuple[str, int]]:
    condition, values = image_condition(store, narrowing, but=facet)
    current = f"image.superseded_by IS NULL{condition}"
    if facet in (Facet.CONTRADICTIONS, Facet.REVIEWED, Facet.SEEN):
        sql, own = _whether(store, facet, narrowing.examiner)
        query = f"SELECT sum({sql}), count(*) FROM image WHERE {current}"
        so, both = store.connection.rows(query, [*own, *values])[0]
        yield from (("yes", int(so or 0)), ("no", int(both) - int(so or 0)))
        return
    if facet is Facet.DATE:
        yield from _dates(store, current, values)
        return
    queries = {
        Facet.LABEL: "SELECT region.label, count(DISTINCT image.number) FROM region JOIN image "
        f"ON image.number = region.image_number WHERE region.superseded_by IS NULL AND {current}",
        Facet.MODALITY: f"SELECT modality, count(*) FROM image WHERE modality <> '' AND {current}",
        Facet.ASSERTION: "SELECT entity.assertion, count(DISTINCT image.number) FROM link "
        "JOIN entity ON entity.number = link.entity_number JOIN image ON image.number = link.image_number "
        f"WHERE link.superseded_by IS NULL AND {current}",
    }
    yield from store.connection.rows(
        f"{queries[facet]} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST_VALUES}", values
    )


def _dates(store: CaseStore, current: str, values: Sequence[Value]) -> Iterator[tuple[str, int]]:
    """Yield months, or years where there are many months, the newest first."""
    months = store.connection.rows(
        f"SELECT substr(captured_at, 1, 7), count(*) FROM image WHERE captured_at IS NOT NULL AND {current} "
        "GROUP BY 1 ORDER BY 1 DESC",
        values,
    )
    if len(months) <= _MOST_MONTHS:
        yield from months
        return
    years: dict[str, int] = {}
    for month, count in months:
        years[month[:4]] = years.get(month[:4], 0) + count
    yield from years.items()
