"""Contradictions and links in HTML: which words, which picture, and why."""

from __future__ import annotations

from engine.exporters import words
from engine.exporters.contents import CaseContent, Contradiction, NumberedPhrase
from engine.exporters.html import text as html_text
from engine.exporters.html.text import cell, identity, said, verdict_html
from engine.exporters.passages import passage
from engine.model.findings import Cue, Link, LinkRelation
from engine.model.ids import ImageId, ReportId


def contradiction_html(content: CaseContent, item: Contradiction) -> str:
    """Return one contradiction: the words, the picture, the reasons, the verdicts."""
    verdicts = "".join(verdict_html(review) for review in item.reviews)
    regions = ", ".join(cell(region.label) for region in item.regions) or "the whole picture"
    ids = ", ".join(identity(link.id) for link in item.links)
    return (
        f'<article class="alarm" id="contradiction-{item.number}"><h3>Contradiction {item.number} — '
        f"{words.certainty(item.links[0].score)}</h3>"
        f"<p>{text_name(content, item.report.id)}, {html_text.paths(item.report_files)}, says "
        f"“{cell(item.entity.text)}” ({words.assertion(item.entity.assertion)}):</p>"
        f"<blockquote>{_passage(item)}</blockquote>"
        f"<p>The picture: {regions} in "
        f"{figure_name(content, item.image.id)}, {html_text.paths(item.image_files)}.</p>"
        f"{_cues(item.links[0].cues)}<p class='soft'>Finding {ids}; phrase {identity(item.entity.id)}</p>"
        f"{verdicts}</article>\n"
    )


def phrase_links(content: CaseContent, row: NumberedPhrase) -> str:
    """Return what the pictures say to one phrase."""
    return "".join(_link_html(content, row, group) for group in row.links)


def figure_name(content: CaseContent, image_id: ImageId) -> str:
    """Return a link to the figure of an Image, or that it is not shown."""
    number = content.figures.get(image_id)
    return f'<a href="#figure-{number}">Figure {number}</a>' if number else "a picture not shown"


def text_name(content: CaseContent, report_id: ReportId) -> str:
    """Return a link to a quoted Report, or that it is not quoted."""
    number = content.texts.get(report_id)
    return f'<a href="#text-{number}">Text {number}</a>' if number else "A text not quoted"


def _passage(item: Contradiction) -> str:
    text, span = item.report.text, item.entity.span
    start, end = passage(item.report, item.entity)
    phrase = said(text[span.start : min(span.end, end)])
    return (
        f"{said(text[start : span.start])}<mark class='disputed'>{phrase}</mark>{said(text[span.end : end])}"
    )


def _link_html(content: CaseContent, row: NumberedPhrase, group: tuple[Link, ...]) -> str:
    first = group[0]
    kind = "alarm" if first.relation is LinkRelation.CONTRADICTS else "calm"
    ids = ", ".join(identity(link.id) for link in group)
    verdicts = "".join(
        verdict_html(content.verdicts[link.id]) for link in group if link.id in content.verdicts
    )
    return (
        f'<div class="{kind}">Phrase {row.number} “{cell(row.entity.text)}” '
        f"<b>{words.relation(first.relation)}</b> "
        f"{figure_name(content, first.image_id)} — {words.certainty(first.score)}; finding {ids}"
        f"{_cues(first.cues)}{verdicts}</div>"
    )


def _cues(cues: tuple[Cue, ...]) -> str:
    weighty, slight = words.weighed(cues)
    items = "".join(
        f"<li>{'+ speaks for this' if cue.weight >= 0 else '− speaks against this'}: {cell(cue.detail)} "
        f"<span class='soft'>({cell(cue.rule)}, {cue.weight:+.1f})</span></li>"
        for cue in weighty
    )
    besides = "; ".join(cell(cue.detail) for cue in slight)
    noted = f"<p class='soft'>Also noted, without weight: {besides}.</p>" if besides else ""
    return f"<ul>{items}</ul>{noted}"
