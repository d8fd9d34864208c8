"""The combiner's weights from annotated notes: which phrases are right, and which contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.linkers.choosing import Choice, Offer, alone, choose, offers_of, strengths_of
from engine.linkers.combine import probability, with_family
from engine.linkers.gold import GoldLink, GoldNote
from engine.linkers.logistic import fit_choice, fit_logistic
from engine.linkers.scoring import same_regions
from engine.model.findings import LinkRelation
from engine.model.ids import RegionId
from engine.protocols import Linker, Pair

# How the Regions of one phrase are ranked, log-odds by rule: a color or place that fits beats size.
CHOICE = {
    "same-color": 2.0,
    "wrong-color": -1.0,
    "same-trim-color": 1.0,
    "wrong-trim-color": -0.5,
    "same-detail-color": 1.0,
    "same-side": 2.0,
    "wrong-side": -2.0,
    "same-level": 1.0,
    "wrong-level": -1.0,
    "same-depth": 1.0,
    "wrong-depth": -1.0,
    "prominent": 1.0,
    "small": 1.0,
    "large": 1.0,
    "order": 1.0,
    "height": 1.5,
    "near": 1.0,
    "central": 0.3,
    "young": 1.0,
    "low-posture": 0.5,
    "at-border": 0.5,
    "taken": 1.5,
}
# How the labels that a phrase could be about are ranked.
OFFER = {
    "same-kind": 4.0,
    "kind-of": 3.0,
    "general-word": 2.0,
    "stand-in": 2.0,
    "in-compound": 1.5,
    "part-of": 1.5,
    "related-kind": 1.0,
    "outdone": -2.0,
    "not-seen": 2.5,
    "wrong-kind": 1.0,
    "alike": 2.0,
    "look-alike-there": 0.0,
    "same-color": 0.5,
    "wrong-color": -0.5,
    "same-trim-color": 0.5,
    "wrong-trim-color": -0.5,
    "same-side": 0.5,
    "wrong-side": -0.5,
    "same-count": 0.5,
    "wrong-count": -0.5,
    "lung-of-side": 5.0,
    "only-one": 0.5,
}
# Linked from this probability on: with it precision and recall are about even on held-out notes.
THRESHOLD = 0.3
# What tells whether the Regions are just those that are meant.
EXACT = {
    "rivals": -0.7,
    "person/rivals": 0.0,
    "same-color": 1.0,
    "same-trim-color": 1.0,
    "wrong-trim-color": -0.5,
    "wrong-color": -0.5,
    "same-side": 1.0,
    "wrong-side": -1.0,
    "order": 0.5,
    "height": 0.5,
    "many": 0.0,
    "same-count": 1.0,
    "wrong-count": 0.0,
    "prominent": 0.5,
    "near": 0.3,
    "general-word": 0.0,
    "stand-in": -0.5,
    "part-of": -0.5,
    "general-note": 0.0,
    "spoken-of-before": -0.3,
    "wrong-kind": -0.5,
    "not-seen": 2.0,
    "denied-but-visible": 0.0,
}
# What tells that a phrase contradicts; few notes do, so that weights stay near these.
AGAINST = {
    "denied-but-visible": 5.0,
    "not-seen": 5.0,
    "wrong-kind": 5.0,
    "wrong-count": 4.0,
    "wrong-color": 4.0,
    "wrong-trim-color": 1.0,
    "person/wrong-trim-color": 3.0,
    "wrong-side": 4.0,
    "wrong-level": 0.5,
    "some-of": 0.0,
    "general-note": -1.0,
}


def fit_weights(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], linkers: Sequence[Linker], *, penalty: float = 1.0
) -> dict[str, dict[str, float]]:
    """Fit both outcomes of the combiner by logistic regression; returns the weights by part and rule."""
    chosen = fit_choice(_offers(notes, pairs, linkers), CHOICE)
    offer = fit_choice(_labels(notes, pairs, linkers, chosen), OFFER)
    spoken = [
        (_taught(choice.strengths), _is_spoken_of(choice, note, pair))
        for choice, note, pair in _choices(notes, pairs, linkers, chosen, offer)
    ]
    about = fit_logistic([row for row, _ in spoken], [is_so for _, is_so in spoken], penalty=penalty)
    rows = [
        (choice.strengths, _gold_of(choice, note, pair))
        for choice, note, pair in _choices(notes, pairs, linkers, chosen, offer, about)
        if _is_spoken_of(choice, note, pair)
    ]
    exact = fit_logistic(
        [with_family(strengths) for strengths, _ in rows],
        [link is not None for _, link in rows],
        penalty=penalty,
        prior=EXACT,
    )
    right = [(strengths, link) for strengths, link in rows if link is not None]
    against = fit_logistic(
        [with_family(strengths) for strengths, _ in right],
        [link.relation is LinkRelation.CONTRADICTS for _, link in right],
        penalty=penalty,
        prior=AGAINST,
    )
    return {
        "choice": chosen,
        "offer": offer,
        "about": about,
        "exact": exact,
        "against": against,
        "threshold": {"about": THRESHOLD},
    }


def _choices(
    notes: Sequence[GoldNote],
    pairs: Sequence[Pair],
    linkers: Sequence[Linker],
    weights: Mapping[str, float],
    offer_weights: Mapping[str, float],
    about: Mapping[str, float] | None = None,
) -> Iterator[tuple[Choice, GoldNote, Pair]]:
    """Yield every choice with its note; with ``about`` only phrases about the picture compete."""
    for note, pair in zip(notes, pairs, strict=True):
        for choice in choose(
            pair,
            linkers,
            weights,
            offer_weights,
            is_spoken=lambda strengths: about is None or probability(strengths, about) >= THRESHOLD,
        ):
            yield choice, note, pair


def _offers(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], linkers: Sequence[Linker]
) -> list[tuple[list[dict[str, float]], int]]:
    """Return for each gold link to one Region the features of all Regions that the phrase could mean.

    Each Region that another phrase of the note means is "taken".
    """
    offers = []
    for note, pair in zip(notes, pairs, strict=True):
        number: dict[RegionId | None, int] = {
            region.id: line for line, region in enumerate(pair.image_side.regions)
        }
        found = [offer for each in offers_of(pair, linkers) for offer in each]
        meant = {id(offer): _meant_line(offer, note, number) for offer in found}
        for offer in found:
            line = meant[id(offer)]
            if line is None or len(offer.cues) < 2:
                continue
            taken = {meant[id(other)] for other in found if other.phrase.entity.id != offer.phrase.entity.id}
            features = {
                number[region]: {**strengths_of(cues), "taken": -1.0 * (number[region] in taken)}
                for region, cues in offer.cues.items()
            }
            offers.append((list(features.values()), list(features).index(line)))
    return offers


def _meant_line(offer: Offer, note: GoldNote, number: Mapping[RegionId | None, int]) -> int | None:
    """Return the one Region of an offer that a gold link to the phrase names, by line; None without one."""
    lines = {number[region] for region in offer.cues if region is not None}
    return next(
        (
            line
            for link in note.links
            if link.span.overlaps(offer.phrase.entity.span) and len(link.lines) == 1
            for line in link.lines
            if line in lines
        ),
        None,
    )


def _labels(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], linkers: Sequence[Linker], weights: Mapping[str, float]
) -> list[tuple[list[Mapping[str, float]], int]]:
    """Return for each gold link whose phrase has several offers their strengths, and which one is right."""
    rows = []
    for note, pair in zip(notes, pairs, strict=True):
        regions = pair.image_side.regions
        for found in offers_of(pair, linkers):
            span = found[0].phrase.entity.span
            labels = [
                {regions[line].label for line in link.lines} or {""}
                for link in note.links
                if link.relation is not None and link.span.overlaps(span)
            ]
            right = [
                number for number, offer in enumerate(found) if any(offer.label in each for each in labels)
            ]
            if right and len(found) > 1:
                rows.append(([alone(offer, weights).strengths for offer in found], right[0]))
    return rows


def _taught(strengths: Mapping[str, float]) -> dict[str, float]:
    """Leave out how a note is tied to its picture: annotated ones always are."""
    taught = {rule: strength for rule, strength in strengths.items() if not rule.startswith("tied-by-")}
    return with_family(taught)


def _is_spoken_of(choice: Choice, note: GoldNote, pair: Pair) -> bool:
    """Tell whether a gold link is about the same kind of thing, whichever Regions of it."""
    labels: dict[RegionId | None, str] = {region.id: region.label for region in pair.image_side.regions}
    mine = {labels.get(region, "") for region in choice.regions}
    return any(
        link.relation is not None
        and link.span.overlaps(choice.phrase.entity.span)
        and mine & ({pair.image_side.regions[line].label for line in link.lines} or {""})
        for link in note.links
    )


def _gold_of(choice: Choice, note: GoldNote, pair: Pair) -> GoldLink | None:
    """Return the gold link that a choice is right about, or None."""
    number = {region.id: line for line, region in enumerate(pair.image_side.regions)}
    lines = frozenset(number[region] for region in choice.regions if region is not None)
    span = choice.phrase.entity.span
    for link in note.links:
        if link.relation is not None and link.span.overlaps(span) and same_regions(lines, link.lines):
            return link
    return None
