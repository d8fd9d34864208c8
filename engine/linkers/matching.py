"""Phrases of a Report matched with the labels of an Image: which kind of thing each is about."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.linkers.heads import heads_of, heads_of_whole, merged_phrases, modifiers_of
from engine.linkers.kinds import Kin, Kinds, Kinship, rank_of
from engine.linkers.phrases import STAND_IN, Phrase, read_phrases
from engine.linkers.words import NUMERALS
from engine.model.evidence import CaseKind
from engine.model.findings import Region
from engine.model.ids import EntityId
from engine.protocols import Pair
from engine.vocabulary import load_vocabulary

_STAND_INS = frozenset({"one", "ones", "other", "others", "another", *NUMERALS})
_STRONG = frozenset({Kin.SAME, Kin.KIND_OF})
# Below this similarity of Wu and Palmer, one thing is not taken for the other.
_MIN_CONFUSABLE = 0.5
_MOST_LABELS = 2
# Words of a text that describes what is to be seen.
_PICTORIAL = re.compile(
    r"\b(?:photo(?:graph)?s?|pictured?|(?:cctv|video|this|surveillance) still|still \d|image|frame|camera|"
    r"footage|foreground|background|"
    r"in view|visible|(?:on|at|to) the (?:far |extreme )?(?:left|right)|left-hand|right-hand|"
    r"(?:stands?|sits?|lies?|leans?|hangs?|holds?|wears?|wearing|holding|standing|sitting|lying) )",
    re.IGNORECASE,
)
# Paired organs are named by their side, which the words must say: a linker of its own does that.
_SIDES = frozenset({"left", "right"})
_MIN_SURE = 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A Phrase with the visible ``label`` it is about (empty: none), and how they are related.

    ``missing`` is a label that was looked for, that the phrase clearly names, and that no Region
    has; ``label`` is then what may have been taken for it, or empty. ``company`` is how many other
    things of the picture the Report names or describes: 0 where it may speak of the thing in general.
    ``general`` tells that nothing in the text speaks of a picture, ``earlier`` how many phrases
    before this one are about the same label.
    ``outdone`` tells that another label fits the words better, ``likeness`` how alike the missing
    thing and the visible one are.
    """

    phrase: Phrase
    label: str
    kinship: Kinship
    regions: tuple[Region, ...]
    missing: str = ""
    company: int = 0
    outdone: bool = False
    general: bool = False
    earlier: int = 0
    likeness: float = 0.0


class Matcher:
    """Matches pairs over one vocabulary, read when the first pair comes; several linkers ask in turn."""

    def __init__(self, load: Callable[[], Kinds]) -> None:
        self._load = load
        self._pair: Pair | None = None
        self._matches: tuple[Match, ...] = ()

    @functools.cached_property
    def kinds(self) -> Kinds:
        return self._load()

    def matches(self, pair: Pair) -> tuple[Match, ...]:
        """Return the matches of a pair; the last one asked for is remembered."""
        if self._pair is not pair:
            self._matches = match_phrases(pair, self.kinds)
            self._pair = pair
        return self._matches


@functools.cache
def load_matcher() -> Matcher:
    """Return the matcher over the vocabulary of things."""
    return Matcher(lambda: Kinds(load_vocabulary(CaseKind.FORENSIC)))


