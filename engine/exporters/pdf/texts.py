"""The texts: quoted with their phrases marked, and for each phrase what the pictures say to it."""

from __future__ import annotations

from engine.exporters import contents, words
from engine.exporters.contents import NumberedPhrase, QuotedReport
from engine.exporters.passages import place
from engine.exporters.pdf.draft import Draft, file_name, name, patient_words, verdict_words
from engine.exporters.pdf.figures import name_plain
from engine.exporters.pdf.fonts import mono
from engine.exporters.pdf.layout import (
    ALARM,
    ANALYST,
    ANALYST_FILL,
    MACHINE,
    Block,
    Story,
    anchor,
    box,
    heading,
    para,
    room,
    running,
    table,
    together,
)
from engine.exporters.pdf.quotation import Mark, quoted
from engine.exporters.pdf.reasons import cue_lines
from engine.model.evidence import Report
from engine.model.findings import Cue, Link, LinkRelation
from engine.progress import Progress

LONGEST_QUOTE = 12_000
_HEAD = (
    "No.",
    "Phrase",
    "Kind",
    "Said to be",
    "Score",
    "Meaning and details",
    "Place (characters)",
    "Finding id",
)


def texts(draft: Draft) -> Story:
    """Yield each quoted text with its phrases and links; what a cap leaves out is said."""
    content = draft.content
    if not content.totals.reports:
        yield [para("The case holds no text.")]
    for report_id, number in content.texts.items():
        draft.options.progress(Progress(step="texts", done=number - 1, total=len(content.texts)))
        yield from _text(draft, contents.quoted_report(draft.store, content, report_id))
    yield [running(draft.anchors, "")]
    if content.other_reports:
        yield [
            para(
                f"<b>{words.counted(len(content.other_reports), 'more text')} "
                f"{'is' if len(content.other_reports) == 1 else 'are'} not quoted</b>, because this report "
                f"was limited to {words.counted(len(content.texts), 'text')}. Their phrases are in the "
                "register."
            )
        ]


def _about(draft: Draft, report: Report) -> str:
    """Return whom a text is about: as it says itself, else as the pictures say that it was compared with."""
    if report.subject_ref:
        return patient_words(report)
    compared = (draft.store.image(row.image_id) for row in draft.store.relations(report_id=report.id))
    subjects = sorted({image.subject_ref for image in compared if image and image.subject_ref})
    return f"compared with patient {words.joined(subjects)}" if subjects else patient_words(report)


def phrase_table(phrases: tuple[NumberedPhrase, ...], item: QuotedReport, width: float) -> Block:
    """Return the table of a text's phrases as the program read them."""
    cells = [
        (
            str(row.number),
            name(row.entity.text, 160),
            name(row.entity.label, 40),
            words.assertion(row.entity.assertion),
            f"{row.entity.score:.2f}",
            name(words.entity_details(row.entity)),
            place(item.report, row.entity).replace("characters ", ""),
            row.entity.id,
        )
        for row in phrases
    ]
    return table(_HEAD, cells, (22, 92, 60, 46, 34, width - 414, 78, 82), plain=(0, 4), ids=(7,))


def _text(draft: Draft, item: QuotedReport) -> Story:
    report = item.report
    source = words.evidence_path(item.files[0]) if item.files else ""
    part = f" (part {report.part + 1})" if report.part else ""
    yield [
        room(110),
        running(draft.anchors, _about(draft, report)),
        anchor(draft.anchors, f"text-{item.number}", f"Text {item.number}  {name_plain(source)}", level=1),
        para(f"Text {item.number} — {file_name(item.files)}{part}", "heading2"),
        para(_facts(item), "small"),
    ]
    marks = [Mark(entity=row.entity, sign=str(row.number), disputed=row.disputed) for row in item.phrases]
    end = min(len(report.text), LONGEST_QUOTE)
    yield [para(paragraph, "quote") for paragraph in _paragraphs(report.text, marks, end)]
    if end < len(report.text):
        yield [para(f"<b>The remaining {len(report.text) - end:,} characters are not quoted here.</b>")]
    linked = [row for row in item.phrases if row.links]
    if linked:
        said = [_link_lines(draft, row, groups) for row in linked for groups in _alike(row.links)]
        yield [*heading("What the pictures say to it"), *said]
    if item.phrases:
        yield [*heading("Phrases"), phrase_table(item.phrases, item, draft.width)]
    else:
        yield [para("No phrase was recognized in it.")]
    verdicts = [
        para(f"Analyst on phrase {row.number}: {verdict_words(row.review)}", "analyst")
        for row in item.phrases
        if row.review
    ]
    if verdicts:
        yield [box(verdicts, draft.width, fill=ANALYST_FILL, bar=ANALYST)]


