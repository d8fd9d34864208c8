"""Which phrase of a sentence a size is said of: one each, and none for a distance."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from engine.model.evidence import Span
from engine.model.findings import Measurement
from engine.recognizers.lexicon import words_of
from engine.recognizers.sentence_words import SentenceWords
from engine.recognizers.sizes import Size, find_sizes
from engine.word_forms import is_plural

_REACH_WORDS = 8
# "4 cm above the carina", "two feet apart" are no one's size.
_DISTANCE = frozenset(
    {"above", "apart", "away", "behind", "below", "beneath", "beyond", "distal", "from", "proximal"}
)
_AFTER_SIZE = frozenset({"long", "wide", "tall", "high", "deep", "thick", "across", "each"})
_HANGS_ON = frozenset({"around", "across", "with"})
_MEASURES = frozenset({"measure", "measured", "measures", "measuring"})
_SAYS_SIZE = _MEASURES | {"about", "approximately", "being", "is", "nearly", "roughly", "to", "up", "was"}
# "two cysts, the largest of them 14 mm", "one measuring 14 mm": of the things that were named before.
_ONE_OF_THEM = frozenset(
    {"another", "biggest", "dominant", "greatest", "larger", "largest", "longest", "one", "smaller"}
    | {"smallest", "widest"}
)
_AFTER_ONE = _SAYS_SIZE | {"one"}
_BEFORE_ONE = frozenset({",", ";", "(", "–", "and", "its", "of", "the", "their", "which", "with"})
# "There is a mass. It measures about 3 cm", "The largest of these is 4 mm".
_SAID_NEXT = re.compile(
    r"[ \n]{0,2}(?:it|this|these|they|the (?:larg|bigg|long|wid)est(?: one| of (?:these|them|which))?) "
    r"(?:measures?|measured|is|are|was|were) (?:(?:about|approximately|roughly|nearly|up to) ){0,2}",
    re.IGNORECASE,
)

_Place = tuple[int, int]


def measurements(sentence: SentenceWords, phrases: Sequence[Span]) -> dict[Span, Measurement]:
    """Return the sizes of the phrases among which they are shared out.

    A size before a noun ("an 8 inch | blade") is of that thing alone. Any other is of the phrase before it
    within the clause ("a nodule measuring 4 mm", "a knife, 20 cm long"), and of what that phrase hangs on:
    "an opacity in the left lower lobe measuring 3 cm" is a size of the opacity. "Two cysts, the largest
    in the liver measuring 14 mm" gives the cysts the size of the largest. Where none is said, "It measures
    3 cm" may follow.
    """
    by_place = {sentence.place(phrase): phrase for phrase in phrases}
    places = sorted(by_place)
    if not sentence.sizes:
        later = _said_next(sentence)
        subject = _subject(sentence, places) if later else None
        return {by_place[subject]: Measurement(values_mm=later.values_mm)} if subject and later else {}
    nearest: dict[Span, tuple[int, Measurement]] = {}
    said_until: dict[int, int] = {}
    for size in sentence.sizes:
        place = sentence.place(Span(start=size.start, end=size.end))
        begin = _beginning(sentence, place, said_until)
        owner = _owner(sentence, place, begin, places)
        if owner is None:
            continue
        distance = max(owner[0] - place[1], begin - owner[1], 0)
        known = nearest.get(by_place[owner])
        one_of_them = begin < place[0]
        better = known is None or (
            size.values_mm > known[1].values_mm if one_of_them else distance < known[0]
        )
        # "from 4 mm to 7 mm": the later one is how large it is now.
        if distance <= _REACH_WORDS and (better or _grown(sentence, place)):
            nearest[by_place[owner]] = distance, Measurement(values_mm=size.values_mm)
    return {phrase: measurement for phrase, (_, measurement) in nearest.items()}


def _said_next(sentence: SentenceWords) -> Size | None:
    """Return the size that the next sentence says of "it"."""
    begins = _SAID_NEXT.match(sentence.text, sentence.span.end)
    if begins is None:
        return None
    size = next(find_sizes(sentence.text, begins.end(), min(begins.end() + 60, len(sentence.text))), None)
    if size is None or size.start != begins.end():
        return None
    follows = sentence.text[size.end :][:20].split()[:1]
    return None if _DISTANCE.intersection(follows) else size


def _subject(sentence: SentenceWords, places: Sequence[_Place]) -> _Place | None:
    """Return the phrase that a sentence is about: "a | mass | at the hilum", "in the lung is a | mass"."""
    end = 0
    for place in places:
        between = [word.text for word in sentence.words[end : place[0]]]
        if words_of("preposition").isdisjoint(between) and (
            not end or words_of("copula").intersection(between)
        ):
            return place
        end = place[1]
    return None


def _beginning(sentence: SentenceWords, size: _Place, said_until: dict[int, int]) -> int:
    """Return where what is said with a size begins: at "the largest of them 14 mm", else at the size itself.

    ``said_until`` holds the beginnings of the sizes before, by the word after them: "the smallest 3 mm, the
    largest 14 mm" begins once. The new one is added.
    """
    words = sentence.words
    looked_at = range(size[0] - 1, max(-1, size[0] - 2 * _REACH_WORDS), -1)
    begin = next((index for index in looked_at if words[index].text in _ONE_OF_THEM), size[0])
    said = [word.text for word in words[begin + 1 : size[0]]]
    goes_on = words_of("preposition") | _AFTER_ONE
    if begin == size[0] or (said and said[0] not in goes_on) or (_said_ends() - goes_on).intersection(said):
        return size[0]
    while begin and begin not in said_until and words[begin - 1].text in _BEFORE_ONE:
        begin -= 1
    said_until[size[1]] = begin = said_until.get(begin, begin)
    return begin


def _said_ends() -> frozenset[str]:
    return (words_of("clause-end") | words_of("modifier-stop")) - {"(", "which"}


def _owner(sentence: SentenceWords, size: _Place, begin: int, places: Sequence[_Place]) -> _Place | None:
    before = bisect_right(places, (size[0], len(sentence.words)))  # the phrases that begin up to the size
    if before and size[0] < places[before - 1][1]:
        return places[before - 1]
    follows = sentence.words[size[1]].text if size[1] < len(sentence.words) else ""
    if follows in _DISTANCE:
        return None
    is_said = sentence.words[_said_from(sentence, size[0])].text in _MEASURES
    if is_said or not follows.isalpha() or follows in _AFTER_SIZE or follows in words_of("modifier-stop"):
        ahead = places[max(0, before - 2 * _REACH_WORDS) : before]
        return _before(sentence, begin, ahead if begin == size[0] else _several(sentence, begin, ahead))
    after = bisect_left(places, (size[1], 0))
    if after == len(places) or places[after][0] > size[1] + _REACH_WORDS:
        return None
    between = sentence.words[size[1] : places[after][0]]
    return None if any(word.text in words_of("modifier-stop") for word in between) else places[after]


def _several(sentence: SentenceWords, begin: int, ahead: Sequence[_Place]) -> Sequence[_Place]:
    """Return the phrases before "the largest ..." up to the last one that may be more than one thing."""
    named = [place for place in ahead if place[0] < begin]
    plural = (
        number
        for number in reversed(range(len(named)))
        if is_plural(sentence.words[named[number][1] - 1].text)
    )
    return named[: next(plural, len(named) - 1) + 1]


def _before(sentence: SentenceWords, begin: int, ahead: Sequence[_Place]) -> _Place | None:
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
    between = [word.text for word in sentence.words[owner[1] : max(owner[1], _said_from(sentence, begin))]]
    # After a comma the size is of the thing itself: "a knife with a black handle, 20 cm long".
    if between[-1:] == [","]:
        ends = ends - {"with"}
    return None if ends.intersection(between[:-1]) else owner


def _said_from(sentence: SentenceWords, begin: int) -> int:
    """Return where "measuring about" begins before a size, else where the size does."""
    while begin and sentence.words[begin - 1].text in _SAYS_SIZE:
        begin -= 1
    return begin


def _grown(sentence: SentenceWords, place: _Place) -> bool:
    before = [word.text for word in sentence.words[max(0, place[0] - 4) : place[0]]]
    return "from" in before and bool(before) and before[-1] == "to"
