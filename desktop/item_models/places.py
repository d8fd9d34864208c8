"""Places as lines, and what is tied to each."""

from __future__ import annotations

from desktop.item_models.lines import Line
from desktop.item_models.wording import date_words, mark, number_words, say
from desktop.session.reading import file_name
from engine.store import CaseStore
from engine.store.localities import Locality, LocalityKind, Occurrence

_KINDS = {
    LocalityKind.COORDINATES: mark("Wording", "coordinates of the camera, within about 100 m"),
    LocalityKind.INSTITUTION: mark("Wording", "institution named by the scanner"),
    LocalityKind.NAMED: mark("Wording", "place named in texts"),
}
_MARKS = {
    LocalityKind.COORDINATES: "places",
    LocalityKind.INSTITUTION: "overview",
    LocalityKind.NAMED: "reports",
}
_AROUND = 50


def locality_line(place: Locality) -> Line:
    """Return a place as a line, with how many images and reports are tied to it."""
    counts = (
        say(mark("Wording", "images: {0}")).format(number_words(place.images)) if place.images else "",
        say(mark("Wording", "reports: {0}")).format(number_words(place.reports)) if place.reports else "",
    )
    return Line(
        title=place.name or coordinate_words(place),
        subtitle=say(_KINDS[place.kind]),
        trailing=" · ".join(part for part in counts if part),
        mark=_MARKS[place.kind],
        color="accent",
    )


def coordinate_words(place: Locality) -> str:
    """Return the middle of a place in degrees north or south and east or west, as navigation writes it."""
    if place.latitude_deg is None or place.longitude_deg is None:
        return ""
    latitude = f"{abs(place.latitude_deg):.4f}° {'N' if place.latitude_deg >= 0 else 'S'}"
    return f"{latitude}, {abs(place.longitude_deg):.4f}° {'E' if place.longitude_deg >= 0 else 'W'}"


def occurrence_line(store: CaseStore, found: Occurrence) -> Line:
    """Return an Image made at a place, or a Report that names it, as a line."""
    if found.image_id is not None:
        image = store.image(found.image_id)
        return Line(
            title=file_name(store.files_of_image(found.image_id)) or found.image_id,
            subtitle=image.modality if image else "",
            trailing=date_words(image.captured_at) if image else "",
            mark="images",
            color="accent",
        )
    report = store.report(found.report_id) if found.report_id is not None else None
    if report is None:
        return Line(title=say(mark("Wording", "no longer in the case")))
    entity = store.entity(found.entity_id) if found.entity_id is not None else None
    around = (
        report.text[max(entity.span.start - _AROUND, 0) : entity.span.end + _AROUND]
        if entity
        else report.text
    )
    return Line(
        title=report.title or file_name(store.files_of_report(report.id)) or report.id,
        subtitle=f"…{around[: 3 * _AROUND]}…",
        trailing=date_words(report.authored_at),
        mark="reports",
        color="accent",
    )


def count_words(count: int) -> str:
    return say(mark("Wording", "{0} places")).format(number_words(count))
