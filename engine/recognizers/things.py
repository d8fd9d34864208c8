"""Everyday things that the term tables pass over: "a deep white sink", "the blonde", "the other one".

Many a common noun is a verb or an adjective most of the time ("sink", "remote"), or says little by
itself ("figure"), so the tables skip it. Here it counts where it closes a noun phrase: a determiner
before it, nothing that it could describe behind it. Words that stand for a thing spoken of before
("the upper one", "the other") are found the same way, under the label ``stand-in``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from engine.model.evidence import CaseKind
from engine.model.runs import Component, make_component
from engine.recognizers.found import Found
from engine.recognizers.lexicon import lexicon, words_of
from engine.recognizers.words import Word, find_words
from engine.vocabulary import everyday_words, lemma, load_vocabulary, tables_sha256

STAND_IN = "stand-in"
VERSION = "1"
_RANK = 45  # what the term tables find goes first
_MAX_WORDS = 4
_MAX_MODIFIERS = 5
_MARKS = frozenset(',.;:()"”“?!')


def thing_component() -> Component:
    """Return what the case file records about these words."""
    return make_component(
        "recognizer", "things", VERSION, weights_sha256=tables_sha256(), labels=(STAND_IN, "thing")
    )


def find_things(text: str) -> Iterator[Found]:
    """Yield everyday things and stand-ins that close a noun phrase, from left to right."""
    component = thing_component().id
    words = find_words(text)
    index = 0
    while index < len(words):
        length = _length_at(words, index)
        if length and words[index + length - 1].text != "-" and _closes_phrase(words, index, index + length):
            phrase = _normal(words[index : index + length])
            start, end = words[index].start, words[index + length - 1].end
            label, concept = _meaning(phrase)
            yield Found(start, end, label, 0.8, _RANK, component, concept, phrase)
        elif not length and _is_stand_in(words, index):
            word = words[index]
            yield Found(word.start, word.end, STAND_IN, 0.7, _RANK, component, "", lemma(word.text))
        index += max(length, 1)


def _length_at(words: Sequence[Word], index: int) -> int:
    """Return how many words the longest everyday name from ``index`` has; 0 where there is none."""
    if words[index].text == "-":
        return 0
    for length in range(min(_MAX_WORDS, len(words) - index), 0, -1):
        if _normal(words[index : index + length]) in everyday_words():
            return length
    return 0


def _normal(words: Sequence[Word]) -> str:
    """Return the normal form of some words; hyphens are no words of their own."""
    return " ".join(lemma(word.text) for word in words if word.text != "-")


@functools.cache
def _meaning(phrase: str) -> tuple[str, str]:
    """Return label and concept of an everyday name: its own in the vocabulary, else that of its thing."""
    vocabulary = load_vocabulary(CaseKind.FORENSIC)
    senses = [each for each in everyday_words()[phrase] if each.how in ("same", "kinds")]
    concepts = vocabulary.concepts_of_normal(phrase) if senses else ()
    if len(senses) == 1:
        wanted = vocabulary.concepts(senses[0].thing)
        below = [each for each in concepts if wanted and vocabulary.is_a(each.id, wanted[0].id)]
        concepts = tuple(below) or wanted or concepts
    return (concepts[0].label, f"{concepts[0].id} {concepts[0].name}") if concepts else ("thing", "")


def _closes_phrase(words: Sequence[Word], first: int, stop: int) -> bool:
    """Tell whether words end a noun phrase that a determiner, a number or a color word opens."""
    color = stop == first + 1 and words[first].text in lexicon("color")
    end = _is_mark_or_little(words, stop) if color else _is_end(words, stop)
    return end and _is_opened(words, first)


def _is_opened(words: Sequence[Word], first: int) -> bool:
    for number, word in enumerate(reversed(words[max(0, first - _MAX_MODIFIERS - 1) : first])):
        if word.text in words_of("determiner") or word.text in words_of("number"):
            return True
        joins = word.text in {",", "-", "and"} and number > 0
        if not joins and (not word.text.isalpha() or word.text in words_of("never-modifier")):
            return False
        if number == 0 and word.text in lexicon("color"):
            return True
    return False


def _is_mark_or_little(words: Sequence[Word], stop: int) -> bool:
    if stop >= len(words):
        return True
    return words[stop].text in _MARKS or words[stop].text in words_of("never-modifier")


def _is_end(words: Sequence[Word], stop: int) -> bool:
    """Tell whether what follows cannot belong to the phrase: a mark, a little word, a verb."""
    if _is_mark_or_little(words, stop):
        return True
    word = words[stop].text
    return word.endswith(("ed", "ing", "s", "ly")) and lemma(word) not in everyday_words()


def _is_stand_in(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word stands for a thing: "the upper one", "the other", "the two on the left"."""
    word = words[index].text
    if word not in words_of("stand-in") or not _is_end(words, index + 1):
        return False
    before = words[index - 1].text if index else ""
    if word in ("one", "ones"):
        return before.isalpha() and before not in words_of("never-modifier") and before not in ("no", "any")
    return before in ("the", "these", "those", "its")
