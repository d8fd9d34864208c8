"""The end of the page: evidence, what was looked for and how, the audit chain, limits, and the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.exporters import statements, words
from engine.exporters.audit_extract import latest_entries, own_entry
from engine.exporters.contents import CaseContent
from engine.exporters.html import text as html_text
from engine.exporters.html.text import cell, identity, rows_html, said
from engine.exporters.model_cards import CardExcerpt, excerpts
from engine.exporters.options import ExportOptions
from engine.exporters.register import registered
from engine.exporters.rehashing import Rehashing

if TYPE_CHECKING:
    from engine.store import CaseStore


def evidence(store: CaseStore, _: CaseContent, options: ExportOptions) -> Iterator[str]:
    """Yield every Source file with size, time and hashes, and what hashing it again showed."""
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


def issues(store: CaseStore, _: CaseContent, __: ExportOptions) -> Iterator[str]:
    """Yield what could not be read or analyzed."""
    rows = [
        (cell(f"{row.root}/{row.relative_path}"), cell(row.step), cell(f"{row.error}: {row.message}"))
        for row in store.issues()
    ]
    nothing = "<p>Every file was read and every step ran without a problem.</p>"
    yield f"<p><b>{said(statements.coverage_of_evidence(store.coverage()))}</b></p>"
    yield rows_html(("File", "Step", "What happened"), rows) if rows else nothing


def coverage(store: CaseStore, _: CaseContent, __: ExportOptions) -> Iterator[str]:
    """Yield what each component can find: outside of it nothing can be concluded."""
    rows = [
        (cell(row.kind), cell(row.name), cell(", ".join(row.labels)))
        for row in store.components()
        if row.labels
    ]
    yield f"<p><b>{statements.NOT_LOOKED_FOR}</b> {statements.COVERAGE}</p>"
    yield rows_html(("Kind", "Component", "Looks for"), rows)


def methods(store: CaseStore, _: CaseContent, __: ExportOptions) -> Iterator[str]:
    """Yield the components with version, parameters and SHA-256 of their weights, and the runs."""
    components = [
        (
            cell(row.kind),
            cell(row.name),
            cell(row.version),
            identity(row.weights_sha256),
            cell("; ".join(f"{key} = {value}" for key, value in row.parameters)),
        )
        for row in store.components()
    ]
    yield rows_html(("Kind", "Name", "Version", "SHA-256 of its weights", "Parameters"), components)
    runs = [
        (
            cell(run.kind),
            words.moment(run.started_at),
            words.moment(run.finished_at) or "did not finish",
            run.outcome.value,
            cell(run.engine_version),
            cell(run.device),
            str(run.seed),
        )
        for run in store.runs()
    ]
    if runs:
        yield rows_html(("Run", "Started", "Ended", "Outcome", "Casebook", "Device", "Seed"), runs)


def models(store: CaseStore, _: CaseContent, options: ExportOptions) -> Iterator[str]:
    """Yield what the card of each model says of its error rates and limits."""
    cards = excerpts(store.components(), shipped_only=options.reproducible)
    if not cards:
        yield "<p>No model of this case has a card on the workstation that made this report.</p>"
    for card in cards:
        yield _card(card)


def _card(card: CardExcerpt) -> str:
    lists = [
        f"<p><b>{title}</b></p><ul>{''.join(f'<li>{cell(line)}</li>' for line in lines)}</ul>"
        for title, lines in (("Measured", card.figures), ("Limits", card.limits))
        if lines
    ]
    licence = f"<p class='soft'>Licence: {cell(card.licence)}</p>" if card.licence else ""
    return f"<h3>{cell(card.name)}</h3><p>{cell(card.summary)}</p>{''.join(lists)}{licence}\n"


def audit(store: CaseStore, content: CaseContent, options: ExportOptions) -> Iterator[str]:
    """Yield length and head of the audit chain before this export, and its latest entries."""
    yield f"<p>{said(statements.AUDIT)}</p>"
    facts = [
        ("Entries before this export", f"{content.audit_length:,}"),
        ("Hash of the last one", identity(content.audit_hash)),
        ("This export", said(own_entry(content))),
    ]
    yield rows_html((), facts)
    if options.deidentified:
        yield f"<p>{said(statements.AUDIT_LEFT_OUT)}</p>"
        return
    title, entries = latest_entries(store, content)
    rows = [
        (
            str(entry.number),
            words.moment(entry.at),
            cell(entry.actor or "the program"),
            cell(entry.action),
            cell(entry.subject),
            identity(entry.hash),
        )
        for entry in entries
    ]
    yield f"<h3>{title}</h3>{rows_html(('No.', 'When', 'Who', 'Action', 'About', 'Hash'), rows)}"


def checking(_: CaseStore, content: CaseContent, __: ExportOptions) -> Iterator[str]:
    """Yield how somebody else can check the report and make it again."""
    for sentence, command in statements.checking(content):
        yield f"<p>{said(sentence)} {identity(command)}</p>"


def limits(_: CaseStore, content: CaseContent, __: ExportOptions) -> Iterator[str]:
    """Yield what the report cannot be used for."""
    items = "".join(f"<li>{said(sentence)}</li>" for sentence in statements.limits(content.case.kind))
    yield f"<ul>{items}</ul>"


def definitions(_: CaseStore, __: CaseContent, ___: ExportOptions) -> Iterator[str]:
    """Yield what the report's words mean."""
    yield rows_html((), [(said(term), said(meaning)) for term, meaning in statements.DEFINITIONS])


def register(store: CaseStore, content: CaseContent, _: ExportOptions) -> Iterator[str]:
    """Yield the findings that the caps kept out of the figures and quotations."""
    rows = [
        (cell(row.what), f"{row.score:.2f}", html_text.paths(row.files), identity(row.id))
        for row in registered(store, content)
    ]
    yield rows_html(("What", "Score", "In", "Finding id"), rows)