def match_phrases(pair: Pair, kinds: Kinds) -> tuple[Match, ...]:
    """Match every Entity of the Report; those about nothing visible or looked for are left out.

    A phrase may have several matches, one per label that it could be about; the combiner decides.
    """
    side = pair.image_side
    by_label: dict[str, tuple[Region, ...]] = {}
    for region in side.regions:
        if region.polygons and region.label.split()[0] not in _SIDES:
            by_label[region.label] = (*by_label.get(region.label, ()), region)
    visible = {region.label for region in side.regions}
    unseen = tuple(sorted(side.looked_for - visible))
    text = pair.report_side.report.text
    matches: list[Match] = []
    modifiers = modifiers_of(text, read_phrases(pair.report_side.report, pair.report_side.entities))
    for phrase, inner in merged_phrases(
        text, read_phrases(pair.report_side.report, pair.report_side.entities)
    ):
        heads = heads_of_whole(text, phrase, inner, kinds)
        is_whole = inner is None or len(heads) == 1
        if inner is not None and not is_whole and not _names_something(phrase, (*by_label, *unseen), kinds):
            # "the curved roof of some vehicle" is about the vehicle
            matches += _match(inner, heads_of(inner, kinds), by_label, unseen, kinds, matches)
        else:
            found = _match(phrase, heads, by_label, unseen, kinds, matches)
            if not found and phrase.entity.id in modifiers:
                found = _compounds(phrase, modifiers[phrase.entity.id], by_label, kinds)
            matches += [each for each in found if not (matches and _is_detail(matches[-1], each))]
    pictorial = bool(_PICTORIAL.search(text))
    return _with_company(_with_confusions(matches, by_label, kinds), pictorial=pictorial)


def _compounds(
    phrase: Phrase, modifier: Phrase, by_label: dict[str, tuple[Region, ...]], kinds: Kinds
) -> list[Match]:
    """Match "bicycle frame" with the bicycle, where the frame itself is nothing that was looked for."""
    heads = heads_of(modifier, kinds)
    label, kinship = kinds.closest(heads, tuple(by_label))
    if kinship.kin not in _STRONG:
        return []
    kinship = Kinship(Kin.COMPOUND, kinship.closeness, kinship.word)
    return [Match(phrase=phrase, label=label, kinship=kinship, regions=by_label[label])]


def _is_detail(outer: Match, inner: Match) -> bool:
    """Tell whether a phrase only describes the one before: the lid in "a jar with a blue lid"."""
    gap = inner.phrase.entity.span.start - outer.phrase.entity.span.end
    hangs_on = bool(outer.phrase.noun.tail) and gap <= len(outer.phrase.noun.tail) + 12
    same = outer.label == inner.label and outer.phrase.sentence == inner.phrase.sentence
    return same and hangs_on and inner.kinship.kin in (Kin.PART, Kin.GENERAL)


def _names_something(phrase: Phrase, labels: tuple[str, ...], kinds: Kinds) -> bool:
    """Tell whether the outer noun of "a glass of wine" is a thing by itself; a part or measure is not."""
    _, kinship = kinds.closest(heads_of(phrase, kinds), labels)
    return kinship.kin not in (Kin.NONE, Kin.RELATIVE)


def _match(
    phrase: Phrase,
    heads: tuple[str, ...],
    by_label: dict[str, tuple[Region, ...]],
    unseen: tuple[str, ...],
    kinds: Kinds,
    earlier: Sequence[Match],
) -> list[Match]:
    if phrase.entity.label == STAND_IN or heads[0] in _STAND_INS:
        return _stand_in(phrase, heads[0], by_label, earlier)
    absent, stranger = kinds.closest(heads, unseen)
    ranked = sorted((rank_of(kinds.best(heads, label)), label) for label in by_label)
    found: list[Match] = []
    for _, label in ranked[:_MOST_LABELS]:
        kinship = kinds.best(heads, label)
        if label.split()[-1] == heads[-1] and kinship.kin is not Kin.SAME:
            kinship = Kinship(Kin.GENERAL, 0.9, heads[-1])  # "the bear" where only teddy bears are
        if kinship.kin is Kin.NONE or _denies_only_a_kind(phrase, label, kinship, kinds):
            continue
        if kinship.kin is Kin.RELATIVE and (_is_sure(stranger) or phrase.denied or kinds.is_everyday(label)):
            continue  # another kind of thing, which has a name of its own
        found.append(
            Match(
                phrase=phrase,
                label=label,
                kinship=kinship,
                regions=by_label[label],
                outdone=bool(found) or rank_of(stranger)[0] < rank_of(kinship)[0],
            )
        )
    if _is_sure(stranger):
        outdone = any(rank_of(match.kinship)[0] <= rank_of(stranger)[0] for match in found)
        found.append(
            Match(phrase=phrase, label="", kinship=stranger, regions=(), missing=absent, outdone=outdone)
        )
    return found


