"""Numbers and codes of the model in plain words; each number stands beside its words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from engine.model.findings import Assertion, Entity, LinkRelation, Region, Relation, Review, Verdict
from engine.store import Coverage

_CONTEXT: Final = "Wording"


def mark(_context: str, text: str) -> str:
    """Mark a text for translation that is said later; the extraction knows this name."""
    return text


def say(text: str) -> str:
    """Return a text of this module, marked below, in the user's language."""
    return QCoreApplication.translate(_CONTEXT, text)


_ASSERTIONS = {
    Assertion.PRESENT: mark("Wording", "stated as present"),
    Assertion.ABSENT: mark("Wording", "denied"),
    Assertion.POSSIBLE: mark("Wording", "possible"),
    Assertion.HISTORICAL: mark("Wording", "in the past"),
    Assertion.HYPOTHETICAL: mark("Wording", "only supposed"),
    Assertion.OTHER_PERSON: mark("Wording", "about another person"),
}
_NOT_READ = {
    "UnsupportedFile": mark("Wording", "{0} of a kind that is not read"),
    "CorruptFile": mark("Wording", "{0} damaged or empty"),
    "Encrypted": mark("Wording", "{0} protected by a password"),
    "FileTooLarge": mark("Wording", "{0} larger than the limits"),
    "TimedOut": mark("Wording", "{0} not read within the time limit"),
    "NotReadable": mark("Wording", "{0} not to be opened"),
    "Skipped": mark("Wording", "{0} left out by you while being read"),
}
_VERDICTS = {
    Verdict.CONFIRMED: mark("Wording", "confirmed"),
    Verdict.REJECTED: mark("Wording", "rejected"),
    Verdict.CORRECTED: mark("Wording", "corrected"),
    Verdict.ADDED: mark("Wording", "added"),
    Verdict.WITHDRAWN: mark("Wording", "taken back"),
}
# From this probability on, the word fits.
_PROBABILITIES = (
    (0.9, mark("Wording", "very likely")),
    (0.7, mark("Wording", "likely")),
    (0.45, mark("Wording", "uncertain")),
    (0.2, mark("Wording", "unlikely")),
    (0.0, mark("Wording", "very unlikely")),
)
_SHARED = (
    (0.75, mark("Wording", "They show and tell mostly the same")),
    (0.45, mark("Wording", "They share a good part of their content")),
    (0.15, mark("Wording", "They share a little")),
    (0.0, mark("Wording", "They share next to nothing")),
)
_AGREEMENT = (
    (0.5, mark("Wording", "Picture and text agree")),
    (0.15, mark("Wording", "Picture and text rather agree")),
    (-0.15, mark("Wording", "Neither agreement nor contradiction")),
    (-0.5, mark("Wording", "Picture and text rather contradict each other")),
    (-1.0, mark("Wording", "Picture and text contradict each other")),
)
_DETAIL = {
    -1: mark("Wording", "The text is more general than the picture"),
    0: mark("Wording", "Equally detailed"),
    1: mark("Wording", "The picture is more general than the text"),
}
_STEPS = {
    "load": mark("Wording", "loading models"),
    "read": mark("Wording", "reading files"),
    "analyze": mark("Wording", "analyzing"),
    "embed": mark("Wording", "measuring meaning"),
    "link": mark("Wording", "linking pictures and words"),
    "export": mark("Wording", "writing the report"),
    "survey": mark("Wording", "looking at what is there"),
    "sample": mark("Wording", "building the sample"),
    "train": mark("Wording", "training"),
    "measure": mark("Wording", "measuring"),
    "fit": mark("Wording", "fitting"),
    "cross-validate": mark("Wording", "checking on held-out parts"),
    "verify": mark("Wording", "checking"),
}


def assertion_words(assertion: Assertion) -> str:
    return say(_ASSERTIONS[assertion])


def verdict_words(review: Review) -> str:
    """Return who decided what and when, in one line."""
    name = review.examiner or say(mark("Wording", "an unnamed examiner"))
    return say(mark("Wording", "{verdict} by {name}, {date}")).format(
        verdict=say(_VERDICTS[review.verdict]), name=name, date=date_words(review.at)
    )


