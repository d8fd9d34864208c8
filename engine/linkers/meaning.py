"""How near the sentence around a phrase is in meaning to the thing that the phrase seems to name.

A word tells little by itself ("range", "mouse"); its sentence tells whether it is about such things.
"""

from __future__ import annotations

from typing import ClassVar, Self

from engine.embedders.minilm import MiniLmEmbedder
from engine.embedders.remembered import shared_encoder
from engine.linkers.matching import Match, Matcher, load_matcher
from engine.model.findings import Cue
from engine.model.runs import Component, make_component
from engine.protocols import Embedder, Pair, Proposal

# The mean cosine of phrases with their labels in the annotated notes: nearer speaks for, farther against.
_USUAL = 0.27
_WEIGHT_OF_ONE = 3.0


class MeaningLinker:
    """Compares the sentence of every phrase with the label it was matched with, by sentence vectors."""

    name: ClassVar[str] = "meaning"

    def __init__(self, matcher: Matcher, encoder: Embedder) -> None:
        self._matcher = matcher
        self._encoder = encoder

    @staticmethod
    def availability() -> str | None:
        return MiniLmEmbedder.availability()

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        """Return the linker; nothing where the sentence encoder can't run."""
        del device  # sentences are short
        encoder = shared_encoder()
        return (cls(load_matcher(), encoder),) if encoder else ()

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "1", weights_sha256=self._encoder.component.weights_sha256)

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return a cue for each match and Region of it."""
        matches = self._matcher.matches(pair)
        if not matches:
            return ()
        text = pair.report_side.report.text
        sentences = [_sentence(text, match) for match in matches]
        labels = [match.missing or match.label for match in matches]
        cosines = (self._encoder.embed(sentences) * self._encoder.embed(labels)).sum(axis=1)
        return tuple(
            Proposal(region_id=region, entity_id=match.phrase.entity.id, cue=_cue(label, float(cosine)))
            for match, label, cosine in zip(matches, labels, cosines, strict=True)
            for region in (tuple(each.id for each in match.regions) or (None,))
        )


def _sentence(text: str, match: Match) -> str:
    return text[match.phrase.sentence.start : match.phrase.sentence.end].strip()


def _cue(label: str, cosine: float) -> Cue:
    weight = _WEIGHT_OF_ONE * (cosine - _USUAL)
    how = "near to" if weight >= 0 else "far from"
    detail = f"the sentence is {how} “{label}” in meaning (cosine {cosine:.2f})"
    return Cue(rule="sentence-meaning", detail=detail, weight=round(weight, 4), supports=weight >= 0)
