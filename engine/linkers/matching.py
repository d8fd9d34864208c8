"""Phrases of a Report matched with the labels of an Image: which kind of thing each is about."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.linkers.kinds import Kin, Kinds, Kinship, rank_of
from engine.linkers.phrases import Phrase, read_phrases
from engine.linkers.words import NUMERALS
from engine.model.evidence import CaseKind
from engine.model.findings import Region
from engine.protocols import Pair
from engine.vocabulary import load_vocabulary

_STAND_INS = frozenset({"one", "ones", "other", "others", "another", *NUMERALS})
_STRONG = frozenset({Kin.SAME, Kin.KIND_OF})
# Below this similarity of Wu and Palmer, one thing is not taken for the other.
_MIN_CONFUSABLE = 0.6
# Paired organs are named by their side, which the words must say: a linker of its own does that.
_SIDES = frozenset({"left", "right"})
_MIN_SURE = 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A Phrase with the visible ``label`` it is about (empty: none), and how they are related.

    ``missing`` is a label that was looked for, that the phrase clearly names, and that no Region
    has; ``label`` is then what may have been taken for it, or empty. ``company`` is how many other
    things of the picture the Report names or describes: 0 where it may speak of the thing in general.
    """

    phrase: Phrase
    label: str
    kinship: Kinship
    regions: tuple[Region, ...]
    missing: str = ""
    company: int = 0


class Matcher:
    """Matches pairs over one vocabulary; several linkers ask about the same pair in turn."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self._pair: Pair | None = None
        self._matches: tuple[Match, ...] = ()

    def matches(self, pair: Pair) -> tuple[Match, ...]:
        """Return the matches of a pair; the last one asked for is remembered."""
        if self._pair is not pair:
            self._matches = match_phrases(pair, self.kinds)
            self._pair = pair
        return self._matches


@functools.cache
def load_matcher() -> Matcher:
    """Return the matcher over the vocabulary of things."""
    return Matcher(Kinds(load_vocabulary(CaseKind.FORENSIC)))


def match_phrases(pair: Pair, kinds: Kinds) -> tuple[Match, ...]:
    """Match every Entity of the Report; those about nothing visible or looked for are left out."""
    side = pair.image_side
    by_label: dict[str, tuple[Region, ...]] = {}
    for region in side.regions:
        if region.polygons and region.label.split()[0] not in _SIDES:
            by_label[region.label] = (*by_label.get(region.label, ()), region)
    visible = {region.label for region in side.regions}
    unseen = tuple(sorted(side.looked_for - visible))
    matches: list[Match] = []
    for phrase in _heads_only(read_phrases(pair.report_side.report, pair.report_side.entities)):
        found = _match(phrase, by_label, unseen, kinds, matches)
        if found is not None:
            matches.append(found)
    return _with_company(_with_confusions(_without_repeats(matches), by_label, kinds))


def heads_of(phrase: Phrase, kinds: Kinds) -> tuple[str, ...]:
    """Return the words to look a phrase up by: its longest known compound and its own normal form."""
    words = phrase.noun.words
    compounds = [" ".join(words[start:]) for start in range(max(0, len(words) - 3), len(words))]
    known = [compound for compound in compounds if kinds.knows(compound)]
    return tuple(dict.fromkeys([*known[:1], phrase.entity.normal.lower() or words[-1]]))


def _heads_only(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Leave out a noun that stands before another one: "glass" in "a glass front"."""
    starts = {phrase.entity.span.start for phrase in phrases}
    return [phrase for phrase in phrases if phrase.entity.span.end + 1 not in starts]