def probability_words(score: float) -> str:
    return f"{_first_below(_PROBABILITIES, score)} ({score:.2f})"


def relation_words(relation: LinkRelation) -> str:
    if relation is LinkRelation.CONTRADICTS:
        return say(mark("Wording", "contradicts"))
    return say(mark("Wording", "supports"))


def shared_words(relation: Relation) -> str:
    """Return the cross-modal mutual information in words, with its number."""
    return f"{_first_below(_SHARED, relation.cmi)} (CMI {relation.cmi:.2f})"


def agreement_words(relation: Relation) -> str:
    """Return the semantic correlation in words, with its number."""
    return f"{_first_below(_AGREEMENT, relation.sc)} (SC {relation.sc:+.2f})"


def detail_words(relation: Relation) -> str:
    """Return the relative level of abstraction in words, with its number."""
    return f"{say(_DETAIL[relation.abs])} (ABS {relation.abs:+d})"


def step_words(step: str) -> str:
    return say(_STEPS[step]) if step in _STEPS else step


def region_words(region: Region) -> str:
    """Return a Region in one line: label, side, place and colors."""
    facts = region.attributes
    side = say(mark("Wording", "{0} side")).format(facts.side.value) if facts.side else ""
    place = say(mark("Wording", "{0} of the picture")).format(facts.position) if facts.position else ""
    parts = [side, place, ", ".join(facts.colors)]
    words = ", ".join(part for part in parts if part)
    return f"{region.label} ({words})" if words else region.label


def entity_words(entity: Entity) -> str:
    """Return what the text says of an Entity beside its phrase."""
    facts = entity.attributes
    size = (
        " × ".join(f"{value:g}" for value in facts.measurement.values_mm) + " mm" if facts.measurement else ""
    )
    parts = [
        entity.label,
        assertion_words(entity.assertion),
        facts.laterality.value if facts.laterality else "",
        facts.position,
        ", ".join(facts.colors),
        f"× {facts.count}" if facts.count is not None else "",
        size,
        facts.date,
    ]
    return " · ".join(part for part in parts if part)


def concept_name(entity: Entity) -> str:
    """Return the preferred name of an Entity's concept without its id."""
    return entity.concept.partition(" ")[2] or entity.concept


def date_words(moment: datetime | None) -> str:
    """Return a date and time that cannot be mistaken: to the minute, with the zone where one is known."""
    if moment is None:
        return ""
    offset = moment.utcoffset()
    zone = "" if offset is None else " UTC" if not offset else f" UTC{moment.strftime('%z')}"
    return f"{moment.strftime('%Y-%m-%d %H:%M')}{zone}"


def bytes_words(size_bytes: int) -> str:
    return QLocale().formattedDataSize(size_bytes)


def number_words(number: int) -> str:
    return QLocale().toString(number)


def duration_words(seconds: float) -> str:
    """Return a duration, rounded so that it does not flicker: ``40 s``, ``3 min``, ``1 h 20 min``."""
    if seconds < 60:
        return f"{max(5 * round(seconds / 5), 1):d} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _first_below(table: tuple[tuple[float, str], ...], value: float) -> str:
    return next((say(words) for least, words in table if value >= least), say(table[-1][1]))


def coverage_words(coverage: Coverage) -> str:
    """Return how many files were found, and how many of them were read, in part, or not and why."""
    found = say(mark("Wording", "{0} files found, {1} inside other files")).format(
        number_words(coverage.found), number_words(coverage.enclosed)
    )
    parts = say(mark("Wording", "{0} read · {1} read in part · {2} not read")).format(
        number_words(coverage.read), number_words(coverage.partly_read), number_words(coverage.not_read)
    )
    reasons = [
        say(_NOT_READ[error]).format(number_words(files))
        for error, files in coverage.reasons
        if error in _NOT_READ
    ]
    return f"{found}: {parts}" + (f" ({', '.join(reasons)})" if reasons else "")
