"""The first pages: what case this is, what was found in words, what fixes its state, and the contents."""

from __future__ import annotations

from engine.exporters import words
from engine.exporters.contents import CaseContent
from engine.exporters.pdf import fonts
from engine.exporters.pdf.draft import Draft, Part, name
from engine.exporters.pdf.layout import (
    ALARM,
    ALARM_FILL,
    Story,
    anchor,
    box,
    facts,
    heading,
    new_page,
    para,
)
from engine.exporters.pdf.pages import contents_list
from engine.settings import ENGINE_VERSION


def cover(draft: Draft, parts: tuple[Part, ...], title: str, banner: str) -> Story:
    """Yield the title block, the banner, the summary and the table of contents."""
    content = draft.content
    case = content.case
    yield [
        anchor(draft.anchors, "cover", title, level=0),
        para(title, "title"),
        para(name(case.name) or "(no name)", "subtitle"),
        box([para(banner, "banner")], draft.width, fill=ALARM_FILL, bar=ALARM),
        facts(_facts(content), (128, draft.width - 128)),
    ]
    yield [*heading("Summary"), *[para(sentence, "lead") for sentence in summary(content)]]
    yield heading("Contents")
    yield contents_list(
        [(part.key, f"{number}  {part.title}") for number, part in enumerate(parts, 1)], draft.width
    )
    yield [new_page()]


def summary(content: CaseContent) -> list[str]:
    """Return what the case holds, in sentences; plain words and numbers only."""
    totals = content.totals
    counted = words.counted
    sentences = [
        f"The case holds {counted(totals.files, 'file')} with {counted(totals.images, 'image')} and "
        f"{counted(totals.reports, 'text')}. In the images {counted(totals.regions, 'region')} "
        f"{'was' if totals.regions == 1 else 'were'} found, in the texts "
        f"{counted(totals.entities, 'phrase')}; "
        f"{counted(totals.links, 'link')} between them."
    ]
    if totals.contradictions:
        sentences.append(
            f"<b>In {counted(totals.contradictions, 'link')} text and picture contradict each other</b>; "
            f"they come first."
        )
    elif totals.relations:
        sentences.append(
            "No contradiction between text and picture was found. That does not prove that there is none."
        )
    else:
        sentences.append("No text could be tied to a picture, so nothing was compared.")
    if totals.reviews:
        sentences.append(
            f"Analysts gave {counted(totals.reviews, 'verdict')}; they stand apart from what the program "
            f"found."
        )
    else:
        sentences.append(
            "No analyst has reviewed a finding yet: everything below is the program's own proposal."
        )
    if totals.issues:
        sentences.append(
            f"{counted(totals.issues, 'problem')} while reading or analyzing "
            f"{'is' if totals.issues == 1 else 'are'} "
            "listed; what those files hold is not in this report."
        )
    return sentences


def _facts(content: CaseContent) -> list[tuple[str, str]]:
    case = content.case
    rows = [
        ("Case reference", name(case.reference) or "none given"),
        ("Examiner", name(case.examiner) or "none given"),
        ("Kind of case", words.case_kind(case.kind)),
    ]
    if content.subjects:
        rows.append(("Patient or subject", _listed(content.subjects)))
    if content.studies:
        rows.append(("Study", _listed(content.studies)))
    rows += [
        ("Case opened", words.moment(case.created_at)),
        ("State of this report", words.moment(content.at)),
        ("Program", f"Casebook {ENGINE_VERSION}"),
        (
            "Audit chain before this export",
            f"{words.counted(content.audit_length, 'entry', 'entries')}, last "
            f"hash<br/>{fonts.mono(content.audit_hash)}",
        ),
    ]
    return rows


def _listed(references: tuple[str, ...], most: int = 6) -> str:
    shown = ", ".join(name(reference, 80) for reference in references[:most])
    return f"{shown} and {len(references) - most} more" if len(references) > most else shown
