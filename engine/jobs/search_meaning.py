"""What a topic means: the concepts it names, all that falls under them, and what narrows it down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.model.evidence import Laterality
from engine.vocabulary import Concept, Vocabulary, lemma, normal_form

_SIDES = {
    "left": Laterality.LEFT,
    "right": Laterality.RIGHT,
    "bilateral": Laterality.BILATERAL,
    "bilaterally": Laterality.BILATERAL,
    "both": Laterality.BILATERAL,
}
# Words of degree that say the same; general English of reports, made for no special query.
_DEGREES = (
    frozenset(
        ["mild", "mildly", "slight", "slightly", "minimal", "minimally", "borderline", "trace", "subtle"]
    ),
    frozenset(["moderate", "moderately"]),
    frozenset(["severe", "severely", "marked", "markedly", "massive", "extensive", "gross", "grossly"]),
    frozenset(["small", "tiny", "trace", "minimal", "minute", "little"]),
    frozenset(["large", "big", "massive", "huge"]),
    frozenset(["chronic", "longstanding", "old", "remote", "healed"]),
    frozenset(["acute", "new", "recent", "fresh"]),
    frozenset(["diffuse", "diffusely", "widespread", "extensive"]),
    frozenset(["focal", "localized", "patchy"]),
)
_STOP_WORDS = frozenset(
    ["a", "an", "and", "at", "by", "for", "in", "is", "of", "on", "or", "the", "to", "with"]
)
_LONGEST_PHRASE = 7
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """One thing that is looked for: concepts with all below them, or a bare normal form.

    ``concepts`` are those of the case's Entities, as they stand there.
    """

    normal: str
    names: tuple[Concept, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A topic: cores that must all be there, and words that must stand beside them.

    Each of ``modifiers`` is a set of words that say the same.
    """

    words: str
    cores: tuple[Core, ...]
    side: Laterality | None
    modifiers: tuple[frozenset[str], ...]

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
    whole = normal_form(words)
    core = _core(whole, vocabulary, in_use)
    # A concept that no report names ("mild cardiomegaly") is taken apart like any other topic.
    if core.names and (core.concepts or " " not in whole) and not _is_narrowed(core, vocabulary):
        return Meaning(words=words, cores=(core,), side=None, modifiers=())
    plain = [word for word in whole.split() if word not in _STOP_WORDS]
    side = next((_SIDES[word] for word in plain if word in _SIDES), None)
    degrees = [word for word in plain if _is_degree(word)]
    bare = [word for word in plain if word not in _SIDES and word not in degrees] or plain
    phrases = list(_phrases(bare, vocabulary))
    named = [phrase for phrase in phrases if vocabulary.concepts_of_normal(phrase)]
    things = [phrase for phrase in named if not _is_place(phrase, vocabulary)] or named or [" ".join(bare)]
    others = [phrase for phrase in phrases if named and phrase not in things]
    return Meaning(
        words=words,
        cores=tuple(_core(phrase, vocabulary, in_use) for phrase in things if phrase),
        side=side,
        modifiers=tuple(_same(word) for phrase in (*degrees, *others) for word in phrase.split()),
    )


def below(concepts: Iterable[Concept], vocabulary: Vocabulary, in_use: Sequence[str]) -> tuple[str, ...]:
    """Return those concepts in use that are one of ``concepts`` or fall under it."""
    wanted = [concept.id for concept in concepts]
    return tuple(
        each
        for each in in_use
        if any(vocabulary.is_a(each.partition(" ")[0], concept_id) for concept_id in wanted)
    )


def _core(normal: str, vocabulary: Vocabulary, in_use: Sequence[str]) -> Core:
    names = vocabulary.concepts_of_normal(normal)
    return Core(normal=normal, names=names, concepts=below(names, vocabulary, in_use))


def _is_narrowed(core: Core, vocabulary: Vocabulary) -> bool:
    """Tell whether the concept has the same name without a degree: "mildly enlarged heart"."""
    rest = " ".join(word for word in core.normal.split() if not _is_degree(word) and word not in _SIDES)
    others = {concept.id for concept in vocabulary.concepts_of_normal(rest)}
    return rest != core.normal and any(concept.id in others for concept in core.names)


def _phrases(words: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the longest known phrases from left to right, and the unknown words between them."""
    index = 0
    while index < len(words):
        lengths = range(min(_LONGEST_PHRASE, len(words) - index), 0, -1)
        candidates = (" ".join(words[index : index + length]) for length in lengths)
        phrase = next((each for each in candidates if vocabulary.has_phrase(each)), words[index])
        yield phrase
        index += phrase.count(" ") + 1


def _is_place(phrase: str, vocabulary: Vocabulary) -> bool:
    return all(concept.label == "anatomy" for concept in vocabulary.concepts_of_normal(phrase))


def _is_degree(word: str) -> bool:
    return any(word in group for group in _DEGREES)


def _same(word: str) -> frozenset[str]:
    groups = [group for group in _DEGREES if word in group]
    return frozenset([lemma(word), word]).union(*groups)
