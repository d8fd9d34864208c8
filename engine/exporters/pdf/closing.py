"""The end of the report: how to check it, its limits, what its words mean, and the register of findings."""

from __future__ import annotations

from itertools import islice

from engine.exporters import statements
from engine.exporters.pdf.draft import Draft, file_lines, name
from engine.exporters.pdf.fonts import markup, mono
from engine.exporters.pdf.layout import Story, facts, para, table
from engine.exporters.register import registered

_REGISTER_BATCH = 400


def checking(draft: Draft) -> Story:
    """Yield how somebody else can check the report and make it again."""
    for number, (sentence, command) in enumerate(
        statements.checking(draft.content, draft.options.signed_by), 1
    ):
        yield [para(f"{number}. {markup(sentence)}" + (f"<br/>{mono(command)}" if command else ""))]


def limits(draft: Draft) -> Story:
    """Yield what the report cannot be used for."""
    yield [para(f"•  {markup(sentence)}") for sentence in statements.limits(draft.content.case.kind)]


def definitions(draft: Draft) -> Story:
    """Yield what the report's words mean."""
    rows = [(markup(term), markup(meaning)) for term, meaning in statements.DEFINITIONS]
    yield [facts(rows, (92, draft.width - 92))]


def register(draft: Draft) -> Story:
    """Yield the findings of images and texts that the caps kept out of the figures and quotations."""
    head = ("What", "Score", "In", "Finding id")
    widths = (draft.width * 0.4, 36.0, draft.width * 0.6 - 36 - 82, 82.0)
    told = registered(draft.store, draft.content)
    while batch := list(islice(told, _REGISTER_BATCH)):
        rows = [
            (name(row.what), f"{row.score:.2f}", file_lines(row.files, row.image), row.id) for row in batch
        ]
        yield [table(head, rows, widths, plain=(1,), ids=(3,))]
