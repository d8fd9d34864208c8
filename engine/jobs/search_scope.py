"""What is said around a phrase of a Report, and how well that fits to how a topic is narrowed down.

"Mild cardiomegaly with a small left effusion": mild is said of the heart, small and left of the effusion.
So words count fully where they stand at the phrase itself, less where they stand in its clause, little
where they stand elsewhere in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.jobs.search_degrees import Degree
from engine.jobs.search_meaning import Meaning, Place, parts, place_ids, side_of, stem
from engine.model.evidence import Laterality, Span
from engine.recognizers.lexicon import lexicon, words_of
from engine.recognizers.words import Word, find_words
from engine.vocabulary import Vocabulary, lemma
from engine.word_forms import is_plural

_BEFORE, _AFTER = 6, 10
_UNMET_SIDE, OTHER_SIDE, ONE_OF_BOTH = 0.45, 0.05, 0.25
_UNMET_WORD, _UNMET_BROAD_PLACE, _OTHER_DEGREE = 0.4, 0.75, 0.2
_SYNONYM = 0.94
_SIDE_IN_SENTENCE = 0.7
_WHOLE_PLACE = 0.7
_PLURAL = 0.8
_IN_CLAUSE, _IN_SENTENCE = 0.85, 0.6
_SENTENCE_END = re.compile(r"[.!?;]\s|\n")
_LONGEST_PLACE, _LEAST_PAIRED = 3, 6
_GOES_ON = frozenset(["and", "or", "of", "is", "was", "are", "were", "in"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Words in lower case: at the phrase, in its clause, in its sentence; whether it is a plural."""

    near: tuple[str, ...]
    clause: tuple[str, ...]
    sentence: tuple[str, ...]
    is_plural: bool


def surroundings(text: str, phrase: Span, others: Iterable[Span] = ()) -> Surroundings:
    """Return the words around ``phrase``; what belongs to one of ``others`` (findings too) is not near."""
    sentence = sentence_around(text, phrase)
    words = find_words(text, sentence.start, sentence.end)
    first = next((index for index, word in enumerate(words) if word.end > phrase.start), 0)
    last = next((index for index, word in enumerate(words) if word.start >= phrase.end), len(words))
    barred = {
        index
        for other in others
        if not other.overlaps(phrase) and sentence.overlaps(other)
        for index, word in enumerate(words)
        if word.start < other.end and word.end > other.start
    }
    start, end = first, last
    while start > 0 and start - 1 not in barred:
        start -= 1
    while end < len(words) and end not in barred:
        end += 1
    near = [*_before(words[start:first]), *words[first:last], *_after(words[last:end])]
    return Surroundings(
        near=_texts(near),
        clause=_texts(words[start:end]),
        sentence=_texts(words),
        is_plural=any(is_plural(word.text) for word in words[max(first, last - 1) : last]),
    )


def sentence_around(text: str, phrase: Span) -> Span:
    """Return the sentence, clause of a list or line in which a phrase stands."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, phrase.start)), default=0)
    end = _SENTENCE_END.search(text, phrase.end)
    return Span(start=start, end=end.start() if end else len(text))


def _before(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words that describe what follows: "mild to moderate | effusion"."""
    stops = words_of("modifier-stop") - _GOES_ON
    start = len(words)
    while start > 0 and len(words) - start < _BEFORE and words[start - 1].text not in stops:
        start -= 1
    return words[start:]


def _after(words: Sequence[Word]) -> Sequence[Word]:
    """Return what is hung on or said of the phrase: "opacity | in the base", "heart | is mildly large"."""
    stops = words_of("clause-end") - _GOES_ON
    end = 0
    while end < min(len(words), _AFTER) and words[end].text not in stops:
        end += 1
    return words[:end]


def _texts(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)


def fit(meaning: Meaning, around: Surroundings, said: Laterality | None, vocabulary: Vocabulary) -> float:
    """Return how well side, degrees, places and other words of a topic fit to a phrase, in [0, 1].

    ``said`` is the side that is recorded with the phrase, if any.
    """
    share = _side_fit(meaning, around, said)
    for degree in meaning.degrees:
        share *= _degree_fit(degree, around)
    for place in meaning.places:
        share *= place_fit(place, around, vocabulary)
    for word in meaning.others:
        share *= _word_fit(word, around)
    return share


