"""What a sentence says of a phrase: present, absent, possible, historical, hypothetical, other person.

Cues reach forward or backward within their sentence until a terminating word, after the NegEx and ConText
algorithms (Chapman et al. 2001; Harkema et al. 2009). The rules are rows of a table; this module only
walks over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engine.hashing import file_sha256
from engine.model.evidence import Span
from engine.model.findings import Assertion
from engine.model.runs import Component, make_component
from engine.recognizers.context_rules import (
    END_MARK,
    PLACE,
    START_MARK,
    TERMINATE,
    ContextRules,
    CueMatch,
    Reach,
    load_context_rules,
    rules_path,
)
from engine.recognizers.words import Word, find_words

VERSION = "2"
# A denial is always absent, whoever and whenever it is about.
_PRECEDENCE = (
    Assertion.ABSENT,
    Assertion.OTHER_PERSON,
    Assertion.HYPOTHETICAL,
    Assertion.POSSIBLE,
    Assertion.HISTORICAL,
)


# Behind one of these a list goes on after a place: "no opacity in the lung, effusion or fracture".
_LIST_MARKS = frozenset({",", "or", "nor", "and", ";"})
# With one of these it names another place: "no weapon in the car or the garage".
_NAMED_AGAIN = frozenset({"the", "his", "her", "their", "its"})


class Scope(NamedTuple):
    """The words from ``first`` to ``last`` (exclusive) that a cue reaches."""

    category: str
    first: int
    last: int
    cue: CueMatch


def assertion_component() -> Component:
    """Return what the case file records about assertions: the digest of the rules."""
    digest = file_sha256(rules_path())
    return make_component("recognizer", "assertion", VERSION, weights_sha256=digest)


def assert_spans(
    text: str, sentence: Span, spans: Sequence[Span], *, rules: ContextRules | None = None
) -> list[Assertion]:
    """Return the assertion of each of ``spans``, which lie in the ``sentence`` of ``text``."""
    if not spans:
        return []
    table = rules or load_context_rules()
    start_mark = Word(START_MARK, sentence.start, sentence.start)
    end_mark = Word(END_MARK, sentence.end, sentence.end)
    words = [start_mark, *find_words(text, sentence.start, sentence.end), end_mark]
    cues = table.matches(words)
    scopes = list(_scopes(words, cues))
    assertions = []
    for place in (_place(words, span) for span in spans):
        apart = _apart(table, words, cues, place[0])
        reaching = scopes if apart is cues else list(_scopes(words, apart))
        assertions.append(_assertion(words, reaching, place))
    return assertions


def _apart(table: ContextRules, words: Sequence[Word], cues: list[CueMatch], start: int) -> list[CueMatch]:
    """Return cues none of which runs into the phrase: "no | change in vision" denies the change."""
    across = [cue for cue in cues if cue.first < start < cue.last]
    if not across or any(cue.rule.whole for cue in across):
        return cues
    before = table.matches(words[:start])
    behind = table.matches(words[start:])
    return [*before, *(CueMatch(cue.rule, cue.first + start, cue.last + start) for cue in behind)]


def _assertion(words: Sequence[Word], scopes: Sequence[Scope], place: tuple[int, int]) -> Assertion:
    # A cue may begin the phrase ("no dog"): then it counts for the rest of it.
    reaching = [
        scope
        for scope in scopes
        if place[0] < scope.last and place[1] > scope.first and not _inside(scope.cue, place)
    ]
    led = [scope.first for scope in reaching if scope.category == PLACE]
    is_place = bool(led) and not _begins_anew(words, max(led), place[0])
    return _strongest(
        scope.category
        for scope in reaching
        if not (is_place and scope.cue.last <= place[0] and scope.first < max(led))
    )


def _begins_anew(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether a list goes on between a place and a phrase."""
    return any(
        words[index].text in _LIST_MARKS and words[index + 1].text not in _NAMED_AGAIN
        for index in range(first, last)
    )


def _strongest(categories: Iterable[str]) -> Assertion:
    found = set(categories)
    return next((assertion for assertion in _PRECEDENCE if assertion.value in found), Assertion.PRESENT)


def _inside(cue: CueMatch, place: tuple[int, int]) -> bool:
    """Tell whether the phrase ends with the cue or has it in its middle: then it is a mere part of it."""
    return place[0] < cue.first and cue.last <= place[1]


def _scopes(words: Sequence[Word], cues: Sequence[CueMatch]) -> Iterable[Scope]:
    for index, cue in enumerate(cues):
        forward, backward = cue.rule.forward, cue.rule.backward
        if forward is not None and forward.category != TERMINATE:
            limit = _limit(len(words) - cue.last, forward)
            end = min(cue.last + limit, _forward_end(words, cues, index))
            yield Scope(forward.category, cue.last, end, cue)
        if backward is not None and backward.category != TERMINATE:
            limit = _limit(cue.first, backward)
            start = max(cue.first - limit, _backward_end(cues, index))
            yield Scope(backward.category, start, cue.first, cue)


def _limit(available: int, reach: Reach) -> int:
    return available if reach.words is None else min(reach.words, available)


def _forward_end(words: Sequence[Word], cues: Sequence[CueMatch], index: int) -> int:
    own = cues[index].rule.forward
    category = own.category if own else ""
    for later in cues[index + 1 :]:
        forward = later.rule.forward
        if forward is None or forward.category == PLACE:
            continue
        if forward.category == TERMINATE:
            # "if | there is a fracture": what begins right behind the cue is what the cue is about.
            parted = later.first > cues[index].last or later.rule.words[0] in _LIST_MARKS
            if forward.ends(category, cues[index].rule.words[0]) and parted:
                return later.first
            continue
        # "no fracture, possible contusion": another cue after a comma begins a statement of its own.
        begins = words[later.first - 1].text in (",", "and")
        if forward.category != category and begins:
            return later.first
    return len(words)


def _backward_end(cues: Sequence[CueMatch], index: int) -> int:
    own = cues[index].rule
    category = own.backward.category if own.backward else ""
    for earlier in reversed(cues[:index]):
        forward, backward = earlier.rule.forward, earlier.rule.backward
        # One that ends everything parts two statements; one that ends some category does so on its side only.
        parts = forward is not None and not forward.ended and forward.ends(category, own.words[0])
        if parts or (backward is not None and backward.ends(category, own.words[0])):
            return earlier.last
    return 0


def _place(words: Sequence[Word], span: Span) -> tuple[int, int]:
    """Return the first word of the span and the word after its last, as indices into ``words``."""
    inside = [index for index, word in enumerate(words) if word.start < span.end and word.end > span.start]
    return (inside[0], inside[-1] + 1) if inside else (len(words), len(words))
