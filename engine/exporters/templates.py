"""The two templates of the report: the same parts, in the order and the words of its readers."""

from __future__ import annotations

from dataclasses import dataclass

from engine.exporters.contents import CaseContent
from engine.model.evidence import CaseKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A titled part of the report; ``lead`` says in a sentence or two what the reader sees in it."""

    key: str
    title: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Title, running foot and parts of a report."""

    title: str
    foot: str
    parts: tuple[Part, ...]


_ORDER = (
    "The surest come first. Each names the words, the region, the reasons for and against, and the source "
    "of both."
)
_FIGURES = (
    "Each image with a finding or a text, the original beside the same picture with the outlines of what "
    "the program found. Numbers in the picture are those of the table below it."
)
_TEXTS = (
    "Each text as it stands in its file. Phrases are tinted and numbered; a word after the number says "
    "how the text speaks of it where that is not “present”. Red: a picture contradicts it."
)
_RELATIONS = (
    "Each image beside each text that it was compared with, as wholes. The least agreement comes first."
)
_VERDICTS = "Statements of persons. All other parts of this report are statements of the program."

_STATED = (
    "Indication, history, technique, comparison and impression in the words of the reports. The program adds "
    "nothing to them."
)
_IDENTIFIERS = "Exhibits, case and serial numbers, plates and the like that the texts name, and where."
_TIMES = (
    "As the files say, in the order of time. Clocks and positions of cameras were not verified; a time "
    "without a zone is that of the camera's clock."
)

_CLOSING = (
    Part(key="evidence", title="Evidence", lead="Every file of the case as it was found."),
    Part(key="issues", title="What could not be read"),
    Part(key="coverage", title="What was looked for"),
    Part(
        key="methods",
        title="Methods and models",
        lead="What read, segmented, recognized and linked, in which version and with which weights.",
    ),
    Part(
        key="models",
        title="Error rates and limits of the models",
        lead="As the cards of the models say. They hold for data like those that were measured on.",
    ),
    Part(key="audit", title="Audit"),
    Part(key="checking", title="How to check this report"),
    Part(key="limits", title="Limits"),
    Part(key="definitions", title="Definitions"),
    Part(key="register", title="Register of findings not shown above"),
)

FORENSIC = Template(
    title="Forensic case report",
    foot="Investigative support, not a conclusion",
    parts=(
        Part(key="contradictions", title="Contradictions of text and picture", lead=_ORDER),
        Part(key="identifiers", title="Exhibits and identifiers", lead=_IDENTIFIERS),
        Part(key="figures", title="Pictures and findings", lead=_FIGURES),
        Part(key="texts", title="Texts and statements", lead=_TEXTS),
        Part(key="relations", title="Pictures and texts compared", lead=_RELATIONS),
        Part(key="verdicts", title="Examiners' verdicts", lead=_VERDICTS),
        Part(key="times", title="Times and places of the pictures", lead=_TIMES),
        *_CLOSING,
    ),
)

MEDICAL = Template(
    title="Medical case report",
    foot="Research and triage support, not a diagnosis",
    parts=(
        Part(key="contradictions", title="Discrepancies between report and image", lead=_ORDER),
        Part(key="stated", title="Indication, technique and impression as reported", lead=_STATED),
        Part(key="figures", title="Findings by image", lead=_FIGURES),
        Part(key="texts", title="Reports and notes", lead=_TEXTS),
        Part(key="relations", title="Images and reports compared", lead=_RELATIONS),
        Part(key="verdicts", title="Readers' verdicts", lead=_VERDICTS),
        *_CLOSING,
    ),
)


def template_of(kind: CaseKind) -> Template:
    return MEDICAL if kind is CaseKind.MEDICAL else FORENSIC


def parts_of(template: Template, content: CaseContent) -> tuple[Part, ...]:
    """Return the parts that a report has: one that shows all findings needs no register of others."""
    complete = not content.other_images and not content.other_reports
    return tuple(part for part in template.parts if not (complete and part.key == "register"))
