"""Color words of texts against the share of a Region's pixels that each basic color term fits."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from engine.model.findings import PALETTE_TERMS, RegionAttributes

_GRAYS = frozenset({"black", "gray", "white"})

# Finer words, by the basic terms that pixels of that color may be measured as, likeliest first.
_SHADES = {
    "red": "scarlet crimson ruby vermilion cherry reddish",
    "red brown purple": "maroon burgundy claret wine",
    "red orange brown": "rust copper terracotta russet",
    "orange yellow brown": "amber ginger tan",
    "orange": "tangerine",
    "yellow": "lemon mustard yellowish",
    "yellow orange brown": "gold golden straw",
    "beige white yellow": "cream ivory",
    "beige brown yellow gray orange": "fawn sandy khaki buff tawny",
    "green": "lime lime-green olive emerald greenish mint",
    "green blue": "teal turquoise aqua cyan turquoise-green",
    "blue": "navy azure indigo cobalt bluish sky-blue",
    "purple": "violet lilac mauve lavender magenta",
    "pink red": "rose salmon pinkish",
    "brown": "chestnut chocolate bronze mahogany brownish tabby",
    "gray white": "silver chrome metallic",
    "gray": "grey charcoal greyish grayish slate",
    "white": "snow-white whitish",
    "black": "jet-black ebony blackish",
    "black gray brown": "dark",
    "white beige gray": "pale light",
}
_MEASURED_AS: dict[str, tuple[str, ...]] = {
    **{basic: (basic,) for basic in PALETTE_TERMS},
    **{word: tuple(terms.split()) for terms, words in _SHADES.items() for word in words.split()},
}
_VAGUE = frozenset({"dark", "pale", "light"})
_DARKENED = "dark "
# Pixels of a dark color are measured as black in part; black alone is not dark green.
_BLACK_SHARE, _BLACK_PER_COLOR = 0.1, 0.5
# A color is there where its terms fit this share of the pixels; details are small.
_THING_SHARE = 0.15
_DETAIL_SHARE = 0.06
# Regions of older cases have color words alone, each of which covers a fifth or more.
_SHARES_BY_RANK = (0.6, 0.35, 0.25)
# Which thirds of a person (1 upper, 2 middle, 3 lower) a garment covers.
_WORN = {
    (1,): "hat cap helmet hair hood beanie headband headscarf scarf glasses beard bandana visor crown veil",
    (1, 2): "shirt t-shirt tshirt top jacket jersey sweater pullover jumper blouse vest waistcoat cardigan "
    "tie hoodie sweatshirt polo bib anorak blazer tunic necktie singlet fleece windcheater bikini",
    (2, 3): "trousers jeans shorts skirt pants leggings slacks breeches tights kilt",
    (3,): "shoes boots socks trainers sneakers sandals skis slippers",
}
_THIRDS = {word: thirds for thirds, words in _WORN.items() for word in words.split()}


def is_color(word: str) -> bool:
    """Tell whether a lower-case word names a color, finely or by a basic term."""
    return bool(_terms_of(word))


def color_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return the color words among lower-case words; "dark red" is one color, "bright red" is red."""
    found, dark = [], False
    for word in words:
        if word in _VAGUE or word == "deep":
            dark = word in ("dark", "deep")
            found += [word] if word in _VAGUE else []
        elif is_color(word):
            found.append(_DARKENED + word if dark else word)
            dark = False
        else:
            dark = False
    exact = [word for word in found if word not in _VAGUE]
    return tuple(dict.fromkeys(exact or found))


def _terms_of(word: str) -> tuple[str, ...]:
    """Return the basic terms of a color word, also of "navy-blue" and "white-painted"."""
    if word.startswith(_DARKENED):
        return _terms_of(word.removeprefix(_DARKENED))
    if word in _MEASURED_AS:
        return _MEASURED_AS[word]
    parts = word.split("-")
    if len(parts) == 2 and parts[1] in _MEASURED_AS:
        return tuple(dict.fromkeys((*_MEASURED_AS[parts[1]], *_MEASURED_AS.get(parts[0], ()))))
    if len(parts) == 2 and parts[1] in ("colored", "coloured", "painted"):
        return _MEASURED_AS.get(parts[0], ())
    return ()


def color_agreement(said: str, attributes: RegionAttributes, *, worn: Sequence[str] | None = None) -> float:
    """Return how well one color word fits the pixels of a Region, in [-1, 1]; 0 where none were measured.

    0 is at the share of the pixels from which on a color is taken to be there, 1 and -1 at six times
    and a sixth of it. With ``worn`` (the words for what is worn, or for a detail) it is looked for
    where that garment is, and a smaller share is enough.
    """
    terms = _terms_of(said)
    if not terms or not (attributes.palette or attributes.colors):
        return 0.0
    thirds = next((_THIRDS[word] for word in worn or () if word in _THIRDS), (0, 1, 2, 3))
    measure = _dark_share if said.startswith(_DARKENED) else _share
    share = max(measure(attributes, term, third) for third in thirds for term in terms)
    enough = _THING_SHARE if worn is None else _DETAIL_SHARE
    return max(-1.0, min(1.0, log((share + 0.01) / (enough + 0.01), 6)))


def _dark_share(attributes: RegionAttributes, term: str, third: int) -> float:
    """Return the share of the pixels that a term fits, with the black ones that may be of its color."""
    color = _share(attributes, term, third)
    black = _share(attributes, "black", third)
    return color + min(black, _BLACK_SHARE + _BLACK_PER_COLOR * color)


def _share(attributes: RegionAttributes, term: str, third: int) -> float:
    """Return the share of the pixels that a term fits; without a palette it is judged by the color words."""
    if attributes.palette:
        return attributes.palette[third][PALETTE_TERMS.index(term)] / 100
    ranks = dict(zip(attributes.colors, _SHARES_BY_RANK, strict=False))
    return ranks.get(term, 0.02)


def color_in_words(attributes: RegionAttributes) -> str:
    """Return the terms that fit a Region most, with their shares: "black (72 %), gray (20 %)"."""
    if not attributes.palette:
        return " and ".join(attributes.colors)
    whole = sorted(zip(attributes.palette[0], PALETTE_TERMS, strict=True), reverse=True)
    return ", ".join(f"{term} ({share} %)" for share, term in whole[:3] if share >= 5)


def is_colorless(regions: Sequence[RegionAttributes]) -> bool:
    """Tell whether nothing but black, gray and white was measured: color words cannot be judged."""
    return not any(
        set(each.colors) - _GRAYS or any(_colored_percent(row) > 5 for row in each.palette)
        for each in regions
    )


def _colored_percent(row: Sequence[int]) -> int:
    return max(share for share, term in zip(row, PALETTE_TERMS, strict=True) if term not in _GRAYS)
