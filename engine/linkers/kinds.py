"""Whether a word of the text and a label of the picture name the same kind of thing.

The table of everyday names decides where it knows the word ("settee" for "couch"). Elsewhere the
hierarchy of WordNet (or UBERON and HPO) does: the same concept, a kind of it ("sedan" for "car"),
something more general ("vehicle"), or a near relative, graded by the similarity of Wu and Palmer (1994).
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from engine.vocabulary import Concept, Vocabulary, everyday_words, lemma, normal_form


class Kin(enum.StrEnum):
    """How a word is related to a label, closest first; RELATIVE is another kind of nearly the same."""

    SAME = "same"
    KIND_OF = "kind of"
    GENERAL = "general word"
    STAND_IN = "stand-in"
    COMPOUND = "in compound"
    PART = "part of"
    RELATIVE = "relative"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Kinship:
    """``kin`` with a ``closeness`` in [0, 1], and the ``word`` of the text that it rests on."""

    kin: Kin
    closeness: float
    word: str


UNRELATED = Kinship(Kin.NONE, 0.0, "")
_RANK = {kin: number for number, kin in enumerate(Kin)}
# A relative must share a parent this deep with the label; above lie "artifact" and "organism".
_MIN_RELATIVE = 0.8
_MAX_SENSES = 5
_WORDNET = "WN:"
_NO_THINGS = frozenset({"person", "color", "injury"})
_MIN_GENERAL_DEPTH = 5
_AGENT_ENDINGS = (
    "er",
    "or",
    "ist",
    "man",
    "woman",
    "men",
    "ian",
    "ant",
    "ent",
    "ee",
    "ess",
    "person",
    "boy",
    "girl",
)
_EVERYDAY = {"same": Kin.SAME, "kinds": Kin.KIND_OF, "general": Kin.GENERAL, "parts": Kin.PART}
_EVERYDAY_CLOSENESS = {"same": 0.97, "kinds": 0.93, "general": 0.8, "parts": 0.7}


def rank_of(kinship: Kinship) -> tuple[int, float]:
    """Return a key that sorts the closest kinship first."""
    return _RANK[kinship.kin], -kinship.closeness


class Kinds:
    """Compares words with labels over one vocabulary; answers are remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.compare = cache(self._compare)
        self.closest = cache(self._closest)
        self._senses = cache(self._find_senses)
        self._depth = cache(self._measure_depth)

    def is_person(self, label: str) -> bool:
        """Tell whether a label names human beings, who are also written about when not pictured."""
        people = self._vocabulary.concepts("person")
        return any(
            self._vocabulary.is_a(sense.id, person.id)
            for sense in self._label_senses(label)[:1]
            for person in people[:1]
        )

    def is_everyday(self, label: str) -> bool:
        """Tell whether the table of everyday names has this label; words that it lacks are other things."""
        return any(sense.thing == label for sense in everyday_words().get(normal_form(label), ()))

    def _closest(self, heads: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, Kinship]:
        """Return the label that the head words are closest to, with the kinship."""
        found = [(label, self.best(heads, label)) for label in labels]
        return min(found, key=lambda each: (rank_of(each[1]), each[0]), default=("", UNRELATED))

    def best(self, words: Sequence[str], label: str) -> Kinship:
        """Return the closest kinship of any of the words (head first) with a label."""
        found = [self.compare(word, label) for word in words]
        return min(found, key=rank_of, default=UNRELATED)

    def knows(self, phrase: str) -> bool:
        """Tell whether the vocabulary has a word or compound."""
        return bool(self._senses(phrase)) or normal_form(phrase) in everyday_words()

    def similarity(self, one: str, other: str) -> float:
        """Return how alike two labels are in the hierarchy, in [0, 1]."""
        return max(
            (
                self._similarity(mine.id, its.id)
                for mine in self._label_senses(one)
                for its in self._label_senses(other)
            ),
            default=0.0,
        )

    def _compare(self, word: str, label: str) -> Kinship:
        if _plain(word) == _plain(label):
            return Kinship(Kin.SAME, 1.0, word)
        best = _everyday(word, label)
        if best.kin is not Kin.NONE:
            return best
        settled = _is_settled(word, label)
        for rank, sense in enumerate(self._senses(word)[:_MAX_SENSES]):
            for target in self._label_senses(label):
                found = self._relate(sense, target, word, rank)
                if settled and found.kin in (Kin.SAME, Kin.KIND_OF, Kin.RELATIVE):
                    continue
                if rank_of(found) < rank_of(best):
                    best = found
        return best

    def _relate(self, sense: Concept, target: Concept, word: str, rank: int) -> Kinship:
        """Relate two senses; a word's rarer senses count for less."""
        if "person" in (sense.label, target.label) and (rank or not self._names_people(word)):
            return UNRELATED  # nearly every noun can also name a kind of person
        doubt = 1.0 - 0.15 * rank
        if sense.id == target.id:
            return Kinship(Kin.SAME, 0.95 * doubt, word)
        closeness = self._similarity(sense.id, target.id) * doubt
        kin = Kin.NONE
        if self._vocabulary.is_a(sense.id, target.id):
            kin, closeness = _kind_of(closeness, rank)
        elif self._vocabulary.is_a(target.id, sense.id):
            kin = Kin.GENERAL if self._depth(sense.id) >= _MIN_GENERAL_DEPTH else Kin.NONE
        elif closeness >= _MIN_RELATIVE:
            kin = Kin.RELATIVE
        return UNRELATED if kin is Kin.NONE else Kinship(kin, closeness, word)

    def _names_people(self, word: str) -> bool:
        """Tell whether a word is made to name persons, or means nothing else."""
        return _is_agent(word) or all(sense.label == "person" for sense in self._senses(word))

    def _similarity(self, one: str, other: str) -> float:
        """Return the similarity of Wu and Palmer: twice the depth of what both are, by their own depths."""
        shared = ({one} | self._vocabulary.ancestors(one)) & ({other} | self._vocabulary.ancestors(other))
        deepest = max((self._depth(each) for each in shared), default=0)
        return 2 * deepest / max(self._depth(one) + self._depth(other), 1)

    def _label_senses(self, label: str) -> tuple[Concept, ...]:
        """Return the senses of a label: its likeliest and those it names first; of persons or of things."""
        last = label.rsplit(maxsplit=1)[-1]
        senses = self._senses(label)
        if not senses or not senses[0].id.startswith(_WORDNET):
            senses = (*senses, *self._senses(last))  # "sports ball" is a ball
        if not senses or senses[0].label == "person":
            return senses[:1]
        names = {_plain(label), _plain(last)}
        named = [
            sense for sense in senses[1:] if _plain(sense.name) in names and sense.label not in _NO_THINGS
        ]
        return (senses[0], *named)

    def _find_senses(self, word: str) -> tuple[Concept, ...]:
        return self._vocabulary.concepts(word)

    def _measure_depth(self, identifier: str) -> int:
        concept = self._vocabulary.concept(identifier)
        if concept is None or not concept.parents:
            return 1
        return 1 + max(self._depth(parent) for parent in concept.parents)


