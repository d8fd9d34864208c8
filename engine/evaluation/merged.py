"""How well ingest as a whole finds entities: terms, patterns and all heads together, in our own labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from engine.model.evidence import CaseKind, Report
from engine.model.findings import Entity
from engine.model.ids import report_id
from engine.recognizers.iob import TaggedSentence
from engine.recognizers.pipeline import TextPipeline
from engine.recognizers.statistical import our_label

Entities = frozenset[tuple[int, int, str]]
_REPORT_SENTENCES = 20
_NO_BLANK_AFTER = frozenset("([-/")
_NO_BLANK_BEFORE = frozenset(")],.;:%-/")


def gold_in_our_words(sentences: Sequence[TaggedSentence]) -> list[Entities]:
    """Return the gold in our labels; what has none (a gene, a product) is left out."""
    return [
        frozenset((start, end, our_label(label)) for start, end, label in item.entities if our_label(label))
        for item in sentences
    ]


def find_merged(sentences: Sequence[TaggedSentence], kind: CaseKind) -> list[Entities]:
    """Return what ingest keeps in each sentence; neighbors form a report.

    Of forensic text only names count: "a boy" is a person there, with a concept, but no name.
    """
    pipeline = TextPipeline.load(kind)
    found: list[Entities] = []
    for first in range(0, len(sentences), _REPORT_SENTENCES):
        part = sentences[first : first + _REPORT_SENTENCES]
        text = "\n\n".join(_written(item.words)[0] for item in part)
        report = Report(id=report_id("0" * 64, first), sha256="0" * 64, text=text, language="en")
        (analyzed,) = pipeline.analyze([report])
        kept = [entity for entity in analyzed.entities if kind is CaseKind.MEDICAL or not entity.concept]
        found += _by_sentence(part, kept)
    return found


def _by_sentence(sentences: Sequence[TaggedSentence], entities: Sequence[Entity]) -> Iterator[Entities]:
    offset = 0
    for sentence in sentences:
        text, places = _written(sentence.words)
        starts = [offset + place for place in places]
        ends = [start + len(word) for start, word in zip(starts, sentence.words, strict=True)]
        yield frozenset(
            (
                bisect_right(ends, entity.span.start),
                bisect_left(starts, entity.span.end),
                entity.label,
            )
            for entity in entities
            if starts[0] <= entity.span.start < ends[-1]
        )
        offset += len(text) + 2


def _written(words: Sequence[str]) -> tuple[str, list[int]]:
    """Return a sentence as a report would have it, "(non-small cell)," and where its words begin.

    The files keep no blanks, and with one around each bracket and hyphen no rule of the recognizers reads as
    it does in a report.
    """
    text, places = "", []
    for before, word in zip(("(", *words), words, strict=False):
        glued = before in _NO_BLANK_AFTER or word in _NO_BLANK_BEFORE
        text += "" if glued else " "
        places.append(len(text))
        text += word
    return text, places
