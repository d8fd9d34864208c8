"""Where text and picture contradict each other: which words, which region, why, and how sure."""

from __future__ import annotations

from dataclasses import replace

from engine.exporters import contents, words
from engine.exporters.contents import Contradiction, FigureContent
from engine.exporters.outlines import outlines
from engine.exporters.passages import passage, place
from engine.exporters.pdf.draft import Draft, file_name, name, patient_words, verdict_words
from engine.exporters.pdf.figure_drawing import small_picture
from engine.exporters.pdf.figures import alt_text
from engine.exporters.pdf.fonts import mono
from engine.exporters.pdf.layout import (
    ALARM,
    ANALYST,
    ANALYST_FILL,
    Block,
    Story,
    anchor,
    beside,
    box,
    para,
    running,
    together,
)
from engine.exporters.pdf.quotation import Mark, quoted
from engine.exporters.pdf.reasons import contradiction_lines
from engine.exporters.pictures import picture
from engine.model.findings import Link

_PICTURE_WIDTH = 168.0
_TALLEST = 190.0
_PICTURE_PX = 700
_MOST_IDS = 12


def contradictions(draft: Draft) -> Story:
    """Yield one card for each phrase that a picture contradicts, the surest first."""
    none = True
    for item in contents.contradictions(draft.store, draft.content):
        none = False
        yield [
            running(draft.anchors, patient_words(item.image)),
            anchor(draft.anchors, f"contradiction-{item.number}", _title(item), level=1),
            together(_card(draft, item)),
        ]

    yield [running(draft.anchors, "")]
    if none:
        yield [para("None was found among the pairs of image and text that were compared.")]


def _ids(links: tuple[Link, ...]) -> str:
    more = len(links) - _MOST_IDS
    ids = ", ".join(mono(link.id) for link in links[:_MOST_IDS])
    return f"{ids} and {more} more, which stand with the text" if more > 0 else ids


def _title(item: Contradiction) -> str:
    return f"Contradiction {item.number}"


def _card(draft: Draft, item: Contradiction) -> list[Block]:
    figure = contents.figure(draft.store, draft.content, item.image.id)
    named = {region.id for region in item.regions}
    shown = replace(figure, regions=tuple(row for row in figure.regions if row.region.id in named))
    shot = picture(draft.store, item.image, draft.options, _PICTURE_PX)
    left = small_picture(shown, shot, outlines(shown), _PICTURE_WIDTH, _TALLEST, alt_text(shown))
    width = draft.width - _PICTURE_WIDTH - 14
    return [
        para(
            f"<font color='{ALARM}'>{_title(item)}</font> — {words.certainty(item.links[0].score)}",
            "heading2",
        ),
        beside(left, _words(draft, item, figure, width), (_PICTURE_WIDTH + 14, width)),
        para("", "small"),
    ]


def _words(draft: Draft, item: Contradiction, figure: FigureContent, width: float) -> list[Block]:
    entity = item.entity
    start, end = passage(item.report, entity)
    sign = f"{draft.text_link(item.report.id)}, {file_name(item.report_files)}; {place(item.report, entity)}"
    regions = draft.regions_named(item.image.id, item.links)
    target = f"{regions} in " if regions else "the whole of "
    blocks = [
        para(f"<b>The text says</b> “{name(entity.text)}” ({words.assertion(entity.assertion)}):", "cell"),
        box(
            [
                para(
                    quoted(item.report.text, [Mark(entity=entity, sign="", disputed=True)], start, end),
                    "cell",
                )
            ],
            width,
        ),
        para(f"{sign}.", "small"),
        para(
            f"<b>The picture:</b> {target}{draft.figure_link(item.image.id)}, "
            f"{file_name(figure.files, item.image)}.",
            "cell",
        ),
        *contradiction_lines(item.links[0].cues),
        para(
            f"Finding {_ids(item.links)}; phrase {mono(entity.id)}",
            "small",
        ),
    ]
    for review in item.reviews:
        blocks.append(
            box([para(f"Analyst: {verdict_words(review)}", "analyst")], width, fill=ANALYST_FILL, bar=ANALYST)
        )
    return blocks
