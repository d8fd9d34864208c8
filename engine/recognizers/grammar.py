"""What the English base says of a report's words: the shipped pipeline, or any ``en_core_*`` package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.model.runs import Component, make_component
from engine.recognizers.statistical import Stretch, load_pipeline, make_doc
from engine.weights import ModelCard

_BATCH_DOCS = 128


class Grammar:
    """One English pipeline, loaded when the first text comes."""

    def __init__(self, card: ModelCard) -> None:
        self._card = card
        self.component: Component = make_component(
            "recognizer", card.name, card.version, weights_sha256=card.sha256
        )

    def proper_nouns(self, parts: Sequence[Stretch]) -> list[frozenset[int]]:
        """Return for each part the first characters of its proper nouns, in characters of the report."""
        if not parts:
            return []
        nlp: Any = load_pipeline(self._card)
        docs = nlp.pipe((make_doc(nlp, part) for part in parts), batch_size=_BATCH_DOCS)
        return [
            frozenset(token.idx + part.offset for token in doc if token.pos_ == "PROPN")
            for part, doc in zip(parts, docs, strict=True)
        ]
