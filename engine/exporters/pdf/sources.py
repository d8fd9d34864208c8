"""What the sources themselves state: sections of reports, identifiers, times and places."""

from __future__ import annotations

from engine.exporters import words
from engine.exporters.pdf.draft import Draft, all_patients, file_name, name
from engine.exporters.pdf.layout import Story, para, running, table
from engine.model.evidence import Image, Report
from engine.model.findings import Entity
from engine.model.ids import ReportId

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
_LONGEST_SECTION = 700
_MOST_TEXTS = 12
_BATCH = 200


def stated(draft: Draft) -> Story:
    """Yield indication, history, technique, comparison and impression of each quoted report that has them."""
    rows: list[tuple[str, str]] = []
    without = 0
    about = running(draft.anchors, all_patients(draft.content))
    if not draft.content.texts:
        yield [about, para("The case holds no text.")]
    for report_id in draft.content.texts:
        report = draft.store.report(report_id)
        said = _sections(report) if report else ""
        if said:
            source = file_name(draft.store.files_of_report(report_id))
            rows.append((f"{draft.text_link(report_id)}<br/>{source}", said))
        else:
            without += 1
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        widths = (draft.width * 0.36, draft.width * 0.64)
        yield [about, table(("Report", "What it states"), batch, widths, tall=True)]
    if without:
        texts = words.counted(without, "quoted text")
        yield [about, para(f"{texts} {'has' if without == 1 else 'have'} none of these sections.")]


def identifiers(draft: Draft) -> Story:
    """Yield exhibits, case and serial numbers, plates and the like, each with the texts that name it."""
    found: dict[tuple[str, str], list[Entity]] = {}
    for label in _IDENTIFIERS:
        for entity in draft.store.entities(label=label):
            found.setdefault((label, entity.normal or entity.text), []).append(entity)
    if not found:
        yield [para("The texts name no exhibit, number or other identifier that was recognized.")]
        return
    rows = [
        (f"<b>{name(value, 80)}</b>", label.replace("-", " "), _named_in(draft, entities))
        for (label, value), entities in found.items()
    ]
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        yield [
            table(
                ("Identifier", "Kind", "Named in"), batch, (draft.width * 0.28, 84, draft.width * 0.72 - 84)
            )
        ]


def times_and_places(draft: Draft) -> Story:
    """Yield when and where pictures were taken according to their files, in the order of time."""
    images = [image for image in draft.store.images() if image.captured_at or image.location]
    if not images:
        yield [para("No picture carries a time or a place.")]
        return
    images.sort(key=lambda image: (image.captured_at is None, words.moment(image.captured_at), image.id))
    rows = [
        (
            name(words.captured(image), 80) or "no time",
            f"{draft.figure_link(image.id)} {file_name(draft.store.files_of_image(image.id), image)}",
            _place(image),
            name(dict(image.metadata).get("camera", ""), 80),
        )
        for image in images
    ]
    side = draft.width - 132 - 118 - 84
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        yield [table(("Taken", "Picture", "Place (WGS 84)", "Camera"), batch, (132, side, 118, 84))]


def _sections(report: Report) -> str:
    parts = []
    for section in report.sections:
        if section.kind in _SECTIONS:
            text = (
                report.text[section.span.start : section.span.end]
                .removeprefix(section.title)
                .strip(" :\n\t*#")
            )
            if text:
                parts.append(f"<b>{name(section.title, 60)}:</b> {name(text, _LONGEST_SECTION)}")
    return "<br/>".join(parts)


def _named_in(draft: Draft, entities: list[Entity]) -> str:
    reports: list[ReportId] = list(dict.fromkeys(entity.report_id for entity in entities))
    named = [
        f"{draft.text_link(report)} {file_name(draft.store.files_of_report(report))}"
        for report in reports[:_MOST_TEXTS]
    ]
    more = len(reports) - _MOST_TEXTS
    return "<br/>".join([*named, f"and {more} more"] if more > 0 else named)


def _place(image: Image) -> str:
    at = image.location
    if at is None:
        return "no place"
    height = f", {at.altitude_m:.0f} m" if at.altitude_m is not None else ""
    return f"{at.latitude_deg:.5f}°, {at.longitude_deg:.5f}°{height}"