def _everyday(word: str, label: str) -> Kinship:
    """Relate a word to a label by the table of everyday names; a word for many things counts for less."""
    senses = everyday_words().get(normal_form(word), ())
    named = [sense for sense in senses if _plain(sense.thing) == _plain(label)]
    if not named:
        return UNRELATED
    how = named[0].how
    rivals = {sense.thing for sense in senses if sense.how in ("same", "kinds")} - {named[0].thing}
    closeness = _EVERYDAY_CLOSENESS[how] * 0.95 ** min(len(rivals), 3)
    return Kinship(_EVERYDAY[how], closeness, word)


def _is_agent(word: str) -> bool:
    """Tell whether a noun is made to name persons: "plumber", "sculptor", "florist"."""
    return normal_form(word).split()[-1:][0].endswith(_AGENT_ENDINGS) if normal_form(word) else False


def _is_settled(word: str, label: str) -> bool:
    """Tell whether the everyday table knows both, and so that the word is no usual name of the label."""
    words = everyday_words()
    return normal_form(word) in words and any(
        sense.thing == label for sense in words.get(normal_form(label), ())
    )


def _kind_of(closeness: float, rank: int) -> tuple[Kin, float]:
    """Grade a kind: by a word's rarer sense ("toy" for a toy dog) it is no more than a general word."""
    if rank:
        return Kin.GENERAL, 0.7 * closeness
    return Kin.KIND_OF, 0.85 + 0.1 * closeness


def _plain(text: str) -> str:
    """Return a word without plural, blanks and hyphens: "wine-glasses" is "wineglass"."""
    words = text.lower().replace("-", " ").split()
    return "".join([*words[:-1], lemma(words[-1])]) if words else ""
