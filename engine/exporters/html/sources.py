"""What the sources themselves state, as HTML: sections of reports, identifiers, times and places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.exporters import source_facts, words
from engine.exporters.contents import CaseContent
from engine.exporters.html import text as html_text
from engine.exporters.html.links import figure_name, text_name
from engine.exporters.html.text import cell, rows_html
from engine.exporters.options import ExportOptions
from engine.model.ids import ReportId

if TYPE_CHECKING:
    from engine.store import CaseStore


def stated(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    """Yield indication, history, technique, comparison and impression of the quoted reports."""
    rows = []
    for report_id in content.texts:
        report = store.report(report_id)
        said = source_facts.sections(report) if report else []
        if said:
            sections = "<br>".join(f"<b>{cell(title)}:</b> {cell(text)}" for title, text in said)
            rows.append((_text(store, content, report_id), sections))
    nothing = "<p>No quoted text has an indication, technique, comparison or impression.</p>"
    yield rows_html(("Report", "What it states"), rows) if rows else nothing


def identifiers(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    """Yield exhibits, case and serial numbers, plates and the like, each with the texts that name it."""
    rows = [
        (f"<b>{cell(value)}</b>", kind, _named_in(store, content, texts))
        for value, kind, texts in source_facts.identifiers(store)
    ]
    head = ("Identifier", "Kind", "Named in")
    yield rows_html(head, rows) if rows else f"<p>{source_facts.NO_IDENTIFIER}</p>"


def times_and_places(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    """Yield when and where pictures were taken according to their files, in the order of time."""
    rows = [
        (
            cell(words.captured(image) or "no time"),
            f"{figure_name(content, image.id)} {html_text.paths(store.files_of_image(image.id))}",
            source_facts.place(image),
            cell(source_facts.camera(image)),
        )
        for image in source_facts.timed_images(store)
    ]
    head = ("Taken", "Picture", "Place (WGS 84)", "Camera")
    yield rows_html(head, rows) if rows else f"<p>{source_facts.NO_TIME_OR_PLACE}</p>"


def _named_in(store: CaseStore, content: CaseContent, texts: tuple[ReportId, ...]) -> str:
    named = [_text(store, content, report_id) for report_id in texts[: source_facts.MOST_TEXTS]]
    more = len(texts) - source_facts.MOST_TEXTS
    return "<br>".join([*named, f"and {more} more"] if more > 0 else named)


def _text(store: CaseStore, content: CaseContent, report_id: ReportId) -> str:
    return f"{text_name(content, report_id)} {html_text.paths(store.files_of_report(report_id))}"
