"""What a topic means: the concepts it names, all that falls under them, and what narrows it down."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.jobs.search_degrees import Degree, degree_of, is_degree
from engine.model.evidence import Laterality
from engine.recognizers.lexicon import lexicon
from engine.vocabulary import Concept, Vocabulary, lemma, normal_form

# The lingula is a part of the left lung, a middle lobe of the right one.
_SIDED_PLACES = {"lingula": Laterality.LEFT, "lingular": Laterality.LEFT}
_STOP_WORDS = frozenset(
    ["a", "an", "and", "any", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"]
)
# Words that say a side and no place, unlike "bibasilar".
_ONLY_SIDES = frozenset(["left", "right", "bilateral", "bilaterally", "both", "left-sided", "right-sided"])
_FEW_PARTS = 8
_LONGEST_PHRASE = 7
_SHOWN = 8
_STEM_ENDINGS = (
    *("itis", "itic", "osis", "otic"),
    *(
        "ations",
        "ation",
        "ments",
        "ment",
        "ities",
        "ity",
        "ness",
        "ings",
        "ing",
        "ions",
        "ion",
        "ives",
        "ive",
    ),
    *(
        "ances",
        "ance",
        "edly",
        "ical",
        "als",
        "al",
        "ous",
        "ary",
        "ies",
        "ed",
        "es",
        "ly",
        "ic",
        "ar",
        "s",
        "e",
        "y",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A part of the body: the words asked for, and the ids of the concepts they name.

    ``narrower`` are words that say more than the concept's name: the lumbar of "lumbar spine".
    ``is_broad`` where reports of the case name many parts of it: then it often goes without saying.
    """

    words: str
    concepts: tuple[str, ...]
    narrower: tuple[str, ...] = ()
    is_broad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """One thing that is looked for: concepts with all below them, or bare words.

    ``concepts`` are those of the case's Entities, as they stand there. A "lung nodule" is also a nodule
    that is said to be in the lung: ``wider`` are the concepts that count at ``place`` only.
    """

    normal: str
    names: tuple[Concept, ...]
    concepts: tuple[str, ...]
    wider: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A topic: cores that must all be there, and what must be said of them."""

    words: str
    cores: tuple[Core, ...]
    side: Laterality | None = None
    degrees: tuple[Degree, ...] = ()
    places: tuple[Place, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.side or self.degrees or self.places or self.others)

    def expansion(self) -> tuple[str, ...]:
        """Return what else is looked for, the nearest first."""
        own = {normal_form(self.words), *(core.normal for core in self.cores)}
        names = [
            name
            for core in self.cores
            for concept in core.names
            for name in (concept.name, *concept.synonyms)
        ]
        below = [concept.partition(" ")[2] for core in self.cores for concept in core.concepts]
        others = dict.fromkeys(name for name in (*names[:_SHOWN], *below) if normal_form(name) not in own)
        return tuple(others)[: 2 * _SHOWN]


def understand(words: str, vocabulary: Vocabulary, in_use: Sequence[str]) -> Meaning:
    """Return what a topic means; ``in_use`` are the concepts of the case's Entities."""
    plain = [word for word in normal_form(words).split() if word not in _STOP_WORDS]
    found = list(parts(plain, vocabulary))
    if not any(_is_finding(part, vocabulary) and side_of(part.split()) for part in found):
        # No finding has its side in its name: "elevated left hemidiaphragm" is an elevated hemidiaphragm.
        found = list(parts([word for word in plain if word not in _ONLY_SIDES], vocabulary))
    findings = [part for part in found if _is_finding(part, vocabulary)]
    cores = [_last_part(part, vocabulary) for part in findings]
    extras = [
        word for part, core in zip(findings, cores, strict=True) for word in _before(part, core, vocabulary)
    ]
    places = [part for part in found if part not in findings and place_ids(part, vocabulary)]
    rest = [word for part in found if part not in findings and part not in places for word in part.split()]
    degrees = [word for word in (*rest, *extras) if is_degree(word)]
    bare = [word for word in rest if not is_degree(word)]
    if not cores:
        # "Hyperlucent lung" is about what is hyperlucent; "left lung" about the lung.
        cores, places, bare = ([" ".join(bare)], places, []) if bare else (places, [], [])
    others = [word for word in (*bare, *extras) if not is_degree(word)]
    places += [word for word in others if place_ids(word, vocabulary) or word in lexicon("position")]
    return Meaning(
        words=words,
        cores=tuple(_core(each, vocabulary, in_use) for each in dict.fromkeys(cores or [" ".join(plain)])),
        side=side_of(plain),
        degrees=tuple(degree_of(word) for word in dict.fromkeys(degrees if cores else [])),
        places=tuple(_place(each, vocabulary, in_use) for each in dict.fromkeys(places)),
        others=tuple(dict.fromkeys(word for word in others if word not in places)),
    )