def _paragraphs(text: str, marks: list[Mark], end: int) -> list[str]:
    """Return markup for each block of lines, so that a long text breaks across pages."""
    pieces, start = [], 0
    while start < end:
        stop = text.find("\n\n", start, end)
        stop = end if stop < 0 else stop
        inside = [mark for mark in marks if start <= mark.entity.span.start and mark.entity.span.end <= stop]
        if text[start:stop].strip():
            pieces.append(quoted(text, inside, start, stop))
        start = stop + 2
    return pieces


def _alike(groups: tuple[tuple[Link, ...], ...]) -> list[tuple[tuple[Link, ...], ...]]:
    """Return groups that say the same for the same reasons together, as for the slices of one series."""
    alike: dict[object, list[tuple[Link, ...]]] = {}
    for group in groups:
        first = group[0]
        alike.setdefault((first.relation, round(first.score, 2), _all_cues(group)), []).append(group)
    return [tuple(found) for found in alike.values()]


def _link_lines(draft: Draft, row: NumberedPhrase, groups: tuple[tuple[Link, ...], ...]) -> Block:
    first, group = groups[0][0], tuple(link for each in groups for link in each)
    color = ALARM if first.relation is LinkRelation.CONTRADICTS else MACHINE
    sentence = (
        f"Phrase {row.number} “{name(row.entity.text, 160)}” "
        f"<font color='{color}'><b>{words.relation(first.relation)}</b></font> "
        f"{_targets(draft, groups)} — {words.certainty(first.score)}"
    )
    ids = para("Finding " + ", ".join(mono(link.id) for link in group), "small")
    verdicts = [draft.content.verdicts[link.id] for link in group if link.id in draft.content.verdicts]
    said = [para(f"Analyst: {verdict_words(review)}", "analyst") for review in verdicts]
    lines = [para(sentence, "cell"), *cue_lines(_all_cues(group)), ids, *said]
    return together([box(lines, draft.width, bar=color)])


def _targets(draft: Draft, groups: tuple[tuple[Link, ...], ...]) -> str:
    """Return markup for what groups of Links point at: Regions with their figures, or whole pictures."""
    named = [(draft.regions_named(group[0].image_id, group), group[0].image_id) for group in groups]
    parts = [f"{regions} in {draft.figure_link(image)}" for regions, image in named if regions]
    whole = [draft.figure_link(image) for regions, image in named if not regions]
    return words.joined([*parts, f"the whole of {words.joined(whole)}"] if whole else parts)


def _all_cues(group: tuple[Link, ...]) -> tuple[Cue, ...]:
    """Return the cues of all Links of a group, each reason once."""
    return tuple({(cue.rule, cue.detail): cue for link in reversed(group) for cue in link.cues}.values())


def _facts(item: QuotedReport) -> str:
    report = item.report
    details = [
        f"SHA-256 {mono(report.sha256[:16])}…",
        f"title “{name(report.title)}”" if report.title else "",
        f"language {name(report.language, 20)}" if report.language else "",
        f"written {report.authored_at:%Y-%m-%d %H:%M}" if report.authored_at else "",
        f"patient or subject {name(report.subject_ref, 80)}" if report.subject_ref else "",
        f"study {name(report.study_ref, 80)}" if report.study_ref else "",
        "tied by its source to " + ", ".join(name(about, 120) for about in report.about[:5])
        if report.about
        else "",
        f"read from a picture, confidence {report.ocr_confidence:.2f}"
        if report.ocr_confidence is not None
        else "",
    ]
    return "; ".join(detail for detail in details if detail) + "."
