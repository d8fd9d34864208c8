"""Which findings go into a report: all, those that persons confirmed, or chosen ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.exporters import words
from engine.model.findings import Link, LinkRelation, Review, Verdict
from engine.model.ids import ImageId, ReportId

if TYPE_CHECKING:
    from engine.store import CaseStore

ALL, CONFIRMED = "all", "confirmed"
SCOPES = (ALL, CONFIRMED)
_BY_PERSONS = frozenset({Verdict.CONFIRMED, Verdict.CORRECTED, Verdict.ADDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """``ids`` are the findings of a report, None: all; ``sentence`` says so, empty for all."""

    ids: frozenset[str] | None = None
    sentence: str = ""

    def holds(self, identity: str) -> bool:
        return self.ids is None or identity in self.ids


def find_scope(store: CaseStore, scope: str, only: Sequence[str], verdicts: Mapping[str, Review]) -> Scope:
    """Return the findings that ``scope`` names, or those with the ids ``only``; raises UsageError."""
    if only:
        unknown = [identity for identity in only if store.kind_of(identity) is None]
        if unknown:
            raise UsageError(f"the case has no finding {unknown[0]!r}; 'casebook show' lists their ids")
        return Scope(ids=frozenset(only), sentence=_sentence(len(set(only)), "that were chosen for it"))
    if scope == ALL:
        return Scope()
    if scope != CONFIRMED:
        raise UsageError(f"what goes into a report is one of {', '.join(SCOPES)}, not {scope!r}")
    kept = frozenset(key for key, review in verdicts.items() if review.verdict in _BY_PERSONS)
    return Scope(ids=kept, sentence=_sentence(len(kept), "that a person confirmed, corrected or added"))


def links_in(links: Sequence[Link], scope: Scope) -> tuple[Link, ...]:
    return tuple(link for link in links if scope.holds(link.id))


def images_in(store: CaseStore, scope: Scope) -> frozenset[ImageId]:
    """Return the Images that a finding of the scope is about."""
    found = {link.image_id for link in links_in(store.links(), scope)}
    found |= {region.image_id for region in store.regions() if scope.holds(region.id)}
    found |= {relation.image_id for relation in store.relations() if scope.holds(relation.id)}
    drawn = {review.target_id for review in store.reviews() if review.verdict is Verdict.ADDED}
    return frozenset(found | {ImageId(each) for each in drawn if scope.holds(each)})


def reports_in(store: CaseStore, scope: Scope) -> frozenset[ReportId]:
    """Return the Reports that a finding of the scope is about."""
    found = {link.report_id for link in links_in(store.links(), scope)}
    found |= {entity.report_id for entity in store.entities() if scope.holds(entity.id)}
    return frozenset(found | {row.report_id for row in store.relations() if scope.holds(row.id)})


def contradicting(store: CaseStore, scope: Scope) -> tuple[Link, ...]:
    return links_in(store.links(relation=LinkRelation.CONTRADICTS), scope)


def _sentence(number: int, which: str) -> str:
    return (
        f"This report is limited to {words.counted(number, 'finding')} {which}; all others of the case "
        "are left out, and the totals count the whole case."
    )
