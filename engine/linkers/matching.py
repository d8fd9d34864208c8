"""Phrases of a Report matched with the labels of an Image: which kind of thing each is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.linkers.kinds import UNRELATED, Kin, Kinds, Kinship, head_words
from engine.linkers.phrases import Phrase, read_phrases
from engine.linkers.words import NUMERALS
from engine.model.findings import Region
from engine.protocols import Pair

_STAND_INS = frozenset({"one", "ones", "other", "others", "another", *NUMERALS})
_STRONG = frozenset({Kin.SAME, Kin.KIND_OF})
# Below this similarity of Wu and Palmer, one thing is not taken for the other.
_MIN_CONFUSABLE = 0.6
_MIN_SURE = 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A Phrase with the visible ``label`` it is about (empty: none), and how they are related.

    ``missing`` is a label that was looked for, that the phrase clearly names, and that no Region
    has; ``label`` is then what may have been taken for it, or empty.
    """

    phrase: Phrase
    label: str
    kinship: Kinship
    regions: tuple[Region, ...]
    missing: str = ""


def match_phrases(pair: Pair, kinds: Kinds) -> tuple[Match, ...]:
    """Match every Entity of the Report; those about nothing visible or looked for are left out."""
    side = pair.image_side
    by_label: dict[str, tuple[Region, ...]] = {}
    for region in side.regions:
        if region.polygons:
            by_label[region.label] = (*by_label.get(region.label, ()), region)
    unseen = sorted(side.looked_for - by_label.keys())
    matches: list[Match] = []
    for phrase in read_phrases(pair.report_side.report, pair.report_side.entities):
        found = _match(phrase, by_label, unseen, kinds, matches)
        if found is not None:
            matches.append(found)
    return tuple(_with_confusions(_without_repeats(matches), by_label, kinds))


def heads_of(phrase: Phrase, kinds: Kinds) -> tuple[str, ...]:
    """Return the words to look a phrase up by, its head first."""
    skipped = 1 if phrase.words and phrase.words[0] in {"no", "a", "an", "the"} else 0
    return head_words(phrase.words[skipped:], phrase.entity.normal, kinds.knows)


def _match(
    phrase: Phrase,
    by_label: dict[str, tuple[Region, ...]],
    unseen: Iterable[str],
    kinds: Kinds,
    earlier: Sequence[Match],
) -> Match | None:
    heads = heads_of(phrase, kinds)
    if not heads:
        return None
    if heads[0] in _STAND_INS:
        return _stand_in(phrase, heads[0], by_label, earlier)
    label, kinship = closest(heads, by_label, kinds)
    absent, stranger = closest(heads, unseen, kinds)
    if _is_sure(stranger) and _rank(stranger) < _rank(kinship):
        return Match(phrase=phrase, label="", kinship=stranger, regions=(), missing=absent)
    if kinship.kin is Kin.NONE:
        return None
    return Match(phrase=phrase, label=label, kinship=kinship, regions=by_label[label])


def closest(heads: Sequence[str], labels: Iterable[str], kinds: Kinds) -> tuple[str, Kinship]:
    """Return the label that the head words are closest to, with the kinship."""
    found = [(label, kinds.best(heads, label)) for label in labels]
    return min(found, key=lambda each: (_rank(each[1]), each[0]), default=("", UNRELATED))


def _is_sure(kinship: Kinship) -> bool:
    """Tell whether a word names a label's kind by its main meaning; only then can it be missed."""
    return kinship.kin in _STRONG and kinship.closeness >= _MIN_SURE


def _rank(kinship: Kinship) -> tuple[int, float]:
    return list(Kin).index(kinship.kin), -kinship.closeness


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
            better = _rank(match.kinship) < _rank(last.kinship)
            kept[-1] = replace(last, kinship=match.kinship) if better else last
        else:
            kept.append(match)
    return kept


def _is_part(outer: Phrase, inner: Phrase) -> bool:
    gap = inner.entity.span.start - outer.entity.span.end
    return gap <= 0 or (gap <= 6 and bool(outer.tail) and inner.sentence == outer.sentence)


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
