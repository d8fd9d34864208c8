"""The case report as one HTML file that needs nothing else: no script, no address to fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exporters import contents, statements, words
from engine.exporters.contents import CaseContent, FigureContent, QuotedReport
from engine.exporters.html import closing, sources
from engine.exporters.html import text as html_text
from engine.exporters.html.figure import figure_html
from engine.exporters.html.links import contradiction_html, figure_name, phrase_links
from engine.exporters.html.text import cell, identity, rows_html, said, verdict_html
from engine.exporters.options import ExportOptions
from engine.exporters.pictures import picture
from engine.exporters.templates import parts_of, template_of
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore

_PICTURE_PX = 900
# What is said otherwise than on paper.
_LEADS = {
    "figures": "Each image with a finding or a text. A switch hides and shows the outlines of what the "
    "program found; their numbers are those of the table below the picture.",
}


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the page to ``out``, a figure at a time."""
    content = contents.gather(store, options)
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        for number, piece in enumerate(_pieces(store, content, options)):
            options.progress(Progress(step="page", done=number, total=0))
            stream.write(piece)


def _pieces(store: CaseStore, content: CaseContent, options: ExportOptions) -> Iterator[str]:
    template = template_of(content.case.kind)
    parts = parts_of(template, content)
    yield html_text.opening(f"{template.title}: {content.case.name}")
    yield _head(content, options)
    for sentence in (statements.DEIDENTIFIED if options.deidentified else "", content.scope.sentence):
        if sentence:
            yield f"<p><strong>{said(sentence)}</strong></p>\n"
    links = "".join(f'<li><a href="#{part.key}">{part.title}</a></li>' for part in parts)
    yield f"<nav><ol>{links}</ol></nav>\n"
    for part in parts:
        lead = _LEADS.get(part.key, part.lead)
        yield f'<section id="{part.key}"><h2>{part.title}</h2>\n' + (f"<p>{said(lead)}</p>" if lead else "")
        yield from _WRITERS[part.key](store, content, options)
        yield "</section>\n"
    yield "</main></body></html>\n"


def _head(content: CaseContent, options: ExportOptions) -> str:
    case = content.case
    sentences = "".join(f"<p>{said(sentence)}</p>" for sentence in statements.summary(content))
    facts = [
        ("Reference", said(case.reference)),
        ("Examiner", said(case.examiner)),
        ("Kind of case", words.case_kind(case.kind)),
        ("Request", said(options.request) or "none given"),
        *([("Patient or subject", words.first_of(content.subjects, cell))] if content.subjects else []),
        *([("Study", words.first_of(content.studies, cell))] if content.studies else []),
        ("State of this report", words.moment(content.at)),
        (
            "Audit chain before this export",
            f"{words.counted(content.audit_length, 'entry', 'entries')}, {identity(content.audit_hash)}",
        ),
    ]
    return (
        f'<h1>{said(case.name)}</h1><p class="banner">{said(statements.BANNERS[case.kind])}</p>'
        f"{rows_html((), facts)}<p><b>{said(statements.headline(content))}</b></p>{sentences}\n"
    )


def _contradictions(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    if not content.totals.contradictions:
        yield "<p>None was found among the pairs of image and text that were compared.</p>"
    for item in contents.contradictions(store, content):
        yield contradiction_html(content, item)


def _figures(store: CaseStore, content: CaseContent, options: ExportOptions) -> Iterator[str]:
    for image_id in content.figures:
        figure = contents.figure(store, content, image_id)
        yield figure_html(figure, picture(store, figure.image, options, _PICTURE_PX))
        yield _region_rows(figure)
    if content.other_images:
        yield (
            f"<p><b>{words.counted(len(content.other_images), 'more image')} with findings not shown</b>: "
            f"the report was limited to {words.counted(len(content.figures), 'figure')}.</p>"
        )
    if content.plain_images:
        yield f"<p>In {words.counted(len(content.plain_images), 'image')} nothing was found.</p>"


def _region_rows(figure: FigureContent) -> str:
    rows = [
        (
            str(row.number),
            cell(row.region.label) + (" <b>(contradicted)</b>" if row.disputed else ""),
            f"{row.region.score:.2f}",
            cell(words.region_details(row.region)),
            verdict_html(row.review) if row.review else "",
            identity(row.region.id),
        )
        for row in figure.regions
    ]
    drawn = "".join(verdict_html(review) for review in figure.added)
    if not rows:
        return drawn
    head = ("No.", "What was found", "Score", "Where and what", "Analyst", "Finding id")
    return rows_html(head, rows) + drawn


def _texts(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    for report_id in content.texts:
        yield _text(content, contents.quoted_report(store, content, report_id))
    if content.other_reports:
        yield (
            f"<p><b>{words.counted(len(content.other_reports), 'more text')} not quoted</b>: the report was "
            f"limited to {words.counted(len(content.texts), 'text')}.</p>"
        )


def _text(content: CaseContent, item: QuotedReport) -> str:
    links = "".join(phrase_links(content, row) for row in item.phrases if row.links)
    rows = [
        (
            str(row.number),
            cell(row.entity.text),
            cell(row.entity.label),
            words.assertion(row.entity.assertion),
            f"{row.entity.score:.2f}",
            cell(words.entity_details(row.entity)) + (verdict_html(row.review) if row.review else ""),
            identity(row.entity.id),
        )
        for row in item.phrases
    ]
    head = ("No.", "Phrase", "Kind", "Said to be", "Score", "Meaning and details", "Finding id")
    return (
        f'<article id="text-{item.number}"><h3>Text {item.number} — {html_text.paths(item.files)}</h3>'
        f"<blockquote>{html_text.quoted(item)}</blockquote>{links}"
        f"{rows_html(head, rows) if rows else ''}</article>\n"
    )


def _relations(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    rows = [
        (
            f"{figure_name(content, row.image_id)} {html_text.paths(store.files_of_image(row.image_id))}<br>"
            f"{html_text.paths(store.files_of_report(row.report_id))}",
            f"{words.shared_content(row.cmi)}; {words.agreement(row.sc)}; {words.abstraction(row.abs)}",
            f"{row.cmi:.2f}",
            f"{row.sc:+.2f}",
            f"{row.abs:+d}",
            identity(row.id),
        )
        for row in contents.relations(store, content)
    ]
    head = ("Image and text", "How they relate", "CMI", "SC", "ABS", "Finding id")
    yield rows_html(head, rows) if rows else "<p>No image was compared with a text.</p>"


def _verdicts(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    reviews = store.reviews()
    if not reviews:
        yield "<p>No analyst has given a verdict. Nothing in this report has been confirmed by a person.</p>"
    for review in reviews:
        target = f"{review.target_kind.value} {identity(review.target_id)}"
        state = "" if contents.stands(content, review) else "; replaced by a later verdict"
        yield f"{verdict_html(review)}<p class='soft'>on {target}{state}</p>"


_WRITERS: Mapping[str, Callable[[CaseStore, CaseContent, ExportOptions], Iterator[str]]] = {
    "contradictions": _contradictions,
    "stated": sources.stated,
    "identifiers": sources.identifiers,
    "figures": _figures,
    "texts": _texts,
    "relations": _relations,
    "verdicts": _verdicts,
    "times": sources.times_and_places,
    "evidence": closing.evidence,
    "issues": closing.issues,
    "coverage": closing.coverage,
    "methods": closing.methods,
    "models": closing.models,
    "audit": closing.audit,
    "checking": closing.checking,
    "limits": closing.limits,
    "definitions": closing.definitions,
    "register": closing.register,
}
