"""The headed parts of a report, with headings of clinics, laboratories and police in one spelling."""

from __future__ import annotations

import csv
import functools
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.model.evidence import Section, Span
from engine.model.findings import Assertion
from engine.settings import resources_dir

# A heading stands at a line start or after a wide gap, and ends with a colon or its line.
_HEADING = re.compile(
    r"(?:^|(?<=\n)|(?<=\s\s))[ \t]{0,4}(?:\d{1,2}[.)][ \t]{1,4}|[#*]{1,4}[ \t]{0,4})?"
    r"(?P<title>[A-Z][A-Za-z][A-Za-z /&-]{0,46}?)[ \t]{0,8}(?:(?P<colon>:)|[*#]{0,4}[ \t]{0,8}(?=\n|$))",
)
# In a text whose lines were run together one in capitals stands behind the end of a sentence.
_RUN_ON = re.compile(r"(?<=[.,;])[ \t]{0,3}(?P<title>[A-Z][A-Z /&-]{2,46}?)[ \t]{0,4}(?P<colon>:)")
_SHORT_KINDS = frozenset({"indication", "comparison", "technique"})
"""What is said in a line or two: any heading in capitals ends it, known or not."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a known heading stands for; ``assertion`` is how findings below it are meant."""

    kind: str
    assertion: Assertion | None


def find_sections(text: str) -> tuple[Section, ...]:
    """Return the sections in order, each from its heading to the next; text before the first has none."""
    marks = _marks(text)
    ends = [*(start for start, _, _ in marks), len(text)][1:]
    return tuple(
        Section(kind=kind, title=title, span=Span(start=start, end=end))
        for (start, kind, title), end in zip(marks, ends, strict=True)
        if kind
    )


def _marks(text: str) -> list[tuple[int, str, str]]:
    """Return start, kind and title of the headings in order; an unknown one that only ends has no kind."""
    known = load_headings()
    found = {match.start("title"): match for match in (*_RUN_ON.finditer(text), *_HEADING.finditer(text))}
    marks: list[tuple[int, str, str]] = []
    for start in sorted(found):
        match, title = found[start], found[start]["title"].strip()
        heading = known.get(" ".join(title.lower().replace("-", " ").split()))
        if heading is not None and (match["colon"] or _alone_on_line(text, match)):
            marks.append((start, heading.kind, title))
        elif match["colon"] and title.isupper() and marks and marks[-1][1] in _SHORT_KINDS:
            marks.append((start, "", title))
    return marks


def cut_by(sections: Sequence[Section], inner: Sequence[Section]) -> tuple[Section, ...]:
    """Return the sections with ``inner`` cut out: a caption is no part of the findings around it."""
    parts = list(inner)
    for section in sections:
        start = section.span.start
        for each in sorted(inner, key=lambda one: one.span.start):
            if each.span.overlaps(section.span):
                if each.span.start > start:
                    parts.append(replace(section, span=Span(start=start, end=each.span.start)))
                start = max(start, each.span.end)
        if start < section.span.end:
            parts.append(replace(section, span=Span(start=start, end=section.span.end)))
    return tuple(sorted(parts, key=lambda section: section.span.start))


def section_at(sections: Sequence[Section], position: int) -> Section | None:
    """Return the section that holds ``position``, or None where none does."""
    index = bisect_right(sections, position, key=lambda section: section.span.start) - 1
    return sections[index] if index >= 0 and position < sections[index].span.end else None


def section_assertion(kind: str) -> Assertion | None:
    """Return how a section of this kind means what is affirmed in it; None: as it says."""
    return next((item.assertion for item in load_headings().values() if item.kind == kind), None)


@functools.cache
def load_headings() -> Mapping[str, Heading]:
    """Return the known headings by their lower-case title."""
    known: dict[str, Heading] = {}
    with (resources_dir() / "terms" / "sections.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assertion = Assertion(row["default"]) if row["default"] else None
            for title in row["titles"].split("|"):
                known[title.replace("-", " ")] = Heading(row["kind"], assertion)
    return known


def _alone_on_line(text: str, match: re.Match[str]) -> bool:
    line_start = text.rfind("\n", 0, match.start("title")) + 1
    return not text[line_start : match.start("title")].strip(" \t#*.)0123456789")
