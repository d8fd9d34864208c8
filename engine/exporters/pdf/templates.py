"""The two templates of the report: the same parts, in the order and the words of its readers."""

from __future__ import annotations

from dataclasses import dataclass

from engine.exporters.pdf.closing import checking, definitions, limits, register
from engine.exporters.pdf.contradictions import contradictions
from engine.exporters.pdf.draft import Part
from engine.exporters.pdf.evidence import coverage, evidence, issues
from engine.exporters.pdf.figures import figures
from engine.exporters.pdf.methods import audit, methods
from engine.exporters.pdf.models import models
from engine.exporters.pdf.relations import relations
from engine.exporters.pdf.sources import identifiers, stated, times_and_places
from engine.exporters.pdf.texts import texts
from engine.exporters.pdf.verdicts import verdicts
from engine.model.evidence import CaseKind


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
    Part(key="evidence", title="Evidence", lead="Every file of the case as it was found.", write=evidence),
    Part(key="issues", title="What could not be read", lead="", write=issues),
    Part(key="coverage", title="What was looked for", lead="", write=coverage),
    Part(
        key="methods",
        title="Methods and models",
        lead="What read, segmented, recognized and linked, in which version and with which weights.",
        write=methods,
    ),
    Part(
        key="models",
        title="Error rates and limits of the models",
        lead="As the cards of the models say. They hold for data like those that were measured on.",
        write=models,
    ),
    Part(key="audit", title="Audit", lead="", write=audit),
    Part(key="checking", title="How to check this report", lead="", write=checking),
    Part(key="limits", title="Limits", lead="", write=limits),
    Part(key="definitions", title="Definitions", lead="", write=definitions),
    Part(key="register", title="Register of findings not shown above", lead="", write=register),
)

FORENSIC = Template(
    title="Forensic case report",
    foot="Investigative support, not a conclusion",
    parts=(
        Part(
            key="contradictions",
            title="Contradictions of text and picture",
            lead=_ORDER,
            write=contradictions,
        ),
        Part(key="identifiers", title="Exhibits and identifiers", lead=_IDENTIFIERS, write=identifiers),
        Part(key="figures", title="Pictures and findings", lead=_FIGURES, write=figures),
        Part(key="texts", title="Texts and statements", lead=_TEXTS, write=texts),
        Part(key="relations", title="Pictures and texts compared", lead=_RELATIONS, write=relations),
        Part(key="verdicts", title="Examiners' verdicts", lead=_VERDICTS, write=verdicts),
        Part(key="times", title="Times and places of the pictures", lead=_TIMES, write=times_and_places),
        *_CLOSING,
    ),
)

MEDICAL = Template(
    title="Medical case report",
    foot="Research and triage support, not a diagnosis",
    parts=(
        Part(
            key="contradictions",
            title="Discrepancies between report and image",
            lead=_ORDER,
            write=contradictions,
        ),
        Part(
            key="stated", title="Indication, technique and impression as reported", lead=_STATED, write=stated
        ),
        Part(key="figures", title="Findings by image", lead=_FIGURES, write=figures),
        Part(key="texts", title="Reports and notes", lead=_TEXTS, write=texts),
        Part(key="relations", title="Images and reports compared", lead=_RELATIONS, write=relations),
        Part(key="verdicts", title="Readers' verdicts", lead=_VERDICTS, write=verdicts),
        *_CLOSING,
    ),
)


def template_of(kind: CaseKind) -> Template:
    return MEDICAL if kind is CaseKind.MEDICAL else FORENSIC
