"""The first pages: what case this is, what was found in words, what fixes its state, and the contents."""

from __future__ import annotations

from engine.exporters import statements, words
from engine.exporters.contents import CaseContent
from engine.exporters.pdf import fonts
from engine.exporters.pdf.draft import Draft, name
from engine.exporters.pdf.fonts import markup
from engine.exporters.pdf.layout import (
    ALARM,
    ALARM_FILL,
    Block,
    Story,
    anchor,
    box,
    facts,
    heading,
    new_page,
    para,
    together,
)
from engine.exporters.pdf.pages import contents_list
from engine.exporters.templates import Part
from engine.settings import ENGINE_VERSION


def cover(draft: Draft, parts: tuple[Part, ...], title: str) -> Story:
    """Yield the title block, the banner, the summary and the table of contents."""
    content = draft.content
    case = content.case
    yield [
        anchor(draft.anchors, "cover", title, level=0),
        para(title, "title"),
        para(name(case.name) or "(no name)", "subtitle"),
        box([para(markup(statements.BANNERS[case.kind]), "banner")], draft.width, fill=ALARM_FILL, bar=ALARM),
        *_privacy(draft),
        facts(_facts(draft), (128, draft.width - 128)),
    ]
    yield [*heading("Summary"), *_summary(content)]
    lines = [(part.key, f"{number}  {part.title}") for number, part in enumerate(parts, 1)]
    yield [together([*heading("Contents"), *contents_list(lines, draft.width)]), new_page()]


def _summary(content: CaseContent) -> list[Block]:
    headline = f"<b>{markup(statements.headline(content))}</b>"
    sentences = [headline, *map(markup, statements.summary(content))]
    if content.scope.sentence:
        sentences.insert(0, f"<b>{markup(content.scope.sentence)}</b>")
    return [para(sentence, "lead") for sentence in sentences]


def _privacy(draft: Draft) -> list[Block]:
    if not draft.options.deidentified:
        return []
    return [box([para(markup(statements.DEIDENTIFIED), "cell")], draft.width)]


def _facts(draft: Draft) -> list[tuple[str, str]]:
    content = draft.content
    case = content.case
    rows = [
        ("Case reference", name(case.reference) or "none given"),
        ("Examiner", name(case.examiner) or "none given"),
        ("Kind of case", words.case_kind(case.kind)),
    ]
    rows.append(("Request", name(draft.options.request, 1200) or "none given"))
    if content.subjects:
        rows.append(("Patient or subject", _listed(content.subjects)))
    if content.studies:
        rows.append(("Study", _listed(content.studies)))
    rows += [
        ("Case opened", words.moment(case.created_at)),
        ("State of this report", words.moment(content.at)),
        ("Program", f"Casebook {ENGINE_VERSION}"),
        *([("Signed with the certificate of", name(signed))] if (signed := draft.options.signed_by) else []),
        (
            "Audit chain before this export",
            f"{words.counted(content.audit_length, 'entry', 'entries')}, last "
            f"hash<br/>{fonts.mono(content.audit_hash)}",
        ),
    ]
    return rows


def _listed(references: tuple[str, ...]) -> str:
    return words.first_of(references, lambda reference: name(reference, 80))
