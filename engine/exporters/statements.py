"""The fixed sentences of a report: summary, banners, coverage, limits, definitions. Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.exporters import words
from engine.exporters.contents import CaseContent
from engine.model.evidence import CaseKind

if TYPE_CHECKING:
    from engine.store import Coverage

BANNERS = {
    CaseKind.MEDICAL: "Research and triage support, not a diagnosis.",
    CaseKind.FORENSIC: (
        "Investigative support. Machine findings are leads to be checked by an examiner, not conclusions."
    ),
}

NOT_LOOKED_FOR = "Not looked for is not the same as not there."
COVERAGE = (
    "A finding that is missing from this report was either not there, or overlooked, or never looked for. "
    "The lists below are complete: no component looks for anything else. Images without any finding are "
    "listed after the figures, each with what was looked for in it."
)
DEIDENTIFIED = (
    "De-identified: names, identifiers, places and file names are replaced, dates are moved, writing and "
    "faces in pictures are covered, as far as the program found them. This is no guarantee: a person has to "
    "look through the list that was written beside this file. Ids and hashes are not those of the original."
)
AUDIT_LEFT_OUT = "The entries themselves name persons and files, and are left out of a de-identified report."
AUDIT = (
    "Every action that changes the case is an entry of a chain in which each hash covers the entry and "
    "the hash before it. Nothing can be changed, removed or put in another order without changing every "
    "later hash; that the end was not cut off shows by comparing with length and hash printed here."
)

_OWN_LIMIT = {
    CaseKind.MEDICAL: (
        "This report is no medical device output and must not be used for diagnosis or treatment. The "
        "original images, on a calibrated screen, decide; the pictures here are reduced and compressed."
    ),
    CaseKind.FORENSIC: (
        "The pictures here are reduced and compressed for reading. The original files, identified by "
        "their SHA-256, are the evidence."
    ),
}
_LIMITS = (
    "Casebook proposes; persons decide. Everything that is not marked as an analyst's statement is the "
    "output of a program and may be wrong.",
    "Scores of regions and phrases say how sure a model is by its own measure. They are no probabilities "
    "of truth, and scores of different models cannot be compared. The certainty of links was fitted to "
    "examples.",
    "Error rates hold for data like those they were measured on, which the model cards and the validation "
    "report of the program name. Pictures of another device, another population or another kind of scene "
    "can do much worse.",
    "A contradiction is a hint to look again. Text and picture may disagree because the text is about "
    "another picture, another time or another side than the program took it for.",
    "Times and places inside of files are what a device or a person wrote there. They were not verified.",
    "A character that the report's fonts do not have, or that would not be seen, is printed as its code "
    "point, such as [U+202E]. Right-to-left scripts stand in the order of their characters in the file.",
)

DEFINITIONS = (
    (
        "Image, text",
        "The content of a file, known by its SHA-256: copies of a file are one image or one text.",
    ),
    ("Region", "An area of an image with a label, an outline and a score from 0 to 1."),
    (
        "Phrase",
        "Words of a text with a kind and a meaning, and how the text speaks of it: present, denied, "
        "possible, in the past, hypothetical, or of another person.",
    ),
    (
        "Link",
        "The statement that a phrase and a region (or a whole image) agree or contradict each other, with "
        "a probability and at least one reason.",
    ),
    (
        "Cue",
        "One reason for a link (+) or against it (−), with its weight as log-odds: +0.7 doubles the odds "
        "that the link is right, −0.7 halves them.",
    ),
    (
        "Certainty",
        "From 0.95 “almost certain”, from 0.80 “very likely”, from 0.60 “likely”, from 0.40 “as likely as "
        "not”, from 0.20 “unlikely”, below “very unlikely”.",
    ),
    ("CMI", "Cross-modal mutual information, 0 to 1: how much content an image and a text share."),
    ("SC", "Semantic correlation, −1 to +1: −1 they contradict each other, 0 unrelated, +1 they agree."),
    (
        "ABS",
        "Abstraction: −1 the text is more general than the image, 0 they are alike, +1 the image is more "
        "general. CMI, SC and ABS after Henning and Ewerth (2017).",
    ),
    ("Verdict", "What a person decided about a finding: confirmed, rejected, corrected, or added by hand."),
    ("SHA-256", "A number computed from a file's bytes; if one bit changes, it changes."),
    (
        "Finding id",
        "The name of a finding, the same on every machine that reads the same evidence with the same "
        "components.",
    ),
)


NOT_READ = {
    "UnsupportedFile": "of a kind that is not read",
    "CorruptFile": "damaged or empty",
    "Encrypted": "protected by a password",
    "FileTooLarge": "larger than the limits",
    "TimedOut": "not read within the time limit",
    "NotReadable": "not to be opened",
    "Skipped": "left out by the user while being read",
}


def coverage_of_evidence(coverage: Coverage) -> str:
    """Return how many files were found and how many of them were read, in part or not, and why not."""
    counted = words.counted
    inside = f", {coverage.enclosed:,} of them inside other files" if coverage.enclosed else ""
    sentence = (
        f"Of {counted(coverage.found, 'file')} found{inside}, {coverage.read:,} {_were(coverage.read)} read"
    )
    if not coverage.partly_read and not coverage.not_read:
        return f"{sentence}: nothing was left out."
    sentence += f", {coverage.partly_read:,} only in part and {coverage.not_read:,} not at all"
    reasons = [f"{files:,} {NOT_READ.get(error, f'because of {error}')}" for error, files in coverage.reasons]
    return f"{sentence} ({', '.join(reasons)})." if reasons else f"{sentence}."


def read_again(checked: int | None, troubles: int) -> str:
    """Return what hashing the evidence again for a report showed; ``checked`` None: it was not done."""
    if checked is None:
        return "The evidence was not read again for this report."
    unchanged = "" if troubles else ", and are unchanged"
    sentence = f"For this report {words.counted(checked, 'file')} {_were(checked)} read and hashed again"
    confirmed = f" {words.counted(troubles, 'file')} could not be confirmed." if troubles else ""
    return f"{sentence}{unchanged}. Files inside others are covered by these.{confirmed}"


def limits(kind: CaseKind) -> tuple[str, ...]:
    """Return what a report of this kind of case cannot be used for."""
    return (_OWN_LIMIT[kind], *_LIMITS)


def headline(content: CaseContent) -> str:
    """Return what matters most about the agreement of texts and pictures."""
    totals = content.totals
    if totals.contradictions:
        links = words.counted(totals.contradictions, "link")
        return f"In {links} text and picture contradict each other; they come first."
    if totals.relations:
        return "No contradiction between text and picture was found. That does not prove that there is none."
    return "No text could be tied to a picture, so nothing was compared."


def summary(content: CaseContent) -> list[str]:
    """Return what the case holds and what to bear in mind, in sentences."""
    totals, counted = content.totals, words.counted
    sentences = [
        f"The case holds {counted(totals.files, 'file')} with {counted(totals.images, 'image')} and "
        f"{counted(totals.reports, 'text')}. In the images {counted(totals.regions, 'region')} "
        f"{_were(totals.regions)} found, in the texts {counted(totals.entities, 'phrase')}, and "
        f"{counted(totals.links, 'link')} between them."
    ]
    if totals.reviews:
        sentences.append(
            f"Analysts gave {counted(totals.reviews, 'verdict')}; they stand apart from what the "
            "program found."
        )
    else:
        sentences.append(
            "No analyst has reviewed a finding yet: everything below is the program's own proposal."
        )
    if totals.issues:
        sentences.append(
            f"{counted(totals.issues, 'problem')} while reading or analyzing "
            f"{'is' if totals.issues == 1 else 'are'} listed; what those files hold is not in this report."
        )
    return sentences


def checking(content: CaseContent, signed_by: str = "") -> list[tuple[str, str]]:
    """Return the ways to check a report, each as a sentence and the command for it (or nothing)."""
    signed = (
        f"This file carries an electronic signature (PAdES) under the certificate of {signed_by}. Whether "
        "that is to be trusted is for the reader to decide. Whether the file is whole is shown by a PDF "
        "reader, or by",
        "pdfsig FILE",
    )
    state = f"--head {content.audit_hash} --length {content.audit_length}"
    return [
        *([signed] if signed_by else []),
        (
            "Beside this file lies one of the same name with the ending .sha256. It holds the SHA-256 of "
            "this file; “sha256sum --check” compares them.",
            "",
        ),
        (
            "Evidence, findings and audit chain are compared with what was recorded by",
            f"casebook verify CASE {state}",
        ),
        (
            "From a case whose audit chain ends in the same hash, with the evidence in place, the same "
            "version of Casebook makes the same report again, byte for byte where --reproducible was "
            "given, by",
            f"casebook export CASE OUT --at {content.at.isoformat()} --reproducible",
        ),
    ]


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
