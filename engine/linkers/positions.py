"""Where a Region lies against what the words say: in the picture, among its kind, beside other things."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, hypot, log

from engine.linkers.matching import Match
from engine.linkers.places import Place, place_agreements
from engine.linkers.words import CHILDREN, CUT_OFF, LARGE, LOW_POSTURES, SMALL
from engine.model.evidence import Image, Laterality
from engine.model.findings import Cue, Region
from engine.model.geometry import Box
from engine.vocabulary import lemma

# Beside something means within about this share of the picture's diagonal.
_BESIDE_SHARE = 0.06
# Outlines end this near to the border where the thing goes on beyond it.
_BORDER_PX = 3


def position_cues(match: Match, region: Region, matches: Sequence[Match], image: Image) -> list[Cue]:
    """Return the cues of a Region's place; ``matches`` are all of the pair."""
    if region.box is None:
        return []
    cues = [*_place_cues(match, region.box, image)]
    if len(match.regions) > 1:
        cues += [
            *_size_cues(match, region),
            *_order_cues(match, region.box),
            *_height_cues(match, region.box),
            *_neighbor_cues(match, region.box, matches, image),
            _center_cue(region.box, image),
            *_posture_cues(match, region.box),
            *_border_cues(match, region.box, image),
        ]
    return cues


def _place_cues(match: Match, box: Box, image: Image) -> list[Cue]:
    return [
        _place_cue(place, aspect, score, _where(box, image))
        for place in match.phrase.places
        for aspect, score in place_agreements(place, box, image.width_px, image.height_px).items()
    ]


def _place_cue(place: Place, aspect: str, score: float, where: str) -> Cue:
    if score >= 0:
        detail = f"the text says “{place.words}”; the region lies {where}"
        return Cue(rule=f"same-{aspect}", detail=detail, weight=score)
    detail = f"the text says “{place.words}”, but the region lies {where}"
    return Cue(rule=f"wrong-{aspect}", detail=detail, weight=-score, supports=False)


def _where(box: Box, image: Image) -> str:
    column = min(2, int(3 * box.center.x / max(image.width_px, 1)))
    row = min(2, int(3 * box.center.y / max(image.height_px, 1)))
    across = ("on the left", "in the middle", "on the right")[column]
    return f"{across}, {('high up', 'halfway up', 'low down')[row]}"


def _size_cues(match: Match, region: Region) -> list[Cue]:
    """Compare a Region with the others of its kind by area; the words may call it small or near."""
    areas = {each.id: sum(polygon.area_px for polygon in each.polygons) for each in match.regions}
    share = areas[region.id] / max(*areas.values(), 1.0)
    size = 1.0 + max(log(max(share, 1e-3)), -4.0) / 4
    words = {*match.phrase.noun.outer, *match.phrase.noun.words}
    young = lemma(match.phrase.entity.text.rpartition(" ")[2]) in CHILDREN
    detail = f"of the {len(areas)} it takes {share:.0%} of the largest one's area"
    cues = [Cue(rule="prominent", detail=detail, weight=size)]
    if words & SMALL or any(place.depth < 0 for place in match.phrase.places):
        cues.append(Cue(rule="small", detail="the words call it small or far", weight=1.0 - size))
    if words & LARGE or any(place.depth > 0 for place in match.phrase.places):
        cues.append(Cue(rule="large", detail="the words call it large or near", weight=size))
    if young:
        cues.append(
            Cue(rule="young", detail="the words name somebody young, who is smaller", weight=1.0 - size)
        )
    return cues


def _order_cues(match: Match, box: Box) -> list[Cue]:
    """The leftmost of several is the likeliest one "on the left", wherever it stands."""
    centers = sorted(each.box.center.x for each in match.regions if each.box)
    place = centers.index(box.center.x) / (len(centers) - 1)
    cues = []
    for side in {each.side for each in match.phrase.places if each.side}:
        toward = 1 - 2 * place if side is Laterality.LEFT else 2 * place - 1
        detail = f"of the {len(centers)} it is number {centers.index(box.center.x) + 1} from the left"
        cues.append(Cue(rule="order", detail=detail, weight=toward, supports=toward >= 0))
    return cues


def _height_cues(match: Match, box: Box) -> list[Cue]:
    """The highest of several is the likeliest "upper one", wherever it hangs."""
    centers = sorted(each.box.center.y for each in match.regions if each.box)
    place = 2 * centers.index(box.center.y) / (len(centers) - 1) - 1
    levels = {each.level for each in match.phrase.places if each.level}
    detail = f"of the {len(centers)} it is number {centers.index(box.center.y) + 1} from above"
    return [
        Cue(rule="height", detail=detail, weight=level * place, supports=level * place >= 0)
        for level in levels
    ]


def _center_cue(box: Box, image: Image) -> Cue:
    off = abs(box.center.x / max(image.width_px, 1) - 0.5) * 2
    return Cue(rule="central", detail="how near it is to the middle of the picture", weight=1 - off)


def _posture_cues(match: Match, box: Box) -> list[Cue]:
    """Who sits or stoops is less tall for the width than who stands."""
    if not LOW_POSTURES & match.phrase.around:
        return []
    shape = (box.bottom - box.top) / max(box.right - box.left, 1.0)
    low = max(-1.0, min(1.0, 2.0 - shape))
    detail = f"the clause says who sits or stoops; this one is {shape:.1f} times as tall as wide"
    return [Cue(rule="low-posture", detail=detail, weight=low, supports=low >= 0)]


def _border_cues(match: Match, box: Box, image: Image) -> list[Cue]:
    """What is partly cut off touches the border of the picture."""
    room_px = min(box.left, box.top, image.width_px - box.right, image.height_px - box.bottom)
    if room_px > _BORDER_PX or not CUT_OFF & match.phrase.around:
        return []
    return [Cue(rule="at-border", detail="the clause says that it is cut off, and it is", weight=1.0)]


def _neighbor_cues(match: Match, box: Box, matches: Sequence[Match], image: Image) -> list[Cue]:
    """What the same clause names besides is likely near: the racket of "a player with a racket"."""
    beside = {
        other.label: other
        for other in matches
        if other.label
        and other.label != match.label
        and not (other.missing or other.outdone or other.phrase.denied)
        and other.phrase.clause.overlaps(match.phrase.clause)
    }
    best, label = max(
        (
            (_nearness(box, region.box, image), name)
            for name, other in beside.items()
            for region in other.regions
            if region.box
        ),
        default=(0.0, ""),
    )
    if not label:
        return []
    detail = f"the clause also names a {label}, and one is {'close by' if best > 0.5 else 'farther off'}"
    return [Cue(rule="near", detail=detail, weight=best)]


def _nearness(one: Box, other: Box, image: Image) -> float:
    """Return 1 where the smaller box lies inside the other, 0.5 where they touch, less the farther apart."""
    across = max(one.left, other.left) - min(one.right, other.right)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    if across < 0 and down < 0:
        smaller = min((each.right - each.left) * (each.bottom - each.top) for each in (one, other))
        return 0.5 + 0.5 * min(1.0, across * down / max(smaller, 1.0))
    distance = hypot(max(across, 0.0), max(down, 0.0)) / hypot(image.width_px, image.height_px)
    return 0.5 * exp(-distance / _BESIDE_SHARE)
