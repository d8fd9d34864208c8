"""Where things were: coordinates and institutions of Images, places that texts name, with counts."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from engine.model.ids import EntityId, ImageId, ReportId
from engine.store.case_store import CaseStore

# Three decimals of a degree are about a hundred meters: what one place is for a list.
_DECIMALS = 3
_TEXT_LABELS = ("place", "address")


class LocalityKind(enum.StrEnum):
    """What tells of a place: a camera's coordinates, a scanner's institution, or a text."""

    COORDINATES = "coordinates"
    INSTITUTION = "institution"
    NAMED = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """One place with how much is tied to it; coordinates are those of the middle, in degrees (WGS 84).

    ``key`` tells it apart from others of its kind.
    """

    kind: LocalityKind
    key: str
    name: str
    images: int = 0
    reports: int = 0
    latitude_deg: float | None = None
    longitude_deg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """An Image that was made at a place, or a Report that names it."""

    image_id: ImageId | None = None
    report_id: ReportId | None = None
    entity_id: EntityId | None = None


def localities(store: CaseStore) -> tuple[Locality, ...]:
    """Return all places, the most frequent of each kind first; walks all Images, so ask beside the loop."""
    return (*_coordinates(store), *_institutions(store), *_named(store))


def occurrences(store: CaseStore, locality: Locality) -> tuple[Occurrence, ...]:
    """Return what is tied to a place, in the order it was saved."""
    if locality.kind is LocalityKind.NAMED:
        rows = store.connection.rows(
            "SELECT report.id, entity.id, min(entity.number) FROM entity "
            "JOIN report ON report.number = report_number "
            f"WHERE entity.label IN ({_marks(_TEXT_LABELS)}) AND entity.superseded_by IS NULL "
            "AND lower(normal) = CAST(? AS TEXT) GROUP BY report_number ORDER BY entity.number",
            [*_TEXT_LABELS, locality.key],
        )
        return tuple(
            Occurrence(report_id=ReportId(report), entity_id=EntityId(entity)) for report, entity, _ in rows
        )
    if locality.kind is LocalityKind.COORDINATES:
        latitude, longitude = locality.key.split(",")
        condition = (
            f"round(latitude_deg, {_DECIMALS}) = round(?, {_DECIMALS}) "
            f"AND round(longitude_deg, {_DECIMALS}) = round(?, {_DECIMALS})"
        )
        rows = _images(store, condition, [float(latitude), float(longitude)])
    else:
        rows = _images(store, f"{_INSTITUTION} = CAST(? AS TEXT)", [locality.key])
    return tuple(Occurrence(image_id=ImageId(image)) for image, _ in rows)


_INSTITUTION = (
    "(SELECT json_extract(value, '$[1]') FROM json_each(metadata) "
    "WHERE json_extract(value, '$[0]') = 'institution' LIMIT 1)"
)


def _images(store: CaseStore, condition: str, values: list[float] | list[str]) -> list[tuple[str, int]]:
    return store.connection.rows(
        "SELECT id, min(number) FROM image WHERE superseded_by IS NULL "
        f"AND {condition} GROUP BY sha256 ORDER BY number",
        values,
    )


def _coordinates(store: CaseStore) -> list[Locality]:
    rows = store.connection.rows(
        f"SELECT round(latitude_deg, {_DECIMALS}) AS latitude, "
        f"round(longitude_deg, {_DECIMALS}) AS longitude, "
        "avg(latitude_deg), avg(longitude_deg), count(DISTINCT sha256) AS files FROM image "
        "WHERE superseded_by IS NULL AND latitude_deg IS NOT NULL AND longitude_deg IS NOT NULL "
        "GROUP BY latitude, longitude ORDER BY files DESC, latitude, longitude"
    )
    return [
        Locality(
            kind=LocalityKind.COORDINATES,
            key=f"{latitude},{longitude}",
            name="",
            images=files,
            latitude_deg=middle_latitude,
            longitude_deg=middle_longitude,
        )
        for latitude, longitude, middle_latitude, middle_longitude, files in rows
    ]


def _institutions(store: CaseStore) -> list[Locality]:
    rows = store.connection.rows(
        f"SELECT {_INSTITUTION} AS institution, count(DISTINCT sha256) AS files FROM image "
        "WHERE superseded_by IS NULL AND instr(metadata, '\"institution\"') "
        "GROUP BY institution HAVING institution <> '' ORDER BY files DESC, institution"
    )
    return [
        Locality(kind=LocalityKind.INSTITUTION, key=name, name=name, images=files) for name, files in rows
    ]


def _named(store: CaseStore) -> list[Locality]:
    rows = store.connection.rows(
        "SELECT lower(normal) AS place, min(text), count(DISTINCT report_number) AS reports FROM entity "
        f"WHERE label IN ({_marks(_TEXT_LABELS)}) AND superseded_by IS NULL "
        "GROUP BY place ORDER BY reports DESC, place",
        _TEXT_LABELS,
    )
    return [
        Locality(kind=LocalityKind.NAMED, key=place, name=text, reports=reports)
        for place, text, reports in rows
    ]


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
