"""Phrases of the vocabulary in a text: the longest at each place, with its concept."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.model.evidence import CaseKind
from engine.model.ids import ComponentId
from engine.model.runs import Component, make_component
from engine.recognizers.found import Found
from engine.settings import resources_dir
from engine.vocabulary import (
    TERM_WORD,
    Concept,
    Vocabulary,
    lemma,
    load_vocabulary,
    rarely_nouns,
    tables_sha256,
)

VERSION = "1"
# Between these two lies what the heads of a statistical model agree on.
_RANK, _FINDING_RANK = 50, 60
_MAX_WORDS = 7
_JOINT = re.compile(r"[ \t]{1,3}|-|[ \t]*\n[ \t]*")


@dataclass(frozen=True, slots=True)
class TermFinder:
    """A vocabulary ready to be looked for: how many words may follow a first one, and what to skip."""

    vocabulary: Vocabulary
    longest: dict[str, int]
    skipped: frozenset[str]

    def find(self, text: str, component_id: ComponentId) -> Iterator[Found]:
        """Yield the longest phrase at each place, from left to right, without overlap."""
        words = [(match.start(), match.end(), lemma(match.group())) for match in TERM_WORD.finditer(text)]
        index = 0
        while index < len(words):
            length = self._length_at(text, words, index)
            if length:
                start, end = words[index][0], words[index + length - 1][1]
                normal = " ".join(word for _, _, word in words[index : index + length])
                concept = self.vocabulary.concepts_of_normal(normal)[0]
                end -= 2 if text[end - 2 : end].lower() == "'s" else 0
                yield Found(
                    start,
                    end,
                    concept.label,
                    0.9,
                    _rank(concept),
                    component_id,
                    concept_text(concept),
                    normal,
                )
            index += max(length, 1)

    def _length_at(self, text: str, words: list[tuple[int, int, str]], index: int) -> int:
        """Return how many words the longest phrase from ``index`` has; 0 where there is none."""
        first = words[index][2]
        possible = min(self.longest.get(first, 0), len(words) - index)
        phrase, best = "", 0
        for length in range(1, possible + 1):
            start, end, word = words[index + length - 1]
            if length > 1 and not _JOINT.fullmatch(text, words[index + length - 2][1], start):
                break
            phrase = f"{phrase} {word}" if phrase else word
            if self.vocabulary.has_phrase(phrase) and not self._skips(phrase, text[start:end], length):
                best = length
        return best

    def _skips(self, phrase: str, written: str, length: int) -> bool:
        if phrase in self.skipped or (length > 1 and rarely_nouns().issuperset(phrase.split())):
            return True
        # One or two letters, or digits, mean something only as an abbreviation.
        return length == 1 and (phrase.isdigit() or (len(phrase) < 3 and not written.isupper()))


@functools.cache
def load_term_finder(kind: CaseKind) -> TermFinder:
    """Return the finder of the vocabulary that cases of ``kind`` use."""
    vocabulary = load_vocabulary(kind)
    longest: dict[str, int] = {}
    for phrase in vocabulary.phrases():
        first, length = phrase.partition(" ")[0], phrase.count(" ") + 1
        if length <= _MAX_WORDS and length > longest.get(first, 0):
            longest[first] = length
    return TermFinder(vocabulary, longest, _skipped(kind))


def term_component(kind: CaseKind) -> Component:
    """Return what the case file records about the terms."""
    vocabulary = load_vocabulary(kind)
    labels = tuple(sorted({label for label in vocabulary.labels() if label}))
    return make_component(
        "recognizer",
        "terms",
        VERSION,
        weights_sha256=tables_sha256(),
        parameters=(("kind", kind.value),),
        labels=labels,
    )


def _rank(concept: Concept) -> int:
    return _FINDING_RANK if concept.label == "finding" else _RANK


def concept_text(concept: Concept) -> str:
    """Return the concept as an Entity carries it: id, blank, name."""
    return f"{concept.id} {concept.name}"


def _skipped(kind: CaseKind) -> frozenset[str]:
    folder = resources_dir() / "terms"
    with (folder / "stop_words.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    stopped = {row["phrase"] for row in rows if row["kind"] in ("", kind.value)}
    kept = {row["phrase"] for row in rows if row["kind"] == f"keep-{kind.value}"}
    return (rarely_nouns() | stopped) - kept
