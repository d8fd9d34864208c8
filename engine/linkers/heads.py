"""The words by which a noun phrase is looked up, and which phrases only say more about another one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engine.linkers.kinds import Kinds
from engine.linkers.noun_phrases import words_of
from engine.linkers.phrases import STAND_IN, Phrase
from engine.linkers.words import PAST, PRESENT
from engine.model.evidence import CaseKind
from engine.model.ids import EntityId
from engine.vocabulary import everyday_words, lemma, load_vocabulary, normal_form, rarely_nouns

_POSSESSIVE = re.compile(r"(?:'s|’s|'|’) [a-z]")
_MAX_OWNED_AFTER = 12  # characters: "'s", and one short adjective at most
_FOR_ONE = frozenset({"a", "an", "one", "this", "that", "another", "every", "each"})
_OF_WHAT = re.compile(r" of (?:(?!and\b|with\b|in\b)[\w'’-]+,? ){0,3}")
_NEXT_WORD = re.compile(r" ([a-z]{3,})\b")


def heads_of(phrase: Phrase, kinds: Kinds) -> tuple[str, ...]:
    """Return the words to look a phrase up by: its longest known compound and its own normal form."""
    # A phrase in another script has no words of English; it is looked up as it is written.
    words = phrase.noun.words if words_of(phrase.entity.text) else (phrase.entity.text.lower(),)
    last = lemma(words[-1])
    compounds = [" ".join(words[start:]) for start in range(max(0, len(words) - 3), len(words))]
    known = [compound for compound in compounds if kinds.knows(compound)]
    named = phrase.entity.normal.lower() or words[-1]
    if known and " " in known[0] and normal_form(known[0]) in everyday_words():
        return (known[0],)
    return tuple(dict.fromkeys([*known[:1], named, *([last] if named not in everyday_words() else [])]))


def heads_of_whole(text: str, phrase: Phrase, inner: Phrase | None, kinds: Kinds) -> tuple[str, ...]:
    """Return the words of a phrase and, for "a glass of red wine", of the whole or of what is inside."""
    heads = heads_of(phrase, kinds)
    if inner is None:
        return heads
    whole = text[phrase.entity.span.start : inner.entity.span.end]
    inside = inner.entity.normal.lower() or inner.entity.text.lower()
    wholes = (whole, f"{heads[-1]} of {inside}", f"{heads[-1]} of {inside.rpartition(' ')[2]}")
    known = next((each for each in wholes if kinds.knows(each)), "")
    return (known,) if known else tuple(dict.fromkeys([*heads, *heads_of(inner, kinds)]))


def merged_phrases(text: str, phrases: Sequence[Phrase]) -> list[tuple[Phrase, Phrase | None]]:
    """Return each noun phrase once, with what its "of" leads to.

    A noun right before another one ("glass" in "a glass front") is no phrase of its own.
    """
    following = {phrase.entity.span.start: phrase for phrase in phrases}
    heads = [
        phrase
        for phrase in phrases
        if not _is_modifier(text, phrase, following)
        and not _is_owner(text, phrase, phrases)
        and text[phrase.entity.span.start - 1 : phrase.entity.span.start] not in "'’-"
    ]
    merged: list[tuple[Phrase, Phrase | None]] = []
    for phrase in heads:
        outer = merged[-1][0] if merged else None
        if outer is not None and merged[-1][1] is None and _is_inside(text, outer, phrase):
            merged[-1] = (outer, phrase)
        else:
            merged.append((phrase, None))
    return merged


def _is_owner(text: str, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """Tell whether something else of somebody is meant: the bag of "the man's bag"; his face is still he."""
    if not _POSSESSIVE.match(text, phrase.entity.span.end):
        return False
    end = phrase.entity.span.end
    owned = next((each.entity for each in phrases if each.entity.span.start > end), None)
    is_part = owned is not None and owned.label == "anatomy" and owned.span.start <= end + _MAX_OWNED_AFTER
    return not is_part


def modifiers_of(text: str, phrases: Sequence[Phrase]) -> dict[EntityId, Phrase]:
    """Return for each noun that has another one right before it that other one: "glass" for "front"."""
    following = {phrase.entity.span.start: phrase for phrase in phrases}
    return {
        following[phrase.entity.span.end + 1].entity.id: phrase
        for phrase in phrases
        if phrase.entity.span.end + 1 in following and _is_modifier(text, phrase, following)
    }


def _is_modifier(text: str, phrase: Phrase, following: Mapping[int, Phrase]) -> bool:
    """Tell whether a noun only says more about the next one: "glass" in "a glass front"."""
    end = phrase.entity.span.end
    after = following.get(end + 1)
    if phrase.entity.label == STAND_IN:
        return False
    if after is not None:
        first = "".join(after.entity.text.lower().split()[:1])
        # "a dog barks": after "a" no plural follows.
        acts = phrase.noun.determiner in _FOR_ONE and first.endswith("s") and not first.endswith("ss")
        acts = acts or (phrase.plural and lemma(first) == first)  # "the horses graze"
        verb = acts or first.endswith("ing") or first in rarely_nouns() or first in PRESENT | PAST
        return text[end] in " -" and not verb
    word = _NEXT_WORD.match(text, end)
    if word is None or phrase.plural or word[1].endswith(("s", "ed", "ing")):
        return False
    return word[1] not in rarely_nouns() and bool(load_vocabulary(CaseKind.FORENSIC).concepts(word[1]))


def _is_inside(text: str, outer: Phrase, inner: Phrase) -> bool:
    """Tell whether "of" alone, with adjectives at most, lies between: "a slice of white | bread"."""
    between = text[outer.entity.span.end : inner.entity.span.start]
    return bool(_OF_WHAT.fullmatch(between)) and outer.sentence == inner.sentence
