"""What a user may have meant to type: known words that differ from an unknown one by a letter or two."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping

from engine.model.evidence import CaseKind
from engine.recognizers.words import find_words
from engine.store import CaseStore
from engine.vocabulary import lemma, load_vocabulary

_SHORTEST = 4
_LONG = 7  # words from this length on may have two letters wrong


def suggestion(store: CaseStore, text: str) -> str:
    """Return the text with its unknown words as they are probably spelled, empty where nothing is better."""
    better = text
    for word in dict.fromkeys(each.text for each in find_words(text) if each.text.isalpha()):
        if len(word) >= _SHORTEST and not _is_known(store, word):
            nearest = _nearest(store, word)
            better = better.replace(word, nearest) if nearest else better
    return better if better != text else ""


def _is_known(store: CaseStore, word: str) -> bool:
    known = _words(store.case.kind)
    return word in known or lemma(word) in known or _is_said(store, word)


def _is_said(store: CaseStore, word: str) -> bool:
    return bool(store.sentences.find(f'"{word}"', limit=1))


def _nearest(store: CaseStore, word: str) -> str:
    """Return the nearest known word; one that the case holds before one that it does not."""
    most = 2 if len(word) >= _LONG else 1
    near = sorted(
        (distance, other)
        for other in _alike(store.case.kind, word)
        if (distance := distance_of(word, other, most)) <= most
    )
    closest = [other for distance, other in near if distance == near[0][0]]
    return next((other for other in closest if _is_said(store, other)), closest[0] if closest else "")


def _alike(kind: CaseKind, word: str) -> set[str]:
    """Return words of about the same length that share two neighboring letters in about the same place."""
    index = _by_letters(kind)
    return {
        other
        for place in range(len(word) - 1)
        for shift in (-1, 0, 1)
        for other in index.get((word[place : place + 2], place + shift), ())
        if abs(len(other) - len(word)) <= 2
    }


@functools.cache
def _words(kind: CaseKind) -> frozenset[str]:
    phrases = load_vocabulary(kind).phrases()
    return frozenset(word for phrase in phrases for word in phrase.split() if word.isalpha())


@functools.cache
def _by_letters(kind: CaseKind) -> Mapping[tuple[str, int], tuple[str, ...]]:
    index: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for word in _words(kind):
        if len(word) >= _SHORTEST:
            for place in range(len(word) - 1):
                index[word[place : place + 2], place].append(word)
    return {key: tuple(words) for key, words in index.items()}


def distance_of(one: str, other: str, most: int) -> int:
    """Return how many letters to change, put in, leave out or swap with their neighbor (Damerau 1964).

    More than ``most`` may be told as any larger number.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, compared in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != compared))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == compared:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]
