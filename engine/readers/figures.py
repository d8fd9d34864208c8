"""Captions: which lines of a document name a figure, and which enclosed picture each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.model.evidence import Section, Span

CAPTION = "caption"
_MAX_CAPTION_CHARS = 2_000
# "Figure 3: …", "Fig. 2A. …", "FIGURE 1 Axial CT …", but not "Figure 3 shows …", which is a sentence.
_START = re.compile(
    r"(?:supplementary\s+|extended\s+data\s+)?"
    r"(?P<word>figures?|figs?\.?|abb(?:ildung|\.)?|photo(?:graph)?|image|picture|plate|exhibit|scan|illustration)\s*"
    r"(?P<number>[A-Z]?\d{1,3}(?:[.-]\d{1,3})?\s?[A-Za-z]?|[IVX]{1,5})\b"
    r"(?=\s*[.:|)\u2013\u2014]|\s+-\s|\s+[\"'“(]?[A-Z0-9]|\s*$)",
    re.IGNORECASE,
)
_SENTENCE_GOES_ON = re.compile(r"\s+[a-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption in a Report's text: ``title`` is what it calls the figure, ``span`` where it stands."""

    title: str
    text: str
    span: Span

    @property
    def section(self) -> Section:
        return Section(kind=CAPTION, title=self.title, span=self.span)


def caption_title(line: str) -> str:
    """Return what a line that begins a caption calls its figure ("Figure 3"), or ""."""
    line = line.lstrip()
    found = _START.match(line)
    if found is None or _SENTENCE_GOES_ON.match(line, found.end()):
        return ""
    return " ".join(found[0].split()).rstrip(".")


def find_captions(text: str) -> tuple[Caption, ...]:
    """Return the captions of a text whose paragraphs are lines: documents and web pages."""
    found, start = [], 0
    for line in text.split("\n"):
        if title := caption_title(line):
            found.append(
                Caption(
                    title=title,
                    text=one_line(line),
                    span=Span(start=start, end=start + len(line)),
                )
            )
        start += len(line) + 1
    return tuple(found)


def sections_of(captions: Iterable[Caption]) -> tuple[Section, ...]:
    return tuple(sorted((each.section for each in captions), key=lambda section: section.span.start))


def nearby_caption(paragraphs: Sequence[str], place: int) -> str:
    """Return the caption of a picture in paragraph ``place``: in it, next below, or next above; else ""."""
    below = next((text for text in paragraphs[place + 1 :] if text.strip()), "")
    above = next((text for text in reversed(paragraphs[:place]) if text.strip()), "")
    return next((one_line(text) for text in (paragraphs[place], below, above) if caption_title(text)), "")


def one_line(text: str) -> str:
    return " ".join(text.split())[:_MAX_CAPTION_CHARS]
