"""What the sources themselves state: sections of reports, identifiers, times and places. Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.exporters import words
from engine.model.evidence import Image, Report
from engine.model.ids import ReportId

if TYPE_CHECKING:
    from engine.store import CaseStore

MOST_TEXTS = 12
"""How many texts are named for one identifier."""

NO_IDENTIFIER = "The texts name no exhibit, number or other identifier that was recognized."
NO_TIME_OR_PLACE = "No picture carries a time or a place."

_SECTIONS = ("indication", "history", "technique", "comparison", "impression")
_IDENTIFIERS = (
    "exhibit",
    "case-number",
    "serial-number",
    "plate",
    "study-number",
    "phone",
    "email",
    "card-number",
)


def sections(report: Report) -> list[tuple[str, str]]:
    """Return title and text of indication, history, technique, comparison and impression, as they stand."""
    found = []
    for section in report.sections:
        if section.kind in _SECTIONS:
            text = report.text[section.span.start : section.span.end].removeprefix(section.title)
            if text := text.strip(" :\n\t*#"):
                found.append((section.title, text))
    return found


def identifiers(store: CaseStore) -> list[tuple[str, str, tuple[ReportId, ...]]]:
    """Return exhibits, numbers, plates and the like: value, kind, and the texts that name it."""
    found: dict[tuple[str, str], dict[ReportId, None]] = {}
    for label in _IDENTIFIERS:
        for entity in store.entities(label=label):
            found.setdefault((entity.normal or entity.text, label), {})[entity.report_id] = None
    return [(value, label.replace("-", " "), tuple(texts)) for (value, label), texts in found.items()]


def timed_images(store: CaseStore) -> list[Image]:
    """Return the images whose files say when or where they were taken, in the order of time."""
    images = [image for image in store.images() if image.captured_at or image.location]
    return sorted(
        images, key=lambda image: (image.captured_at is None, words.moment(image.captured_at), image.id)
    )


def place(image: Image) -> str:
    """Return where an image was taken according to its file, in degrees of WGS 84."""
    at = image.location
    if at is None:
        return "no place"
    height = f", {at.altitude_m:.0f} m" if at.altitude_m is not None else ""
    return f"{at.latitude_deg:.5f}°, {at.longitude_deg:.5f}°{height}"


def camera(image: Image) -> str:
    return dict(image.metadata).get("camera", "")
