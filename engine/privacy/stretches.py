"""Parts of a text that give way to others, and where every character of the old text is in the new one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from engine.model.evidence import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``text[start:end]``, half-open, that become ``replacement``; ``kind`` says what they are."""

    start: int
    end: int
    replacement: str
    kind: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text after its stretches were replaced."""

    text: str
    stretches: tuple[Stretch, ...]
    _shifts: tuple[int, ...]

    def span(self, old: Span) -> Span:
        """Return where a span of the old text lies now; one that a stretch cuts takes its replacement."""
        return Span(
            start=self._at(old.start, at_end=False),
            end=max(self._at(old.end, at_end=True), self._at(old.start, at_end=False)),
        )

    def _at(self, place: int, *, at_end: bool) -> int:
        number = bisect_right([stretch.start for stretch in self.stretches], place) - 1
        if number < 0:
            return place
        stretch = self.stretches[number]
        begin = stretch.start + (self._shifts[number - 1] if number else 0)
        if at_end and place == stretch.start:
            return begin
        if place < stretch.end or (place == stretch.end and at_end):
            return begin + (len(stretch.replacement) if at_end else 0)
        return place + self._shifts[number]


def rewrite(text: str, stretches: Iterable[Stretch]) -> Rewritten:
    """Replace stretches; of two that overlap the longer one stays."""
    kept = without_overlaps(stretches)
    parts, shifts, last, shift = [], [], 0, 0
    for stretch in kept:
        parts += [text[last : stretch.start], stretch.replacement]
        shift += len(stretch.replacement) - (stretch.end - stretch.start)
        shifts.append(shift)
        last = stretch.end
    return Rewritten("".join([*parts, text[last:]]), kept, tuple(shifts))


def without_overlaps(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return stretches in order, the longer of each two that overlap, the first of equal ones."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda each: (each.start - each.end, each.start)):
        if stretch.end > stretch.start and all(
            stretch.end <= other.start or other.end <= stretch.start for other in kept
        ):
            kept.append(stretch)
    return tuple(sorted(kept, key=lambda each: each.start))
