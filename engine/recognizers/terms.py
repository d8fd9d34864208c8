"""Phrases of the vocabulary in a text: the longest at each place, with its concept.

A phrase is found as a table has it, or in other words with the same stems within a short window: "effusion
of the left pleura", "the heart is mildly enlarged".
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.model.evidence import CaseKind
from engine.model.ids import ComponentId
from engine.model.runs import Component, make_component
from engine.recognizers.found import Found
from engine.recognizers.lexicon import words_of
from engine.settings import resources_dir
from engine.vocabulary import (
    TERM_WORD,
    Concept,
    Vocabulary,
    labels_of_tables,
    lemma,
    load_vocabulary,
    rarely_nouns,
    tables_sha256,
)
from engine.word_forms import MOST_KEY_WORDS, word_forms

VERSION = "2"
# Between these two lies what the heads of a statistical model agree on.
_RANK, _FINDING_RANK = 50, 60
_MAX_WORDS = 7
_WINDOW_WORDS = 9
_JOINT = re.compile(r"[ \t]{1,3}|-|[ \t]*\n[ \t]*")


class _Word(NamedTuple):
    """A word of a text: where it lies and its singular."""

    start: int
    end: int
    lemma: str


class _Match(NamedTuple):
    """How many words a name takes up from where it begins, its concept and its normal form."""

    length: int
    concept: Concept
    normal: str


@dataclass(frozen=True, slots=True)
class TermFinder:
    """A vocabulary ready to be looked for: how many words may follow a first one, and what to skip.

    ``stems`` are those of the names that may be found in other words, ``between`` the words that may stand
    among them, ``places`` the stems that only say where ("calcified | lung | granuloma").
    """

    vocabulary: Vocabulary
    longest: Mapping[str, int]
    skipped: frozenset[str]
    stems: frozenset[str]
    between: frozenset[str]
    places: frozenset[str]

    def find(self, text: str, component_id: ComponentId) -> Iterator[Found]:
        """Yield the longest phrase at each place, from left to right, without overlap."""
        words = [
            _Word(match.start(), match.end(), lemma(match.group())) for match in TERM_WORD.finditer(text)
        ]
        index = 0
        while index < len(words):
            match = self._match_at(text, words, index)
            if match:
                start, end = words[index].start, words[index + match.length - 1].end
                end -= 2 if text[end - 2 : end].lower() == "'s" else 0
                concept = match.concept
                yield Found(
                    start,
                    end,
                    concept.label,
                    0.9,
                    _rank(concept),
                    component_id,
                    concept_text(concept),
                    match.normal,
                )
            index += match.length if match else 1

    def _match_at(self, text: str, words: list[_Word], index: int) -> _Match | None:
        length = self._length_at(text, words, index)
        window = self._window_at(text, words, index)
        if not length:
            return window
        normal = " ".join(word.lemma for word in words[index : index + length])
        concept = self.vocabulary.concepts_of_normal(normal)[0]
        if window is None or window.length <= length or self.vocabulary.is_a(concept.id, window.concept.id):
            return _Match(length, concept, normal)
        # "edema | of the left lung" means a kind of edema, and speaks of the lung too.
        return _Match(length, window.concept, normal) if concept.label == window.concept.label else window

    def _window_at(self, text: str, words: list[_Word], index: int) -> _Match | None:
        """Return the longest name in other words that begins at ``index``."""
        forms = word_forms()
        best = self._named_alone(words[index].lemma)
        stems: list[str] = []
        after_copula = False
        for position in range(index, min(index + _WINDOW_WORDS, len(words))):
            start, _, word = words[position]
            inside = position > index
            if inside and not _JOINT.fullmatch(text, words[position - 1].end, start):
                break
            said = after_copula and word in forms.states
            if inside and not said and self._may_stand_between(word):
                after_copula = after_copula or word in words_of("copula")
                continue
            stem = forms.stems.get(word, word)
            if stem not in self.stems or (after_copula and not said):
                break
            stems.append(stem)
            key = self._key(stems) if len(stems) > 1 else ""
            if key:
                normal = " ".join(each.lemma for each in words[index : position + 1])
                concept = self.vocabulary.concepts_of_key(key)[0]
                # A compound of the dictionary may be written apart by chance: "has been", "read out".
                is_chance = concept.id.startswith("WN:") and _has_no_noun(normal)
                if normal not in self.skipped and not is_chance:
                    best = _Match(position - index + 1, concept, normal)
            if after_copula or len(stems) == MOST_KEY_WORDS:
                break
        return best

    def _may_stand_between(self, word: str) -> bool:
        return word in self.between or word.isdecimal() or word.endswith("ly")

    def _key(self, stems: list[str]) -> str:
        """Return the key of a name that has these stems, or all but one between first and last."""
        kept = sorted(set(stems))
        for place in ("", *stems[1:-1]):
            key = " ".join(stem for stem in kept if stem != place)
            if " " in key and (not place or place in self.places) and self.vocabulary.has_key(key):
                return key
        return ""

    def _named_alone(self, word: str) -> _Match | None:
        stem = word_forms().alone.get(word)
        concepts = self.vocabulary.concepts_of_normal(stem) if stem else ()
        return _Match(1, concepts[0], word) if concepts else None

    def _length_at(self, text: str, words: list[_Word], index: int) -> int:
        """Return how many words the longest phrase from ``index`` has; 0 where there is none."""
        possible = min(self.longest.get(words[index].lemma, 0), len(words) - index)
        phrase, best = "", 0
        for length in range(1, possible + 1):
            start, end, word = words[index + length - 1]
            if length > 1 and not _JOINT.fullmatch(text, words[index + length - 2].end, start):
                break
            phrase = f"{phrase} {word}" if phrase else word
            if self.vocabulary.has_phrase(phrase) and not self._skips(phrase, text[start:end], length):
                best = length
        return best

    def _skips(self, phrase: str, written: str, length: int) -> bool:
        if phrase in self.skipped or (length > 1 and _has_no_noun(phrase)):
            return True
        # One or two letters, or letters with digits, mean something only as an abbreviation: CA2, not Ca2+.
        short = len(phrase) < 3 or (len(phrase) < 5 and not phrase.isalpha())
        return length == 1 and (phrase.isdigit() or (short and not written.isupper()))


def _has_no_noun(phrase: str) -> bool:
    """Tell whether all words of a phrase are mostly something else than nouns."""
    return rarely_nouns().issuperset(phrase.split())


@functools.cache
def load_term_finder(kind: CaseKind) -> TermFinder:
    """Return the finder of the vocabulary that cases of ``kind`` use."""
    vocabulary = load_vocabulary(kind)
    longest: dict[str, int] = {}
    for phrase in vocabulary.phrases():
        first, length = phrase.partition(" ")[0], phrase.count(" ") + 1
        if length <= _MAX_WORDS and length > longest.get(first, 0):
            longest[first] = length
    stems = vocabulary.key_stems()
    places = frozenset(stem for stem in stems if _is_place(stem, vocabulary))
    return TermFinder(vocabulary, longest, _skipped(kind), stems, _between(kind), places)


def term_component(kind: CaseKind) -> Component:
    """Return what the case file records about the terms."""
    return make_component(
        "recognizer",
        "terms",
        VERSION,
        weights_sha256=tables_sha256(),
        parameters=(("kind", kind.value),),
        labels=labels_of_tables(kind),
    )


def _is_place(stem: str, vocabulary: Vocabulary) -> bool:
    concepts = vocabulary.concepts_of_normal(stem)
    return bool(concepts) and concepts[0].label == "anatomy"


def _between(kind: CaseKind) -> frozenset[str]:
    """Return the words that may stand among those of a name; a thing of a scene is not what it lies in."""
    if kind is CaseKind.FORENSIC:
        return frozenset({"of", "the", "a", "an"})
    kinds = ("window-word", "copula", "degree", "side", "position", "unit")
    return frozenset().union(*(words_of(each) for each in kinds))


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
