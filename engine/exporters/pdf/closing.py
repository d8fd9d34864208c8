"""The end of the report: how to check it, its limits, what its words mean, and the register of findings."""

from __future__ import annotations

from collections.abc import Iterator

from engine.exporters import contents, statements, words
from engine.exporters.pdf.draft import Draft, file_name, name
from engine.exporters.pdf.fonts import markup, mono
from engine.exporters.pdf.layout import Block, Story, facts, para, table

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
    rows: list[tuple[str, str, str, str]] = []
    for row in _other_findings(draft):
        rows.append(row)
        if len(rows) == _REGISTER_BATCH:
            yield [_register_table(head, rows, widths)]
            rows = []
    if rows:
        yield [_register_table(head, rows, widths)]


def _register_table(
    head: tuple[str, ...], rows: list[tuple[str, str, str, str]], widths: tuple[float, ...]
) -> Block:
    return table(head, rows, widths, plain=(1,), ids=(3,))


def _other_findings(draft: Draft) -> Iterator[tuple[str, str, str, str]]:
    store, content = draft.store, draft.content
    for image_id in content.other_images:
        figure = contents.figure(store, content, image_id)
        where = file_name(figure.files, figure.image)
        for row in figure.regions:
            yield (
                f"region “{name(row.region.label, 80)}”",
                f"{row.region.score:.2f}",
                where,
                row.region.id,
            )
    for report_id in content.other_reports:
        item = contents.quoted_report(store, content, report_id)
        where = file_name(item.files)
        for phrase in item.phrases:
            entity = phrase.entity
            said = (
                f"“{name(entity.text, 80)}” ({name(entity.label, 40)}, {words.assertion(entity.assertion)})"
            )
            yield said, f"{entity.score:.2f}", where, entity.id
            for link in (link for group in phrase.links for link in group):
                relation = f"{words.relation(link.relation)}: “{name(entity.text, 60)}”"
                yield relation, f"{link.score:.2f}", where, link.id
