"""The end of the report: how to check it, its limits, what its words mean, and the register of findings."""

from __future__ import annotations

from collections.abc import Iterator

from engine.exporters import contents, words
from engine.exporters.pdf.draft import Draft, file_name, name
from engine.exporters.pdf.fonts import mono
from engine.exporters.pdf.layout import Block, Story, facts, para, table
from engine.model.evidence import CaseKind

_LIMITS = (
    "Casebook proposes; persons decide. Everything that is not marked as an analyst's statement is the "
    "output of a "
    "program and may be wrong.",
    "Scores of regions and phrases say how sure a model is by its own measure. They are no probabilities "
    "of truth, and "
    "scores of different models cannot be compared. Only the certainty of links was fitted to examples.",
    "Error rates hold for data like those they were measured on, which docs/validation.md of the program "
    "names. "
    "Pictures of another device, another population or another kind of scene can do much worse.",
    "A contradiction is a hint to look again. Text and picture may disagree because the text is about "
    "another picture, "
    "another time or another side than the program took it for.",
    "Times and places inside of files are what a device or a person wrote there. They were not verified.",
    "Right-to-left scripts are printed in the order of their characters in the file, not reordered for "
    "reading.",
)
_MEDICAL_LIMIT = (
    "This report is no medical device output and must not be used for diagnosis or treatment. The original "
    "images, on a "
    "calibrated screen, decide; the pictures here are reduced and compressed."
)
_FORENSIC_LIMIT = (
    "The pictures here are reduced and compressed for reading. The original files, identified by their "
    "SHA-256, are the "
    "evidence."
)

_DEFINITIONS = (
    ("Image, text", "The content of a file, known by its SHA-256: copies of a file are one image or one "
     "text."),
    ("Region", "An area of an image with a label, an outline and a score from 0 to 1."),
    ("Phrase", "Words of a text with a kind and a meaning, and how the text speaks of it: present, denied, "
     "possible, "
     "in the past, hypothetical, or of another person."),
    ("Link", "The statement that a phrase and a region (or a whole image) agree or contradict each other, "
     "with a "
     "probability and at least one reason."),
    ("Cue", "One reason for a link or against it, with its weight as log-odds: +0.7 doubles the odds, −0.7 "
     "halves them."),
    ("Certainty", "From 0.95 “almost certain”, from 0.80 “very likely”, from 0.60 “likely”, from 0.40 “as "
     "likely as "
     "not”, from 0.20 “unlikely”, below “very unlikely”."),
    ("CMI", "Cross-modal mutual information, 0 to 1: how much content an image and a text share."),
    ("SC", "Semantic correlation, −1 to +1: −1 they contradict each other, 0 they are unrelated, +1 they "
     "agree."),
    ("ABS", "Abstraction: −1 the text is more general than the image, 0 they are alike, +1 the image is "
     "more general. "
     "CMI, SC and ABS after Henning and Ewerth (2017)."),
    ("Verdict", "What a person decided about a finding: confirmed, rejected, corrected, or added by hand."),
    ("SHA-256", "A number computed from a file's bytes; if one bit changes, it changes."),
    ("Finding id", "The name of a finding, the same on every machine that reads the same evidence with the "
     "same "
     "components."),
)  # fmt: skip

_REGISTER_BATCH = 400


def checking(draft: Draft) -> Story:
    """Yield how somebody else can check the report and make it again."""
    content = draft.content
    command = f"casebook verify CASE --head {content.audit_hash} --length {content.audit_length}"
    again = f"casebook export CASE OUT.pdf --at {content.at.isoformat()} --reproducible"
    yield [
        para(
            "1. Beside this file lies one with the same name and the ending .sha256. It holds the SHA-256 "
            "of this file; "
            "“sha256sum --check” compares them."
        ),
        para(
            f"2. Evidence, findings and audit chain are compared with what was recorded "
            f"by<br/>{mono(command)}"
        ),
        para(
            f"3. From a case whose audit chain has the same last hash, the report is made again, byte for "
            f"byte, by<br/>"
            f"{mono(again)}<br/>by the same version of Casebook, with the evidence in place."
        ),
    ]


def limits(draft: Draft) -> Story:
    """Yield what the report cannot be used for."""
    own = _MEDICAL_LIMIT if draft.content.case.kind is CaseKind.MEDICAL else _FORENSIC_LIMIT
    yield [para(f"•  {sentence}") for sentence in (own, *_LIMITS)]


def definitions(draft: Draft) -> Story:
    """Yield what the report's words mean."""
    yield [facts(list(_DEFINITIONS), (92, draft.width - 92))]


def register(draft: Draft) -> Story:
    """Yield the findings of images and texts that the caps kept out of the figures and quotations."""
    head = ("What", "Score", "In", "Finding id")
    widths = (draft.width * 0.4, 36.0, draft.width * 0.6 - 36 - 96, 96.0)
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
    return table(head, rows, widths)


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
                mono(row.region.id),
            )
    for report_id in content.other_reports:
        item = contents.quoted_report(store, content, report_id)
        where = file_name(item.files)
        for phrase in item.phrases:
            entity = phrase.entity
            said = (
                f"“{name(entity.text, 80)}” ({name(entity.label, 40)}, {words.assertion(entity.assertion)})"
            )
            yield said, f"{entity.score:.2f}", where, mono(entity.id)
            for link in phrase.links:
                relation = f"{words.relation(link.relation)}: “{name(entity.text, 60)}”"
                yield relation, f"{link.score:.2f}", where, mono(link.id)
