"""Findings by image: numbered figures, original beside annotated, and a table of the regions of each."""

from __future__ import annotations

from engine.exporters import contents, words
from engine.exporters.contents import FigureContent, NumberedRegion
from engine.exporters.outlines import legend
from engine.exporters.pdf.draft import Draft, file_lines, file_name, name, patient_words, verdict_words
from engine.exporters.pdf.figure_drawing import figure_pair
from engine.exporters.pdf.fonts import mono
from engine.exporters.pdf.layout import (
    ANALYST,
    ANALYST_FILL,
    Block,
    Story,
    anchor,
    box,
    heading,
    para,
    room,
    running,
    space,
    table,
    together,
)
from engine.exporters.pictures import picture
from engine.progress import Progress

_HEAD = ("No.", "What was found", "Score", "Where and what", "Finding id")
_CAPTION_LABELS = 8
_MISMEASURED = 3.0


def figures(draft: Draft) -> Story:
    """Yield each figure with its table; what a cap leaves out is said and listed at the end of the report."""
    content = draft.content
    if not content.totals.images:
        yield [para("The case holds no image.")]
    elif not content.figures:
        yield [para("Nothing was found in any image, and no text could be tied to one.")]
    for image_id, number in content.figures.items():
        draft.options.progress(Progress(step="figures", done=number - 1, total=len(content.figures)))
        yield _figure(draft, contents.figure(draft.store, content, image_id))
    yield [running(draft.anchors, "")]
    if content.other_images:
        yield [
            para(
                f"<b>{words.counted(len(content.other_images), 'more image')} with findings "
                f"{'is' if len(content.other_images) == 1 else 'are'} not shown as figures</b>, because "
                f"this report was limited to {words.counted(len(content.figures), 'figure')}. Their "
                "findings are in the register."
            )
        ]
    if content.plain_images:
        yield from _plain(draft)


def region_table(rows: tuple[NumberedRegion, ...], width: float) -> Block:
    """Return the table of an image's regions as the program found them."""
    cells = [
        (
            str(row.number),
            name(row.region.label) + (" <b>(contradicted)</b>" if row.disputed else ""),
            f"{row.region.score:.2f}",
            name(words.region_details(row.region)) if row.region.polygons else "the whole picture",
            row.region.id,
        )
        for row in rows
    ]
    return table(_HEAD, cells, (26, 122, 34, width - 264, 82), plain=(0, 2), ids=(4,))


def verdict_boxes(figure: FigureContent, width: float) -> list[Block]:
    """Return what analysts decided about a figure, apart from the program's table."""
    lines = [
        para(f"Analyst on region {row.number}: {verdict_words(row.review)}", "analyst")
        for row in figure.regions
        if row.review
    ]
    lines += [para(f"Analyst, drawn by hand: {verdict_words(review)}", "analyst") for review in figure.added]
    return [box(lines, width, fill=ANALYST_FILL, bar=ANALYST)] if lines else []


def _figure(draft: Draft, figure: FigureContent) -> list[Block]:
    shot = picture(draft.store, figure.image, draft.options, draft.options.picture_px)
    title = f"Figure {figure.number}"
    files = words.evidence_path(figure.files[0]) if figure.files else ""
    head = [
        running(draft.anchors, patient_words(figure.image)),
        anchor(draft.anchors, f"figure-{figure.number}", f"{title}  {name_plain(files)}", level=1),
        para(f"{title} — {file_name(figure.files, figure.image)}", "heading2"),
        figure_pair(figure, shot, draft.width, alt_text(figure)),
        para(_caption(figure), "caption"),
    ]
    if shot.remark:
        head.append(para(f"<b>Note:</b> {name(shot.remark, 400)}", "caption"))
    # reportlab measures a group some points lower than it becomes, and then parts it all the same.
    blocks = [room(200), together([*head, space(_MISMEASURED)])]
    if figure.regions:
        blocks.append(region_table(figure.regions, draft.width))
    else:
        blocks.append(para(_nothing(figure)))
    return [*blocks, *verdict_boxes(figure, draft.width)]


def alt_text(figure: FigureContent) -> str:
    """Return a picture in words, for readers who cannot see it."""
    files = words.evidence_path(figure.files[0]) if figure.files else "a picture without a file"
    labels = [f"{row.number} {row.region.label}" for row in figure.regions[:_CAPTION_LABELS]]
    more = len(figure.regions) - len(labels)
    found = ", ".join([*labels, f"{more} more"] if more > 0 else labels) or "no region"
    return name_plain(files) + "; " + name_plain(found)


def name_plain(text: str) -> str:
    """Return evidence text for a bookmark: visible, short, no markup."""
    from engine.exporters.pdf.fonts import drawable
    from engine.exporters.safe_text import shortened

    return shortened(" ".join(drawable(text[:4000]).split()), 90)


def _caption(figure: FigureContent) -> str:
    image = figure.image
    labels = [f"{row.number} {name(row.region.label, 60)} {row.region.score:.2f}" for row in figure.regions]
    if len(labels) > _CAPTION_LABELS:
        labels = [*labels[:_CAPTION_LABELS], f"{len(labels) - _CAPTION_LABELS} more in the table"]
    details = [
        f"SHA-256 {mono(image.sha256[:16])}…",
        f"{image.width_px} × {image.height_px} px",
        name(image.modality, 40),
        name(image.body_part, 60),
        f"patient or subject {name(image.subject_ref, 80)}" if image.subject_ref else "",
        f"study {name(image.study_ref, 80)}" if image.study_ref else "",
        f"taken {name(words.captured(image), 80)}" if image.captured_at else "",
    ]
    facts = "; ".join(detail for detail in details if detail)
    found = "Regions: " + ", ".join(labels) + "." if labels else "No region."
    return " ".join(part for part in (found, facts + ".", legend(figure)) if part)


def _nothing(figure: FigureContent) -> str:
    looked = ", ".join(sorted(name(label, 40) for label in figure.looked_for))
    return f"Nothing was found. Looked for: {looked}." if looked else "No segmenter looked at this image."


def _plain(draft: Draft) -> Story:
    content = draft.content
    yield [
        *heading("Images without a finding"),
        para(
            f"In {words.counted(len(content.plain_images), 'image')} nothing was found and no text was "
            f"tied to {'it' if len(content.plain_images) == 1 else 'them'}. What was looked for stands "
            "beside each: what was not looked for may well be there."
        ),
    ]
    rows = []
    for image_id in content.plain_images:
        figure = contents.figure(draft.store, content, image_id)
        looked = (
            ", ".join(sorted(name(label, 40) for label in figure.looked_for))
            or "nothing: no segmenter applied"
        )
        rows.append((file_lines(figure.files, figure.image), mono(figure.image.sha256[:16]) + "…", looked))
    yield [
        table(
            ("Image", "SHA-256", "Looked for"),
            rows,
            (draft.width * 0.42, 104, draft.width * 0.58 - 104),
            tall=True,
        )
    ]