def side_of(words: Iterable[str]) -> Laterality | None:
    """Return the side that words name; both sides are bilateral."""
    known = lexicon("side")
    sides = {Laterality(known[word]) for word in words if word in known}
    sides |= {_SIDED_PLACES[word] for word in words if word in _SIDED_PLACES}
    if not sides:
        return None
    return sides.pop() if len(sides) == 1 else Laterality.BILATERAL


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return what is left of a word without its usual endings: "elevation" and "elevated" share it."""
    word = lemma(word.lower())
    for ending in _STEM_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def below(concepts: Iterable[Concept], vocabulary: Vocabulary, in_use: Sequence[str]) -> tuple[str, ...]:
    """Return those concepts in use that are one of ``concepts`` or fall under it."""
    wanted = [concept.id for concept in concepts]
    return tuple(
        each
        for each in in_use
        if any(vocabulary.is_a(each.partition(" ")[0], concept_id) for concept_id in wanted)
    )


def _core(normal: str, vocabulary: Vocabulary, in_use: Sequence[str]) -> Core:
    names = _main_senses(vocabulary.concepts_of_normal(normal))
    concepts = below(names, vocabulary, in_use)
    words = normal.split()
    for start in range(1, len(words)):
        place, thing = " ".join(words[:start]), " ".join(words[start:])
        if place_ids(place, vocabulary) and _is_finding(thing, vocabulary):
            wider = below(vocabulary.concepts_of_normal(thing), vocabulary, in_use)
            return Core(
                normal=normal,
                names=names,
                concepts=concepts,
                wider=tuple(each for each in wider if each not in concepts),
                place=_place(place, vocabulary, in_use),
            )
    return Core(normal=normal, names=names, concepts=concepts)


def _main_senses(concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """Leave out the persons that nearly every noun can also name, as "red" a Bolshevik, but for "cook"."""
    if not concepts or concepts[0].label == "person":
        return concepts
    return tuple(concept for concept in concepts if concept.label != "person")


def parts(words: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the longest known phrases from left to right, and the unknown words between them."""
    index = 0
    while index < len(words):
        lengths = range(min(_LONGEST_PHRASE, len(words) - index), 0, -1)
        candidates = (" ".join(words[index : index + length]) for length in lengths)
        phrase = next((each for each in candidates if vocabulary.has_phrase(each)), words[index])
        yield phrase
        index += phrase.count(" ") + 1


def _last_part(phrase: str, vocabulary: Vocabulary) -> str:
    """Return the shortest end of a phrase that names the same: "scarring" of "apical scarring".

    What a vocabulary lists as another name is often narrower than its concept; what stands before narrows.
    """
    words = phrase.split()
    own = {concept.id for concept in vocabulary.concepts_of_normal(phrase)}
    ends = (" ".join(words[start:]) for start in range(len(words) - 1, 0, -1))
    return next(
        (end for end in ends if own & {concept.id for concept in vocabulary.concepts_of_normal(end)}), phrase
    )


def _before(phrase: str, core: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words before the core that its concepts do not have in their names."""
    names = {
        stem(word) for each in vocabulary.concepts_of_normal(core) for word in normal_form(each.name).split()
    }
    words = phrase.split()[: phrase.count(" ") - core.count(" ")]
    return [word for word in words if stem(word) not in names]


def _is_finding(phrase: str, vocabulary: Vocabulary) -> bool:
    if phrase in lexicon("side") or is_degree(phrase):
        return False
    return any(concept.label != "anatomy" for concept in vocabulary.concepts_of_normal(phrase))


def _place(phrase: str, vocabulary: Vocabulary, in_use: Sequence[str]) -> Place:
    ids = place_ids(phrase, vocabulary)
    parts = [
        each for each in in_use if any(vocabulary.is_a(each.partition(" ")[0], wanted) for wanted in ids)
    ]
    return Place(
        words=phrase, concepts=ids, narrower=_narrower(phrase, vocabulary), is_broad=len(parts) > _FEW_PARTS
    )


def _narrower(phrase: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    concepts = [each for each in vocabulary.concepts_of_normal(phrase) if each.label == "anatomy"]
    names = [{stem(word) for word in normal_form(each.name).split()} for each in concepts]
    said = [(word, stem(word)) for word in phrase.split()]
    held = [name for name in names if name <= {each for _, each in said}]
    if not held or len(said) == 1:
        return ()
    return tuple(word for word, each in said if not any(each in name for name in held))


@functools.lru_cache(maxsize=1 << 16)
def place_ids(phrase: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the ids of the parts of the body that a phrase in its normal form names."""
    return tuple(
        concept.id for concept in vocabulary.concepts_of_normal(phrase) if concept.label == "anatomy"
    )
