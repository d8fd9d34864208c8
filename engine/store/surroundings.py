"""What is tied to what around one thing of a case: persons, exhibits, Images and Reports, at most a few.

A whole case drawn at once would be a hairball; this is what stands around one chosen thing, two steps
far and limited, in an order that does not change from one look to the next.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.store.case_store import CaseStore


class ThingKind(enum.StrEnum):
    """What a thing is: a person (a subject or a name in a text), an exhibit, an Image or a Report."""

    PERSON = "person"
    EXHIBIT = "exhibit"
    REPORT = "report"
    IMAGE = "image"


class TieKind(enum.StrEnum):
    """How two things are tied: links that agree or not, a Relation without links, a name, a subject."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    RELATED = "related"
    NAMES = "names"
    SUBJECT = "subject"


# What contradicts is seen first, then what is tied by links, then by names.
_TELLING = (TieKind.CONTRADICTS, TieKind.SUPPORTS, TieKind.RELATED, TieKind.NAMES, TieKind.SUBJECT)


# "The witness" is a concept and could be anyone; a person is who has a name.
_NAMED = "(label <> 'person' OR concept = '')"


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A person or exhibit by its normal form, an Image or Report by its id."""

    kind: ThingKind
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """``count`` is of links or mentions."""

    first: Thing
    second: Thing
    kind: TieKind
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The things around ``center`` by kind, the ties among all of them, and how many things were left off."""

    center: Thing
    things: tuple[Thing, ...]
    ties: tuple[Tie, ...]
    left_off: int


def surroundings(store: CaseStore, center: Thing, *, most_of_a_kind: int = 8) -> Surroundings:
    """Return what stands around a thing, two steps far, at most ``most_of_a_kind`` of each kind."""
    kept: dict[Thing, None] = {center: None}
    left_off: set[Thing] = set()
    edge = [center]
    for _ in range(2):
        found = [tie for thing in edge for tie in _ties_of(store, thing, limit=4 * most_of_a_kind)]
        found.sort(key=_order)
        edge = []
        for thing in (end for tie in found for end in (tie.first, tie.second)):
            if thing in kept:
                continue
            if sum(other.kind is thing.kind for other in kept) < most_of_a_kind:
                kept[thing] = None
                edge.append(thing)
            else:
                left_off.add(thing)
    things = tuple(sorted(kept))
    ties = {
        (tie.first, tie.second, tie.kind): tie
        for thing in things
        for tie in _ties_of(store, thing, limit=16 * most_of_a_kind)
        if tie.first in kept and tie.second in kept
    }
    return Surroundings(
        center=center,
        things=things,
        ties=tuple(sorted(ties.values(), key=_order)),
        left_off=len(left_off - kept.keys()),
    )


def notable_things(store: CaseStore, *, limit: int = 30) -> tuple[tuple[Thing, int], ...]:
    """Return the persons and exhibits of most Reports and Images, each with how many it has."""
    named = store.connection.rows(
        "SELECT label, normal, count(DISTINCT report_number) AS reports FROM entity "
        f"WHERE label IN ('person', 'exhibit') AND superseded_by IS NULL AND normal <> '' AND {_NAMED} "
        "GROUP BY label, normal ORDER BY reports DESC, label, normal LIMIT ?",
        (limit,),
    )
    subjects = store.connection.rows(
        "SELECT 'person', subject_ref, count(*) AS files FROM "
        "(SELECT subject_ref FROM image WHERE superseded_by IS NULL UNION ALL "
        "SELECT subject_ref FROM report WHERE superseded_by IS NULL) WHERE subject_ref <> '' "
        "GROUP BY subject_ref ORDER BY files DESC, subject_ref LIMIT ?",
        (limit,),
    )
    found = [(Thing(ThingKind(kind), key), count) for kind, key, count in [*named, *subjects]]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0]))[:limit])


def _order(tie: Tie) -> tuple[int, int, Thing, Thing]:
    return _TELLING.index(tie.kind), -tie.count, tie.first, tie.second