def _match(
    phrase: Phrase,
    by_label: dict[str, tuple[Region, ...]],
    unseen: tuple[str, ...],
    kinds: Kinds,
    earlier: Sequence[Match],
) -> Match | None:
    heads = heads_of(phrase, kinds)
    if heads[0] in _STAND_INS:
        return _stand_in(phrase, heads[0], by_label, earlier)
    label, kinship = kinds.closest(heads, tuple(by_label))
    absent, stranger = kinds.closest(heads, unseen)
    short = [each for each in by_label if each.split()[-1] == heads[-1]]
    if short and kinship.kin is not Kin.SAME:  # "the bear" where only teddy bears are to be seen
        label, kinship = short[0], Kinship(Kin.GENERAL, 0.9, heads[-1])
    elif _is_sure(stranger) and rank_of(stranger) < rank_of(kinship) and _is_another(stranger, kinship):
        return Match(phrase=phrase, label="", kinship=stranger, regions=(), missing=absent)
    if kinship.kin is Kin.NONE or _denies_only_a_kind(phrase, label, kinship, kinds):
        return None
    return Match(phrase=phrase, label=label, kinship=kinship, regions=by_label[label])


def _denies_only_a_kind(phrase: Phrase, label: str, kinship: Kinship, kinds: Kinds) -> bool:
    """Tell a denial that leaves the label standing: "no lymph nodes" says nothing about soft tissue.

    Persons are denied by what they do ("no driver"), and that means the person.
    """
    return phrase.denied and kinship.kin is Kin.KIND_OF and not kinds.is_person(label)


def _is_another(stranger: Kinship, kinship: Kinship) -> bool:
    """Tell whether a word names another thing than the visible one: by its very name, or beyond doubt."""
    return stranger.kin is Kin.SAME or kinship.kin is Kin.NONE


def _is_sure(kinship: Kinship) -> bool:
    """Tell whether a word names a label's kind by its main meaning; only then can it be missed."""
    return kinship.kin in _STRONG and kinship.closeness >= _MIN_SURE


def _stand_in(
    phrase: Phrase, word: str, by_label: dict[str, tuple[Region, ...]], earlier: Sequence[Match]
) -> Match | None:
    """Match "the lower one" with the kind of thing that was spoken of before."""
    before = [each for each in earlier if each.label and not each.missing]
    if not before:
        return None
    label = before[-1].label
    return Match(phrase=phrase, label=label, kinship=Kinship(Kin.GENERAL, 0.5, word), regions=by_label[label])


def _without_repeats(matches: Sequence[Match]) -> list[Match]:
    """Drop "broccoli" of "a floret of broccoli" when the head already stands for the same label."""
    kept: list[Match] = []
    for match in matches:
        last = kept[-1] if kept else None
        if last is not None and last.label == match.label and _is_part(last.phrase, match.phrase):
            better = rank_of(match.kinship) < rank_of(last.kinship)
            kept[-1] = replace(last, kinship=match.kinship) if better else last
        else:
            kept.append(match)
    return kept


def _is_part(outer: Phrase, inner: Phrase) -> bool:
    gap = inner.entity.span.start - outer.entity.span.end
    return gap <= 0 or (gap <= 6 and bool(outer.noun.tail) and inner.sentence == outer.sentence)


def _with_confusions(
    matches: Sequence[Match], by_label: dict[str, tuple[Region, ...]], kinds: Kinds
) -> list[Match]:
    """Say for each missing thing what unmentioned thing of the picture was taken for it."""
    mentioned = {match.label for match in matches if match.label}
    free = [label for label in by_label if label not in mentioned]
    found = []
    for match in matches:
        if match.missing and not match.phrase.denied:
            similar = [(kinds.similarity(match.missing, label), label) for label in free]
            likeness, label = max(similar, default=(0.0, ""))
            if likeness >= _MIN_CONFUSABLE:
                found.append(replace(match, label=label, regions=by_label[label]))
                continue
        found.append(match)
    return found


def _with_company(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Count for each match the other kinds that fit, and the places and looks that the text gives."""
    fitting = {match.label for match in matches if match.label and match.kinship.kin in _STRONG}
    pictured = [match for match in matches if match.label and _is_pictured(match.phrase)]
    return tuple(
        replace(match, company=len(fitting - {match.label}) + sum(each is not match for each in pictured))
        for match in matches
    )


def _is_pictured(phrase: Phrase) -> bool:
    return bool(phrase.places or phrase.colors or phrase.trim or phrase.other)
