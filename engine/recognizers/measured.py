"""Which phrase of a sentence a size is said of: one each, and none for a distance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from engine.model.evidence import Span
from engine.model.findings import Measurement
from engine.recognizers.lexicon import words_of
from engine.recognizers.sentence_words import SentenceWords

_REACH_WORDS = 8
# "4 cm above the carina", "two feet apart" are no one's size.
_DISTANCE = frozenset(
    {"above", "apart", "away", "behind", "below", "beneath", "beyond", "distal", "from", "proximal"}
)
_AFTER_SIZE = frozenset({"long", "wide", "tall", "high", "deep", "thick", "across", "each"})
_HANGS_ON = frozenset({"around", "across", "with"})

_Place = tuple[int, int]


def measurements(sentence: SentenceWords, phrases: Sequence[Span]) -> dict[Span, Measurement]:
    """Return the sizes of the phrases among which they are shared out.

    A size before a noun ("an 8 inch | blade") is of that thing alone. Any other is of the phrase before it
    within the clause ("a nodule measuring 4 mm", "a knife, 20 cm long"), and of what that phrase hangs on:
    "an opacity in the left lower lobe measuring 3 cm" is a size of the opacity.
    """
    if not sentence.sizes:
        return {}
    by_place = {sentence.place(phrase): phrase for phrase in phrases}
    places = sorted(by_place)
    nearest: dict[Span, tuple[int, Measurement]] = {}
    for size in sentence.sizes:
        place = sentence.place(Span(start=size.start, end=size.end))
        owner = _owner(sentence, place, places)
        if owner is None:
            continue
        distance = max(owner[0] - place[1], place[0] - owner[1], 0)
        known = nearest.get(by_place[owner])
        # "from 4 mm to 7 mm": the later one is how large it is now.
        if distance <= _REACH_WORDS and (known is None or distance < known[0] or _grown(sentence, place)):
            nearest[by_place[owner]] = distance, Measurement(values_mm=size.values_mm)
    return {phrase: measurement for phrase, (_, measurement) in nearest.items()}


def _owner(sentence: SentenceWords, size: _Place, places: Sequence[_Place]) -> _Place | None:
    before = bisect_right(places, (size[0], len(sentence.words)))  # the phrases that begin up to the size
    if before and size[0] < places[before - 1][1]:
        return places[before - 1]
    follows = sentence.words[size[1]].text if size[1] < len(sentence.words) else ""
    if follows in _DISTANCE:
        return None
    if not follows.isalpha() or follows in _AFTER_SIZE or follows in words_of("modifier-stop"):
        return _before(sentence, size, places[max(0, before - _REACH_WORDS) : before])
    after = bisect_left(places, (size[1], 0))
    if after == len(places) or places[after][0] > size[1] + _REACH_WORDS:
        return None
    between = sentence.words[size[1] : places[after][0]]
    return None if any(word.text in words_of("modifier-stop") for word in between) else places[after]


def _before(sentence: SentenceWords, size: _Place, ahead: Sequence[_Place]) -> _Place | None:
    """Return the last phrase before a size in its clause, or what that phrase hangs on."""
    if not ahead:
        return None
    *others, owner = ahead
    ends = words_of("clause-end") | {","}
    for other in reversed(others):
        between = [word.text for word in sentence.words[other[1] : owner[0]]]
        hangs = between[:1] and (between[0] in words_of("preposition") or between[0] in _HANGS_ON)
        if not hangs or (ends - {"with"}).intersection(between):
            break
        owner = other
    between = [word.text for word in sentence.words[owner[1] : size[0]]]
    # After a comma the size is of the thing itself: "a knife with a black handle, 20 cm long".
    if between[-1:] == [","]:
        ends = ends - {"with"}
    return None if ends.intersection(between[:-1]) else owner


def _grown(sentence: SentenceWords, place: _Place) -> bool:
    before = [word.text for word in sentence.words[max(0, place[0] - 4) : place[0]]]
    return "from" in before and bool(before) and before[-1] == "to"
