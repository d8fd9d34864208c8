"""Places of the chest and what is seen there, in the words of radiographs that no vocabulary lists.

"Right upper", "both mid zones", "the left heart border" name places by side and height; "shadowing",
"haze" or "changes" are findings where the same sentence names such a place or a side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.model.evidence import Span
from engine.model.runs import Component, make_component
from engine.recognizers.found import Found

VERSION = "1"
# Above the anatomy of the term tables, which finds parts of these, and below their findings.
_RANK = 55
_SIDE = r"(?:left|right|both|bilateral|right[- ]sided|left[- ]sided)"
_LEVEL = (
    r"(?:upper|lower|mid|middle|superior|inferior|basal|basilar|apical|peripheral|perihilar|peri-hilar|"
    r"parahilar|subpleural|central|lateral|medial|retrocardiac|paracardiac|mid-|lower-third|mid-third)"
)
_REGION = (
    r"(?:lungs?|lobes?|zones?|fields?|regions?|areas?|bas(?:e|es)|ap(?:ex|ices)|hil(?:um|a)|"
    r"hemithora(?:x|ces)|segments?)"
)
_LEVELS = rf"{_LEVEL}(?:(?:[ ,/-]| and | to | or ){{1,2}}{_LEVEL})*"
_PLACE = re.compile(
    rf"\b(?:{_SIDE} {_LEVELS}(?: lung)?(?: {_REGION})?|{_LEVELS}(?: lung)? {_REGION}|"
    rf"{_SIDE} {_REGION}|{_SIDE} sides?|(?:both|bilateral) (?:bases|apices|hila)|apices|"
    r"(?:horizontal|oblique|minor|major) fissure|"
    r"(?:left|right) (?:heart|cardiac) (?:border|margin|contour))\b"
    r"(?! (?:quadrant|arm|leg|limb|extremit\w+|ventric\w+|atri\w+|atrium|axis|ear|eye|hand|foot))",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"\b(?:(?:air[- ]?space|reticular|interstitial|inflammatory|nodular|reticulonodular|alveolar) )?"
    r"(?:shadowing|shadows?|haze|haziness|changes|involvement|affectation|obliteration|prominence|blurring|"
    r"infiltrations?|patterns?|densit(?:y|ies)|GGOs?)\b|\bair[- ]?space\b(?= (?:in|of|at)\b)",
    re.IGNORECASE,
)


def chest_component() -> Component:
    """Return what the case file records about these rules."""
    return make_component("recognizer", "chest-places", VERSION, labels=("anatomy", "finding"))


def find_chest_places(text: str, sentences: Iterable[Span]) -> Iterator[Found]:
    """Yield places of the chest and, in sentences with one, the findings that no vocabulary lists."""
    component = chest_component().id
    for sentence in sentences:
        places = list(_PLACE.finditer(text, sentence.start, sentence.end))
        for match in places:
            yield Found(match.start(), match.end(), "anatomy", 0.8, _RANK, component)
        if places:
            for match in _FINDING.finditer(text, sentence.start, sentence.end):
                yield Found(match.start(), match.end(), "finding", 0.7, _RANK - 10, component)