def _ties_of(store: CaseStore, thing: Thing, *, limit: int) -> list[Tie]:
    if thing.kind is ThingKind.IMAGE:
        return [*_pairs(store, "image", thing, limit), *_subject(store, "image", thing)]
    if thing.kind is ThingKind.REPORT:
        return [
            *_pairs(store, "report", thing, limit),
            *_subject(store, "report", thing),
            *_named_in(store, thing, limit),
        ]
    ties = _naming(store, thing, limit)
    return [*ties, *_of_subject(store, thing, limit)] if thing.kind is ThingKind.PERSON else ties


def _pairs(store: CaseStore, side: str, thing: Thing, limit: int) -> list[Tie]:
    """Return the ties of an Image or Report to the other side of its Relations and Links."""
    other = "report" if side == "image" else "image"
    rows = store.connection.rows(
        f"SELECT {other}.id, 'related', 1 FROM relation JOIN {other} ON {other}.number = {other}_number "
        f"WHERE {side}_number = (SELECT number FROM {side} WHERE id = ?1 AND superseded_by IS NULL) "
        f"AND relation.superseded_by IS NULL UNION ALL SELECT {other}.id, link.relation, count(*) FROM link "
        f"JOIN {other} ON {other}.number = {other}_number "
        f"WHERE {side}_number = (SELECT number FROM {side} WHERE id = ?1 AND superseded_by IS NULL) "
        f"AND link.superseded_by IS NULL GROUP BY {other}.id, link.relation ORDER BY 3 DESC, 1 LIMIT ?2",
        (thing.key, 3 * limit),
    )
    linked = {key for key, relation, _ in rows if relation != TieKind.RELATED}
    return [
        _pair(thing, Thing(ThingKind(other), key), TieKind(relation), count)
        for key, relation, count in rows
        if relation != TieKind.RELATED or key not in linked
    ]


def _pair(thing: Thing, other: Thing, kind: TieKind, count: int) -> Tie:
    """Return a tie whose ends stand in the order of their kinds, so that it is found once from both sides."""
    first, second = sorted((thing, other))
    return Tie(first=first, second=second, kind=kind, count=count)


def _named_in(store: CaseStore, report: Thing, limit: int) -> list[Tie]:
    rows = store.connection.rows(
        "SELECT label, normal, count(*) FROM entity WHERE report_number = "
        "(SELECT number FROM report WHERE id = ? AND superseded_by IS NULL) AND superseded_by IS NULL "
        f"AND +label IN ('person', 'exhibit') AND normal <> '' AND {_NAMED} GROUP BY label, normal "
        "ORDER BY count(*) DESC, label, normal LIMIT ?",
        (report.key, limit),
    )
    return [_pair(report, Thing(ThingKind(kind), key), TieKind.NAMES, count) for kind, key, count in rows]


def _naming(store: CaseStore, named: Thing, limit: int) -> list[Tie]:
    rows = store.connection.rows(
        "SELECT report.id, count(*) FROM entity JOIN report ON report.number = report_number "
        f"WHERE normal = ? AND entity.superseded_by IS NULL AND +label = ? AND {_NAMED} "
        "GROUP BY report_number ORDER BY count(*) DESC, report.id LIMIT ?",
        (named.key, named.kind.value, limit),
    )
    return [_pair(named, Thing(ThingKind.REPORT, key), TieKind.NAMES, count) for key, count in rows]


def _subject(store: CaseStore, table: str, thing: Thing) -> list[Tie]:
    rows = store.connection.rows(
        f"SELECT subject_ref FROM {table} WHERE id = ? AND superseded_by IS NULL AND subject_ref <> ''",
        (thing.key,),
    )
    return [_pair(thing, Thing(ThingKind.PERSON, key), TieKind.SUBJECT, 1) for (key,) in rows]


def _of_subject(store: CaseStore, person: Thing, limit: int) -> list[Tie]:
    found: list[Tie] = []
    tables: Sequence[ThingKind] = (ThingKind.IMAGE, ThingKind.REPORT)
    for kind in tables:
        rows: Iterable[tuple[str]] = store.connection.rows(
            f"SELECT id FROM {kind} WHERE subject_ref = ? AND +superseded_by IS NULL ORDER BY id LIMIT ?",
            (person.key, limit),
        )
        found += [_pair(person, Thing(kind, key), TieKind.SUBJECT, 1) for (key,) in rows]
    return found
