"""Links by meaning: the label of a Region and the head of a phrase name the same kind of thing."""

from __future__ import annotations

from typing import ClassVar, Self

from engine.linkers.kinds import Kin
from engine.linkers.manner import manner_cues
from engine.linkers.matching import Match, Matcher, load_matcher
from engine.model.findings import Cue
from engine.model.runs import Component, make_component
from engine.protocols import Pair, Proposal

_RULES = {
    Kin.SAME: "same-kind",
    Kin.KIND_OF: "kind-of",
    Kin.GENERAL: "general-word",
    Kin.STAND_IN: "stand-in",
    Kin.COMPOUND: "in-compound",
    Kin.PART: "part-of",
    Kin.RELATIVE: "related-kind",
}


class ConceptLinker:
    """Proposes every Region whose kind a phrase names, and says how the phrase speaks of it."""

    name: ClassVar[str] = "concepts"

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # words need none
        return (cls(load_matcher()),)

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "1")

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return a proposal per phrase, Region of its kind and reason."""
        return tuple(
            Proposal(region_id=region, entity_id=match.phrase.entity.id, cue=cue)
            for match in self._matcher.matches(pair)
            for cue in (
                *_kind_cues(match),
                *manner_cues(match, person=self._is_person(match)),
            )
            for region in (tuple(each.id for each in match.regions) or (None,))
        )

    def _is_person(self, match: Match) -> bool:
        return self._matcher.kinds.is_person(match.missing or match.label)


def _kind_cues(match: Match) -> list[Cue]:
    cues = []
    if match.outdone:
        detail = f"another label fits “{match.kinship.word}” better"
        cues.append(Cue(rule="outdone", detail=detail, weight=1.0))
    word, label = match.kinship.word, match.label
    if match.missing:
        if match.likeness:
            detail = f"{match.missing} and {label or 'a thing of the picture'} are of much the same kind"
            rule = "alike" if label else "look-alike-there"
            cues.append(Cue(rule=rule, detail=detail, weight=match.likeness))
        return cues
    details = {
        Kin.SAME: f"“{word}” is the same as the region's label “{label}”",
        Kin.KIND_OF: f"“{word}” is a kind of {label}",
        Kin.GENERAL: f"“{word}” is a more general word for {label}",
        Kin.STAND_IN: f"“{word}” stands for a {label} spoken of before",
        Kin.COMPOUND: f"“{word}” says what kind of thing is meant, as {label} does",
        Kin.PART: f"“{word}” is a part of a {label}",
        Kin.RELATIVE: f"“{word}” is closely related to {label}",
    }
    rule, detail = _RULES[match.kinship.kin], details[match.kinship.kin]
    return [*cues, Cue(rule=rule, detail=detail, weight=match.kinship.closeness)]
