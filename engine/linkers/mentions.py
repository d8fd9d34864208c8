"""Links by mention: "photograph 12", "IMG_2043.jpg", "Fig. 3" name the picture itself."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from engine.linkers.figures import figure_cue, is_figure_of_text
from engine.linkers.names import file_names, number_of, picture_numbers, stem_of
from engine.model.evidence import Span
from engine.model.findings import Cue, Entity
from engine.model.runs import Component, make_component
from engine.protocols import Pair, Proposal

PICTURE_LABELS = frozenset({"file-name", "figure", "exhibit"})
_SENTENCE_END = re.compile(r"[.;!?]\s|\n\s*\n|\n\s*[-*•]|\n(?=[A-Z0-9])")


class MentionLinker:
    """Proposes the whole image for each Entity that names its file or its number."""

    name: ClassVar[str] = "mentions"

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # names need none
        return (cls(),)

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "2")

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return one whole-image proposal per Entity that names this picture."""
        cues = ((entity, naming_cue(entity, pair)) for entity in pair.report_side.entities)
        return tuple(
            Proposal(region_id=None, entity_id=entity.id, cue=cue) for entity, cue in cues if cue is not None
        )


def naming_cue(entity: Entity, pair: Pair) -> Cue | None:
    """Return why an Entity is a name of this picture, or None where it is not."""
    if entity.label not in PICTURE_LABELS:
        return None
    if entity.label == "figure" and is_figure_of_text(pair):
        return figure_cue(entity, pair)
    side = pair.image_side
    names = file_names(entity.text) | ({stem_of(entity.normal)} if entity.label == "file-name" else set())
    for file in side.files:
        if stem_of(file.name) in names:
            return Cue(rule="names-file", detail=f"“{entity.text}” is the file {file.name}", weight=1.0)
    numbers = picture_numbers(entity.text)
    for file in side.files:
        if number_of(file.name) in numbers:
            detail = f"“{entity.text}” has the number of the file {file.name}"
            return Cue(rule="names-number", detail=detail, weight=1.0)
    if side.image.frame and side.image.frame + 1 in numbers:
        detail = f"“{entity.text}” is the number of this frame"
        return Cue(rule="names-number", detail=detail, weight=1.0)
    return None


def naming_sentences(pair: Pair) -> tuple[Span, ...]:
    """Return the sentences, list items and lines in which the text names this picture."""
    text = pair.report_side.report.text
    return tuple(dict.fromkeys(_sentence(text, span) for span in _names(pair)))


def said_after_name(pair: Pair) -> tuple[Span, ...]:
    """Return the rest of each such sentence from the name on: what it goes on to say of the picture."""
    text = pair.report_side.report.text
    return tuple(Span(start=span.start, end=_sentence(text, span).end) for span in _names(pair))


def _names(pair: Pair) -> list[Span]:
    return [entity.span for entity in pair.report_side.entities if naming_cue(entity, pair)]


def _sentence(text: str, span: Span) -> Span:
    ends = [match.start() + 1 for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= span.start), default=0)
    return Span(start=start, end=min((end for end in ends if end >= span.end), default=len(text)))
