"""Color words of texts against the basic color terms that were measured in a Region's pixels."""

from __future__ import annotations

from collections.abc import Sequence

from engine.linkers.words import word_set

# The basic color terms of English (Berlin and Kay 1969), which regions are measured in, and beige.
BASIC = word_set("black white gray red orange yellow green blue purple pink brown beige")

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
    "gray": "grey silver charcoal greyish grayish slate chrome metallic",
    "white": "snow-white whitish",
    "black": "jet-black ebony blackish",
    "black gray brown blue purple green red": "dark",
    "white beige gray yellow pink blue": "pale light",
}
_MEASURED_AS: dict[str, tuple[str, ...]] = {
    **{basic: (basic,) for basic in BASIC},
    **{word: tuple(terms.split()) for terms, words in _SHADES.items() for word in words.split()},
}
# Terms that light, shadow and print easily turn into each other.
_NEIGHBOR_PAIRS = (
    "black-gray gray-white red-pink red-orange orange-yellow orange-brown yellow-beige "
    " green-blue blue-purple purple-pink brown-beige brown-black beige-white beige-gray "
    "beige-orange beige-pink blue-gray blue-black"
)
_NEIGHBORS = {frozenset(pair.split("-")) for pair in word_set(_NEIGHBOR_PAIRS)}
# By rank of the measured term: its own term, and a neighboring one.
_OWN_SCORES = (1.0, 0.85, 0.6, 0.3, 0.1, -0.1)
_NEAR_SCORES = (0.2, 0.0, -0.3, -0.6, -0.8, -1.0)
_VAGUE = frozenset({"dark", "pale", "light"})


def is_color(word: str) -> bool:
    """Tell whether a lower-case word names a color, finely or by a basic term."""
    return word in _MEASURED_AS


def color_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return the color words among lower-case words; "dark red" counts as red alone."""
    found = [word for word in words if word in _MEASURED_AS]
    exact = [word for word in found if word not in _VAGUE]
    return tuple(dict.fromkeys(exact or found))


def color_agreement(said: str, seen: Sequence[str]) -> float:
    """Return how well one color word fits the measured terms of a Region, in [-1, 1].

    1 where the word's own term comes first, less the later it comes, about 0 where only a
    neighboring term is there, -1 where nothing like it is; 0 where nothing was measured.
    """
    terms = _MEASURED_AS.get(said, ())
    if not terms or not seen:
        return 0.0
    best = -1.0
    for measured, own, near in zip(seen, _OWN_SCORES, _NEAR_SCORES, strict=False):
        if measured in terms:
            best = max(best, own)
        elif any(frozenset((measured, term)) in _NEIGHBORS for term in terms):
            best = max(best, near)
    return best


def is_colorless(seen_by_region: Sequence[Sequence[str]]) -> bool:
    """Tell whether all Regions of an Image are black, gray and white: color words cannot be judged."""
    return all(set(seen) <= {"black", "gray", "white"} for seen in seen_by_region)