def is_other_side(asked: Laterality | None, said: Laterality | None) -> bool:
    """Tell whether one side is asked for and the other one said; what stands around need not be read then."""
    return None not in (asked, said) and Laterality.BILATERAL not in (asked, said) and asked is not said


def _side_fit(meaning: Meaning, around: Surroundings, said: Laterality | None) -> float:
    asked = meaning.side
    if asked is None:
        return 1.0
    found = said or side_of(around.near)
    if found is asked:
        return 1.0
    if found is None:
        in_sentence = side_of(around.sentence)
        if side_of(around.clause) is asked:
            return 0.9
        return _SIDE_IN_SENTENCE if in_sentence is asked else _UNMET_SIDE
    if asked is Laterality.BILATERAL:
        return ONE_OF_BOTH
    return 0.95 if found is Laterality.BILATERAL else OTHER_SIDE


def _degree_fit(degree: Degree, around: Surroundings) -> float:
    for words, share in ((around.near, 1.0), (around.clause, _IN_CLAUSE), (around.sentence, _IN_SENTENCE)):
        if degree.word in words:
            return share
        if degree.same & set(words):
            return share * _SYNONYM
        if share == 1.0 and around.is_plural and "multiple" in degree.same:
            return _PLURAL
        if share == 1.0 and degree.opposite & set(words):
            return _OTHER_DEGREE
    return _UNMET_WORD


def place_fit(place: Place, around: Surroundings, vocabulary: Vocabulary) -> float:
    """Return how well a phrase is said to be in a part of the body, in [0, 1]."""
    for words, share in ((around.near, 1.0), (around.clause, 0.9), (around.sentence, _IN_SENTENCE)):
        named = _named(place, words, vocabulary)
        if named:
            return share * named
    elsewhere = any(place_ids(phrase, vocabulary) for phrase in _phrases(around.near))
    return _UNMET_BROAD_PLACE if place.is_broad and not elsewhere else _UNMET_WORD


def _named(place: Place, words: Sequence[str], vocabulary: Vocabulary) -> float:
    """Return 1 where words name the place, less where they name the whole of which it is a part, else 0."""
    stems = {stem(word) for word in words}
    if all(stem(word) in stems for word in place.words.split()):
        return 1.0
    positions = lexicon("position")
    if positions.get(place.words) in {positions[word] for word in words if word in positions}:
        return 1.0
    # "Thoracolumbar" names the lumbar region too.
    if all(any(each.endswith(stem(word)) for each in stems) for word in place.narrower):
        return float(any(_is_at(phrase, place, vocabulary) for phrase in _phrases(words)))
    whole = (part for part in parts([lemma(word) for word in words], vocabulary) if " " not in part)
    return _WHOLE_PLACE if any(_is_at(part, place, vocabulary) for part in whole) else 0.0


def _is_at(phrase: str, place: Place, vocabulary: Vocabulary) -> bool:
    return any(
        vocabulary.is_a(named, wanted) for named in place_ids(phrase, vocabulary) for wanted in place.concepts
    )


def _phrases(words: Sequence[str]) -> set[str]:
    """Return all runs of up to three words, as the vocabulary has them; "biapical" is apical too."""
    lemmas = [lemma(word) for word in words]
    paired = {each[2:] for each in lemmas if each.startswith("bi") and len(each) > _LEAST_PAIRED}
    return paired | {
        " ".join(lemmas[start : start + length])
        for length in range(1, _LONGEST_PLACE + 1)
        for start in range(len(lemmas) - length + 1)
    }


def _word_fit(word: str, around: Surroundings) -> float:
    for words, share in ((around.near, 1.0), (around.clause, 0.9), (around.sentence, _IN_SENTENCE)):
        if stem(word) in {stem(each) for each in words}:
            return share
    return _UNMET_WORD
