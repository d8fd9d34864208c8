"""What the sources themselves state: sections of reports, identifiers, times and places."""

from __future__ import annotations

from engine.exporters import source_facts, words
from engine.exporters.pdf.draft import Draft, all_patients, file_lines, file_name, name
from engine.exporters.pdf.layout import Story, para, running, table
from engine.model.evidence import Report
from engine.model.ids import ReportId

_LONGEST_SECTION = 700
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
            source = file_lines(draft.store.files_of_report(report_id))
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
    rows = [
        (f"<b>{name(value, 80)}</b>", kind, _named_in(draft, texts))
        for value, kind, texts in source_facts.identifiers(draft.store)
    ]
    if not rows:
        yield [para(source_facts.NO_IDENTIFIER)]
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        widths = (draft.width * 0.28, 84, draft.width * 0.72 - 84)
        yield [table(("Identifier", "Kind", "Named in"), batch, widths)]


def times_and_places(draft: Draft) -> Story:
    """Yield when and where pictures were taken according to their files, in the order of time."""
    rows = [
        (
            name(words.captured(image), 80) or "no time",
            f"{draft.figure_link(image.id)} {file_lines(draft.store.files_of_image(image.id), image)}",
            source_facts.place(image),
            name(source_facts.camera(image), 80),
        )
        for image in source_facts.timed_images(draft.store)
    ]
    if not rows:
        yield [para(source_facts.NO_TIME_OR_PLACE)]
    side = draft.width - 132 - 118 - 84
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        yield [table(("Taken", "Picture", "Place (WGS 84)", "Camera"), batch, (132, side, 118, 84))]


def _sections(report: Report) -> str:
    return "<br/>".join(
        f"<b>{name(title, 60)}:</b> {name(text, _LONGEST_SECTION)}"
        for title, text in source_facts.sections(report)
    )


def _named_in(draft: Draft, texts: tuple[ReportId, ...]) -> str:
    named = [
        f"{draft.text_link(report)} {file_name(draft.store.files_of_report(report))}"
        for report in texts[: source_facts.MOST_TEXTS]
    ]
    more = len(texts) - source_facts.MOST_TEXTS
    return "<br/>".join([*named, f"and {more} more"] if more > 0 else named)
