"""Numbers and codes of the case in the words that its readers use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from engine.model.evidence import CaseKind, Image, SourceFile
from engine.model.findings import Assertion, Cue, Entity, LinkRelation, Region, Verdict

_CERTAINTY = (
    (0.95, "almost certain"),
    (0.80, "very likely"),
    (0.60, "likely"),
    (0.40, "as likely as not"),
    (0.20, "unlikely"),
    (0.0, "very unlikely"),
)

_SHARED = (
    (0.875, "picture and text share their main content"),
    (0.625, "picture and text share much"),
    (0.375, "picture and text share some content"),
    (0.125, "picture and text share little"),
    (0.0, "picture and text share nothing that was found"),
)

_AGREEMENT = (
    (0.75, "they agree"),
    (0.25, "they mostly agree"),
    (-0.25, "they neither agree nor contradict each other"),
    (-0.75, "they contradict each other in part"),
    (-1.0, "they contradict each other"),
)

_ABSTRACTION = {
    -1: "the text is more general than the picture",
    0: "picture and text are equally specific",
    1: "the picture is more general than the text",
}

# Less would be printed as 0.0.
_SLIGHT = 0.05

_KINDS = {CaseKind.MEDICAL: "medical", CaseKind.FORENSIC: "forensic"}

_ASSERTIONS = {
    Assertion.PRESENT: "present",
    Assertion.ABSENT: "denied",
    Assertion.POSSIBLE: "possible",
    Assertion.HISTORICAL: "in the past",
    Assertion.HYPOTHETICAL: "hypothetical",
    Assertion.OTHER_PERSON: "of another person",
}


def certainty(probability: float) -> str:
    """Return a probability in [0, 1] in words with its number: ``very likely (0.83)``."""
    return f"{_grade(_CERTAINTY, probability)} ({probability:.2f})"


def shared_content(cmi: float) -> str:
    return _grade(_SHARED, cmi)


def agreement(sc: float) -> str:
    return _grade(_AGREEMENT, sc)


def abstraction(abstractness: int) -> str:
    return _ABSTRACTION[abstractness]


def assertion(value: Assertion) -> str:
    return _ASSERTIONS[value]


def relation(value: LinkRelation) -> str:
    return "agrees with" if value is LinkRelation.SUPPORTS else "contradicts"


def verdict(value: Verdict) -> str:
    return value.value


def case_kind(kind: CaseKind) -> str:
    return _KINDS[kind]


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 image``, ``2,345 images``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def joined(parts: list[str]) -> str:
    """Return ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def first_of(names: Sequence[str], shown: Callable[[str], str], most: int = 6) -> str:
    """Return ``a, b and 3 more``: the first names as ``shown`` writes them, and how many are left out."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(shown(name) for name in names[:most]) + more


def moment(at: datetime | None) -> str:
    """Return an instant in UTC to the second with its zone; empty for none."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else ""


def weighed(cues: tuple[Cue, ...]) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """Return the cues that carry weight, heaviest first, and those that carry none worth a number."""
    ordered = sorted(cues, key=lambda cue: -abs(cue.weight))
    weighty = tuple(cue for cue in ordered if abs(cue.weight) >= _SLIGHT)
    return weighty, tuple(cue for cue in ordered if abs(cue.weight) < _SLIGHT)


def captured(image: Image) -> str:
    """Return when a picture was taken: in UTC where its file names the zone, else the wall clock."""
    if image.captured_at is None:
        return ""
    zone = dict(image.metadata).get("captured_at_zone", "") or "as the file says"
    if names_its_zone(image):
        return f"{moment(image.captured_at)} (the file's zone: {zone})"
    return f"{image.captured_at:%Y-%m-%d %H:%M:%S} ({zone})"


def names_its_zone(image: Image) -> bool:
    """Tell whether the file itself says in which zone its capture time is meant."""
    zone = dict(image.metadata).get("captured_at_zone", "")
    return bool(zone) and "unverified" not in zone


def day(at: datetime) -> str:
    return f"{at.astimezone(UTC).day} {at.astimezone(UTC):%B %Y}"


def size(size_bytes: int) -> str:
    """Return ``12,345 bytes`` as a court compares it."""
    return counted(size_bytes, "byte")


def evidence_path(file: SourceFile) -> str:
    """Return where a file lies, relative to its evidence folder and never to this machine."""
    return f"{file.root}/{file.relative_path}"


def frame(image: Image) -> str:
    """Return `` (frame 3)`` where an Image is not the first of its file."""
    return f" (frame {image.frame + 1})" if image.frame else ""


def region_details(region: Region) -> str:
    """Return side, place, colors, size and read text of a Region in one phrase."""
    attributes = region.attributes
    parts = [attributes.side.value + " side" if attributes.side else "", attributes.position]
    parts.append(", ".join(attributes.colors))
    if attributes.area_mm2:
        parts.append(f"{attributes.area_mm2:,.0f} mm²")
    elif attributes.area_px:
        parts.append(f"{attributes.area_px:,.0f} px²")
    if attributes.text:
        parts.append(f"reads “{attributes.text}”")
    return "; ".join(part for part in parts if part)


def entity_details(entity: Entity) -> str:
    """Return side, place, degree, count, size, date and concept of an Entity in one phrase."""
    attributes = entity.attributes
    parts = [attributes.laterality.value if attributes.laterality else "", attributes.position]
    parts += [attributes.degree, attributes.comparison]
    parts.append(", ".join((*attributes.colors, *attributes.materials)))
    if attributes.count is not None:
        parts.append(f"count {attributes.count}")
    if attributes.measurement:
        parts.append(" × ".join(f"{value:g}" for value in attributes.measurement.values_mm) + " mm")
    parts += [attributes.date, entity.concept]
    return "; ".join(part for part in parts if part)


def _grade(scale: tuple[tuple[float, str], ...], value: float) -> str:
    return next((words for floor, words in scale if value >= floor), scale[-1][1])
