"""Texts without names: those known of the case, those of an identifier's form, those that a model finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.model.evidence import Span
from engine.model.findings import Entity
from engine.model.ids import ComponentId
from engine.privacy.dates import moved_date
from engine.privacy.identities import Identities
from engine.privacy.policy import DATE, IDENTIFYING_LABELS
from engine.privacy.pseudonyms import Pseudonyms
from engine.privacy.stretches import Rewritten, Stretch, rewrite
from engine.recognizers.names import can_be_name
from engine.recognizers.overlap import without_overlaps
from engine.recognizers.patterns import find_patterns

if TYPE_CHECKING:
    from engine.recognizers.statistical import StatisticalRecognizer

_NOBODY = ComponentId("")
_NAMES = "names"
_SUREST_NAMES = frozenset({"person", "place", "organization"})


class Scrubber:
    """Rewrites the texts of one case; equal names become equal pseudonyms everywhere."""

    def __init__(self, pseudonyms: Pseudonyms, identities: Identities) -> None:
        self._pseudonyms = pseudonyms
        self._identities = identities
        self._models = _name_models()

    def learn(self, texts: Sequence[str], known: Sequence[Sequence[Entity]] = ()) -> None:
        """Take in the names that a model finds in texts, so that they are found in all others too.

        ``known``: the Entities of each text; what has a meaning of its own in a vocabulary is no name.
        """
        for number, text in enumerate(texts):
            meant = [entity.span for entity in known[number] if entity.concept] if known else []
            for found in self._named(text):
                if not any(found.overlaps(span) for span in meant):
                    self._identities.add("person", text[found.start : found.end])

    def text(self, text: str, subject: str) -> Rewritten:
        """Return a text with every name, identifier and date of it replaced."""
        return rewrite(text, [*self._identities.find(text), *self._forms(text, subject)])

    def words(self, text: str, subject: str = "") -> str:
        """Return a short text, such as a reason or a note, without names."""
        return self.text(text, subject).text if text else ""

    def _forms(self, text: str, subject: str) -> Iterator[Stretch]:
        for found in without_overlaps(find_patterns(text, _NOBODY)):
            written = text[found.start : found.end]
            if found.label == DATE:
                moved = moved_date(written, self._pseudonyms.days(subject))
                yield Stretch(found.start, found.end, moved, DATE)
            elif found.label in IDENTIFYING_LABELS:
                kind = IDENTIFYING_LABELS[found.label]
                value = found.normal if kind in ("plate", "number") else written
                yield Stretch(found.start, found.end, self._identities.add(kind, value), kind)

    def _named(self, text: str) -> Iterator[Span]:
        from engine.recognizers.sentences import split_sentences
        from engine.recognizers.statistical import stretches

        parts = list(stretches(text, split_sentences(text)))
        for model in self._models:
            for found in (item for items in model.find(parts) for item in items):
                written = text[found.start : found.end]
                if found.label in _SUREST_NAMES and can_be_name(written) and not written.isupper():
                    yield Span(start=found.start, end=found.end)


def _name_models() -> tuple[StatisticalRecognizer, ...]:
    from engine.recognizers.statistical import StatisticalRecognizer, find_spacy_model
    from engine.weights import all_models

    if not any(card.name == _NAMES for card in all_models()):
        return ()
    return (StatisticalRecognizer(find_spacy_model(_NAMES)),)
