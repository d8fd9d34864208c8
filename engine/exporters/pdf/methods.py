"""How the findings were made: components, weights, runs, the machine, and the audit chain."""

from __future__ import annotations

import platform

from engine.exporters import statements, words
from engine.exporters.audit_extract import latest_entries, own_entry
from engine.exporters.pdf.draft import Draft, name
from engine.exporters.pdf.fonts import markup, mono
from engine.exporters.pdf.layout import Story, facts, heading, para, table
from engine.settings import ENGINE_VERSION

_WEIGHTLESS = "rules, no weights"


def methods(draft: Draft) -> Story:
    """Yield the components with version, parameters and SHA-256 of their weights, and the runs."""
    components = draft.store.components()
    if components:
        rows = [
            (
                name(row.kind, 40),
                name(row.name, 80),
                name(row.version, 40),
                _halves(row.weights_sha256) if row.weights_sha256 else _WEIGHTLESS,
                name("; ".join(f"{key} = {value}" for key, value in row.parameters), 600),
            )
            for row in components
        ]
        widths = (62, 94, 46, 172, draft.width - 374)
        yield [
            *heading("Components and models"),
            table(("Kind", "Name", "Version", "SHA-256 of its weights", "Parameters"), rows, widths),
        ]
    else:
        yield [para("No component has run on this case yet.")]
    runs = draft.store.runs()
    if runs:
        lines = [
            (
                name(run.kind, 40),
                words.moment(run.started_at),
                words.moment(run.finished_at) or "did not finish",
                run.outcome.value,
                name(run.engine_version, 40),
                name(run.device, 60),
                str(run.seed),
            )
            for run in runs
        ]
        head = ("Run", "Started", "Ended", "Outcome", "Casebook", "Device", "Seed")
        yield [*heading("Runs"), table(head, lines, (70, 104, 104, 58, 52, 60, draft.width - 448))]
    if not draft.options.reproducible:
        yield [*heading("Machine that made this report"), facts(_machine(), (128, draft.width - 128))]


def audit(draft: Draft) -> Story:
    """Yield length and head of the audit chain before this export, and its latest entries."""
    content = draft.content
    yield [
        para(markup(statements.AUDIT)),
        facts(
            [
                ("Entries before this export", f"{content.audit_length:,}"),
                ("Hash of the last one", mono(content.audit_hash)),
                ("This export", own_entry(content)),
            ],
            (150, draft.width - 150),
        ),
    ]
    if draft.options.deidentified:
        yield [para(statements.AUDIT_LEFT_OUT)]
        return
    title, entries = latest_entries(draft.store, content)
    if not entries:
        return
    rows = [
        (
            str(entry.number),
            words.moment(entry.at),
            name(entry.actor, 60) or "the program",
            name(entry.action, 60),
            name(entry.subject, 200),
            mono(entry.hash[:16]) + "…",
        )
        for entry in entries
    ]
    head = ("No.", "When", "Who", "Action", "About", "Hash")
    yield [*heading(title), table(head, rows, (32, 104, 66, 70, draft.width - 376, 104))]


def _halves(sha256: str) -> str:
    return f"{mono(sha256[:32])}<br/>{mono(sha256[32:])}"


def _machine() -> list[tuple[str, str]]:
    return [
        ("Casebook", ENGINE_VERSION),
        ("Operating system", name(f"{platform.system()} {platform.release()}")),
        ("Processor", name(platform.machine())),
        ("Python", platform.python_version()),
    ]
