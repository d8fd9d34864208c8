"""Region, Entity, Link, Relation, Cue and Review as rows of the case file, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from engine.model.evidence import Span
from engine.model.findings import (
    Assertion,
    Cue,
    Entity,
    EntityAttributes,
    FindingKind,
    Link,
    LinkRelation,
    Measurement,
    Region,
    RegionAttributes,
    Relation,
    Review,
    Verdict,
)
from engine.model.geometry import Point, Polygon
from engine.model.ids import ComponentId, EntityId, ImageId, LinkId, RegionId, RelationId, ReportId, ReviewId
from engine.store.connection import Value
from engine.store.evidence_rows import compact, real, side


def polygons_text(polygons: tuple[Polygon, ...]) -> str:
    """Return polygons as JSON: a list of x, y, x, y, … for each."""
    return compact([[value for point in each.points for value in (point.x, point.y)] for each in polygons])


def read_polygons(text: str) -> tuple[Polygon, ...]:
    return tuple(Polygon(tuple(_points(values))) for values in json.loads(text)) if text != "[]" else ()


def _points(values: list[float]) -> Iterator[Point]:
    return (Point(x, y) for x, y in zip(values[::2], values[1::2], strict=True))


def region_row(region: Region, image_number: int, component_number: int) -> dict[str, Value]:
    attributes = region.attributes
    return {
        "id": region.id,
        "image_number": image_number,
        "label": region.label,
        "score": real(region.score),
        "component_number": component_number,
        "polygons": polygons_text(region.polygons),
        "parent_id": region.parent_id,
        "colors": _colors_text(attributes),
        "side": attributes.side.value if attributes.side else None,
        "position": attributes.position,
        "area_px": real(attributes.area_px),
        "area_mm2": real(attributes.area_mm2),
        "text": attributes.text,
    }


def _colors_text(attributes: RegionAttributes) -> str:
    """Return the color words as a JSON list, or, with a palette, as an object of both."""
    if not attributes.palette:
        return compact(attributes.colors)
    return compact({"words": attributes.colors, "palette": attributes.palette})


def _read_colors(text: str) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    found = json.loads(text)
    if isinstance(found, list):
        return tuple(found), ()
    return tuple(found["words"]), tuple(tuple(row) for row in found["palette"])


# Selected FROM region JOIN image JOIN component.
REGION_COLUMNS = (
    "region.id, image.id, region.label, region.score, component.id, region.polygons, region.parent_id, "
    "region.colors, region.side, region.position, region.area_px, region.area_mm2, region.text"
)


def read_region(row: Iterable[Any]) -> Region:
    identity, image, label, score, component, polygons, parent, *rest = row
    colors, region_side, position, area_px, area_mm2, text = rest
    words, palette = _read_colors(colors)
    return Region(
        id=RegionId(identity),
        image_id=ImageId(image),
        label=label,
        score=score,
        component_id=ComponentId(component),
        polygons=read_polygons(polygons),
        parent_id=RegionId(parent) if parent is not None else None,
        attributes=RegionAttributes(
            colors=words,
            palette=palette,
            side=side(region_side),
            position=position,
            area_px=area_px,
            area_mm2=area_mm2,
            text=text,
        ),
    )


def entity_row(entity: Entity, report_number: int, component_number: int) -> dict[str, Value]:
    attributes = entity.attributes
    size = attributes.measurement
    return {
        "id": entity.id,
        "report_number": report_number,
        "label": entity.label,
        "text": entity.text,
        "span_start": entity.span.start,
        "span_end": entity.span.end,
        "score": real(entity.score),
        "component_number": component_number,
        "normal": entity.normal,
        "concept": entity.concept,
        "assertion": entity.assertion.value,
        "laterality": attributes.laterality.value if attributes.laterality else None,
        "position": attributes.position,
        "colors": _entity_colors(attributes),
        "count": attributes.count,
        "measurement": compact(size.values_mm) if size else None,
        "date": attributes.date,
        "section": attributes.section,
    }


def _entity_colors(attributes: EntityAttributes) -> str:
    """Return the colors; with them, where there are any, degree, comparison and materials."""
    more = {
        "degree": attributes.degree,
        "comparison": attributes.comparison,
        "materials": attributes.materials,
    }
    said = {name: value for name, value in more.items() if value}
    return compact({"words": attributes.colors, **said}) if said else compact(attributes.colors)


# Selected FROM entity JOIN report JOIN component.
ENTITY_COLUMNS = (
    "entity.id, report.id, entity.label, entity.text, span_start, span_end, entity.score, component.id, "
    "normal, concept, assertion, entity.laterality, entity.position, entity.colors, count, measurement, "
    "date, section"
)


def read_entity(row: Iterable[Any]) -> Entity:
    identity, report, label, text, start, end, score, component, normal, concept, assertion, *rest = row
    laterality, position, colors, count, measurement, date, section = rest
    described = json.loads(colors)
    more = described if isinstance(described, dict) else {"words": described}
    return Entity(
        id=EntityId(identity),
        report_id=ReportId(report),
        label=label,
        text=text,
        span=Span(start=start, end=end),
        score=score,
        component_id=ComponentId(component),
        normal=normal,
        concept=concept,
        assertion=Assertion(assertion),
        attributes=EntityAttributes(
            laterality=side(laterality),
            position=position,
            colors=tuple(more["words"]),
            count=count,
            measurement=(
                Measurement(values_mm=tuple(json.loads(measurement))) if measurement is not None else None
            ),
            date=date,
            section=section,
            degree=more.get("degree", ""),
            comparison=more.get("comparison", ""),
            materials=tuple(more.get("materials", ())),
        ),
    )


def cue_row(cue: Cue, *, link: int | None = None, relation: int | None = None) -> dict[str, Value]:
    return {
        "link_number": link,
        "relation_number": relation,
        "rule": cue.rule,
        "detail": cue.detail,
        "weight": real(cue.weight),
        "supports": int(cue.supports),
    }


CUE_COLUMNS = "rule, detail, weight, supports"


def read_cue(row: Iterable[Any]) -> Cue:
    rule, detail, weight, supports = row
    return Cue(rule=rule, detail=detail, weight=weight, supports=bool(supports))


# Selected FROM link JOIN image, report, entity, component, LEFT JOIN region; the number comes first.
LINK_COLUMNS = (
    "link.number, link.id, image.id, region.id, entity.id, report.id, link.relation, link.score, component.id"
)


def read_link(row: Iterable[Any], cues: tuple[Cue, ...]) -> Link:
    _, identity, image, region, entity, report, relation, score, component = row
    return Link(
        id=LinkId(identity),
        image_id=ImageId(image),
        region_id=RegionId(region) if region is not None else None,
        entity_id=EntityId(entity),
        report_id=ReportId(report),
        relation=LinkRelation(relation),
        score=score,
        component_id=ComponentId(component),
        cues=cues,
    )


# Selected FROM relation JOIN image, report, component; the number comes first.
RELATION_COLUMNS = "relation.number, relation.id, image.id, report.id, cmi, sc, relation.abs, component.id"


def read_relation(row: Iterable[Any], cues: tuple[Cue, ...]) -> Relation:
    _, identity, image, report, cmi, sc, abstractness, component = row
    return Relation(
        id=RelationId(identity),
        image_id=ImageId(image),
        report_id=ReportId(report),
        cmi=cmi,
        sc=sc,
        abs=abstractness,
        component_id=ComponentId(component),
        cues=cues,
    )


def review_row(review: Review) -> dict[str, Value]:
    return {
        "id": review.id,
        "target_kind": review.target_kind.value,
        "target_id": review.target_id,
        "verdict": review.verdict.value,
        "examiner": review.examiner,
        "at": review.at.isoformat(),
        "label": review.label,
        "polygons": polygons_text(review.polygons),
        "note": review.note,
    }


REVIEW_COLUMNS = "id, target_kind, target_id, verdict, examiner, at, label, polygons, note"


def read_review(row: Iterable[Any]) -> Review:
    identity, kind, target, verdict, examiner, at, label, polygons, note = row
    return Review(
        id=ReviewId(identity),
        target_kind=FindingKind(kind),
        target_id=target,
        verdict=Verdict(verdict),
        examiner=examiner,
        at=datetime.fromisoformat(at),
        label=label,
        polygons=read_polygons(polygons),
        note=note,
    )