def _denies_only_a_kind(phrase: Phrase, label: str, kinship: Kinship, kinds: Kinds) -> bool:
    """Tell a denial that leaves the label standing: "no lymph nodes" says nothing about soft tissue.

    Persons are denied by what they do ("no driver"), and that means the person.
    """
    return phrase.denied and kinship.kin is Kin.KIND_OF and not kinds.is_person(label)


def _is_sure(kinship: Kinship) -> bool:
    """Tell whether a word names a label's kind by its main meaning; only then can it be missed."""
    return kinship.kin in _STRONG and kinship.closeness >= _MIN_SURE


def _stand_in(
    phrase: Phrase, word: str, by_label: dict[str, tuple[Region, ...]], earlier: Sequence[Match]
) -> list[Match]:
    """Match "the lower one" with the kind of thing spoken of in this sentence or the one before."""
    start = phrase.sentence.start
    before = [
        each
        for each in earlier
        if each.label and not (each.missing or each.outdone) and each.phrase.sentence.end >= start - 2
    ]
    if not before:
        return []
    again = [
        each
        for each in before
        if each.kinship.kin is Kin.STAND_IN and each.phrase.sentence == phrase.sentence
    ]
    last = (again or before)[-1].phrase
    labels = [each.label for each in before if each.phrase is last]
    plural = [each.label for each in before if each.phrase.plural]
    label = plural[-1] if plural and not (phrase.plural or last.plural) else labels[0]
    # "two giraffes: the nearer one": one of several is surely meant; else "one" may be anything.
    kinship = Kinship(Kin.STAND_IN, 1.0 if plural or again else 0.5, word)
    return [Match(phrase=phrase, label=label, kinship=kinship, regions=by_label[label])]


def _with_confusions(
    matches: Sequence[Match], by_label: dict[str, tuple[Region, ...]], kinds: Kinds
) -> list[Match]:
    """Add for each missing thing the unmentioned things of the picture that were perhaps taken for it.

    Each thing of the picture is offered to the missing thing that is most like it.
    """
    mentioned = {match.label for match in matches if match.kinship.kin in _STRONG and not match.outdone}
    missing = [match for match in matches if match.missing and not match.phrase.denied and not match.outdone]
    found = list(matches)
    for label in (each for each in by_label if each not in mentioned):
        likest = max(missing, key=lambda match: kinds.similarity(match.missing, label), default=None)
        likeness = kinds.similarity(likest.missing, label) if likest else 0.0
        if likest is not None and likeness >= _MIN_CONFUSABLE:
            found = [
                replace(each, likeness=max(each.likeness, likeness))
                if each.phrase is likest.phrase and each.missing and not each.label
                else each
                for each in found
            ]
            found.append(replace(likest, label=label, regions=by_label[label], likeness=likeness))
    return found


def _with_company(matches: Sequence[Match], *, pictorial: bool) -> tuple[Match, ...]:
    """Count for each match the other kinds that fit, and the places and looks that the text gives."""
    sure = [match for match in matches if match.label and not match.outdone]
    mentions: dict[str, list[EntityId]] = {}
    for match in sure:
        mentions.setdefault(match.label, []).append(match.phrase.entity.id)
    fitting = {match.label for match in sure if match.kinship.kin in _STRONG and not match.missing}
    pictured = {match.phrase.entity.id for match in sure if _is_pictured(match.phrase)}
    return tuple(
        replace(
            match,
            company=len(fitting - {match.label}) + len(pictured - {match.phrase.entity.id}),
            general=not pictorial and not pictured,
            earlier=_before(match.phrase.entity.id, mentions.get(match.label, [])),
        )
        for match in matches
    )


def _before(entity: EntityId, mentions: Sequence[EntityId]) -> int:
    """Return how many phrases about the same label come before this one."""
    return mentions.index(entity) if entity in mentions else len(mentions)


def _is_pictured(phrase: Phrase) -> bool:
    return bool(phrase.places or phrase.colors or phrase.trim or phrase.other)
