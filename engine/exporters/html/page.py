"""The case report as one HTML file that needs nothing else: no script, no address to fetch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exporters import contents, statements, words
from engine.exporters.contents import CaseContent, FigureContent, QuotedReport
from engine.exporters.html import text as html_text
from engine.exporters.html.figure import figure_html
from engine.exporters.html.links import contradiction_html, figure_name, phrase_links
from engine.exporters.html.text import cell, identity, rows_html, said, verdict_html
from engine.exporters.options import ExportOptions
from engine.exporters.pictures import picture
from engine.exporters.rehashing import Rehashing
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore

_PICTURE_PX = 900


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the page to ``out``, a figure at a time."""
    content = contents.gather(store, options)
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        for number, piece in enumerate(_pieces(store, content, options)):
            options.progress(Progress(step="page", done=number, total=0))
            stream.write(piece)


def _pieces(store: CaseStore, content: CaseContent, options: ExportOptions) -> Iterator[str]:
    case = content.case
    yield html_text.opening(f"Casebook report: {case.name}")
    yield _head(content, options)
    for sentence in (statements.DEIDENTIFIED if options.deidentified else "", content.scope.sentence):
        if sentence:
            yield f"<p><strong>{said(sentence)}</strong></p>\n"
    parts = [
        ("contradictions", "Contradictions", _contradictions),
        ("figures", "Pictures and findings", _figures),
        ("texts", "Texts", _texts),
        ("relations", "Pictures and texts compared", _relations),
        ("verdicts", "Analysts' verdicts", _verdicts),
        ("evidence", "Evidence", _evidence),
        ("issues", "What could not be read", _issues),
        ("coverage", "What was looked for", _coverage),
        ("methods", "Methods and models", _methods),
        ("limits", "Limits and definitions", _limits),
    ]
    links = "".join(f'<li><a href="#{key}">{title}</a></li>' for key, title, _ in parts)
    yield f"<nav><ol>{links}</ol></nav>\n"
    for key, title, part in parts:
        yield f'<section id="{key}"><h2>{title}</h2>\n'
        yield from part(store, content, options)
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
            f"the "
            f"report was limited to {words.counted(len(content.figures), 'figure')}.</p>"
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
        for row in sorted(store.relations(), key=lambda row: (row.sc, -row.cmi, row.id))
    ]
    head = ("Image and text", "How they relate", "CMI", "SC", "ABS", "Finding id")
    yield rows_html(head, rows) if rows else "<p>No image was compared with a text.</p>"


def _verdicts(store: CaseStore, _: CaseContent, __: ExportOptions) -> Iterator[str]:
    reviews = store.reviews()
    if not reviews:
        yield "<p>No analyst has given a verdict. Nothing in this report has been confirmed by a person.</p>"
    for review in reviews:
        target = f"{review.target_kind.value} {identity(review.target_id)}"
        yield f"{verdict_html(review)}<p class='soft'>on {target}</p>"


def _evidence(store: CaseStore, _: CaseContent, options: ExportOptions) -> Iterator[str]:
    head = ("Path in its evidence folder", "Size", "Changed last", "SHA-256, SHA-1, MD5")
    rehashing = Rehashing(options)
    rows = [
        (
            cell(words.evidence_path(file)),
            words.size(file.size_bytes),
            words.moment(file.modified_at),
            "<br>".join(identity(value) for value in (file.sha256, check.sha1, check.md5) if value),
        )
        for _, file, check in rehashing.each(store.files())
    ]
    yield rows_html(head, rows)
    yield f"<p><b>{said(rehashing.sentence())}</b></p>"
    troubles = [(cell(words.evidence_path(file)), cell(trouble)) for _, file, trouble in rehashing.troubles]
    if troubles:
        yield rows_html(("File", "What is different"), troubles)


def _issues(store: CaseStore, _: CaseContent, __: ExportOptions) -> Iterator[str]:
    rows = [
        (cell(f"{row.root}/{row.relative_path}"), cell(row.step), cell(f"{row.error}: {row.message}"))
        for row in store.issues()
    ]
    nothing = "<p>Every file was read and every step ran without a problem.</p>"
    yield f"<p><b>{said(statements.coverage_of_evidence(store.coverage()))}</b></p>"
    yield rows_html(("File", "Step", "What happened"), rows) if rows else nothing


def _coverage(store: CaseStore, _: CaseContent, __: ExportOptions) -> Iterator[str]:
    rows = [
        (cell(row.kind), cell(row.name), cell(", ".join(row.labels)))
        for row in store.components()
        if row.labels
    ]
    yield f"<p><b>{statements.NOT_LOOKED_FOR}</b> {statements.COVERAGE}</p>"
    yield rows_html(("Kind", "Component", "Looks for"), rows)


def _methods(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    rows = [
        (
            cell(row.kind),
            cell(row.name),
            cell(row.version),
            identity(row.weights_sha256),
            cell("; ".join(f"{key} = {value}" for key, value in row.parameters)),
        )
        for row in store.components()
    ]
    yield rows_html(("Kind", "Name", "Version", "SHA-256 of its weights", "Parameters"), rows)
    for sentence, command in statements.checking(content):
        yield f"<p>{said(sentence)} {identity(command)}</p>"


def _limits(_: CaseStore, content: CaseContent, __: ExportOptions) -> Iterator[str]:
    items = "".join(f"<li>{said(sentence)}</li>" for sentence in statements.limits(content.case.kind))
    yield f"<ul>{items}</ul>"
    yield rows_html((), [(said(term), said(meaning)) for term, meaning in statements.DEFINITIONS])
