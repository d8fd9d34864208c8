"""Links by meaning: the label of a Region and the head of a phrase name the same kind of thing."""

from __future__ import annotations

from typing import ClassVar, Self

from engine.linkers.kinds import Embed, Kin, Kinds
from engine.linkers.matching import Match, match_phrases
from engine.linkers.phrases import Phrase
from engine.model.evidence import CaseKind
from engine.model.findings import Cue
from engine.model.runs import Component, make_component
from engine.protocols import Pair, Proposal
from engine.vocabulary import load_vocabulary

_RULES = {
    Kin.SAME: "same-kind",
    Kin.KIND_OF: "kind-of",
    Kin.GENERAL: "general-word",
    Kin.RELATIVE: "related-kind",
}


class ConceptLinker:
    """Proposes every Region whose kind a phrase names, and says how the phrase speaks of it."""

    name: ClassVar[str] = "concepts"

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu", embed: Embed | None = None) -> tuple[Self, ...]:
        del device  # words need none
        return (cls(Kinds(load_vocabulary(CaseKind.FORENSIC), embed)),)

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "1")

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return a proposal per phrase, Region of its kind and reason."""
        return tuple(
            Proposal(region_id=region, entity_id=match.phrase.entity.id, cue=cue)
            for match in match_phrases(pair, self._kinds)
            for cue in (*_kind_cues(match), *_manner_cues(match, self._kinds))
            for region in (tuple(each.id for each in match.regions) or (None,))
        )


def _kind_cues(match: Match) -> list[Cue]:
    if match.missing:
        return []
    word, label = match.kinship.word, match.label
    details = {
        Kin.SAME: f"“{word}” is the same as the region's label “{label}”",
        Kin.KIND_OF: f"“{word}” is a kind of {label}",
        Kin.GENERAL: f"“{word}” is a more general word for {label}",
        Kin.RELATIVE: f"“{word}” is closely related to {label}",
    }
    rule, detail = _RULES[match.kinship.kin], details[match.kinship.kin]
    return [Cue(rule=rule, detail=detail, weight=match.kinship.closeness)]


def _manner_cues(match: Match, kinds: Kinds) -> list[Cue]:
    """Return what the wording tells about whether the thing in the picture is meant."""
    phrase = match.phrase
    person = kinds.is_person(match.missing or match.label)
    cues: list[Cue] = []
    if match.missing and phrase.denied:
        return cues
    if phrase.colors or phrase.trim:
        cues.append(Cue(rule="described", detail="the words describe how it looks", weight=1.0))
    if phrase.places:
        words = "”, “".join(place.words for place in phrase.places)
        cues.append(Cue(rule="placed", detail=f"the words give it a place: “{words}”", weight=1.0))
    if phrase.sighted:
        cues.append(Cue(rule="sighted", detail="the clause speaks of what is seen", weight=1.0))
    if phrase.modal:
        cues.append(Cue(rule="general-talk", detail="the clause speaks of what may or must be", weight=1.0))
    if phrase.spoken:
        cues.append(Cue(rule="told", detail="the clause tells what somebody said or did", weight=1.0))
    if person:
        cues.extend(_person_cues(phrase))
    return cues


def _person_cues(phrase: Phrase) -> list[Cue]:
    """Persons are often written about without being in the picture: officers, owners, witnesses."""
    cues = [Cue(rule="person", detail="texts also name persons who are not pictured", weight=1.0)]
    if phrase.named:
        cues.append(Cue(rule="named-person", detail="a person called by name or title", weight=1.0))
    if phrase.definite and not (phrase.colors or phrase.trim or phrase.places):
        cues.append(Cue(rule="known-person", detail="a person known from elsewhere (“the …”)", weight=1.0))
    return cues
