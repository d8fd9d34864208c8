"""How the hits of a search are spread over kinds, assertions, sides, years, modalities and persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.jobs.search_answer import Answer, SearchHit
from engine.model.ids import ReportId
from engine.store import CaseStore
from engine.store.facets import facet_values

_MOST_VALUES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How many of the hits have a value; ``facet`` is the name of the filter that keeps only these."""

    facet: str
    value: str
    count: int


def facets_of(
    store: CaseStore, answers: Mapping[ReportId, Answer], pictures: Iterable[SearchHit]
) -> tuple[Facet, ...]:
    """Return the values of each facet, the most frequent first."""
    shown = list(pictures)
    images = [hit.image_id for hit in shown if hit.image_id]
    counts: dict[str, Counter[str]] = {
        "kind": Counter(
            {"report": len(answers), "image": len(shown), "region": sum(bool(hit.region_id) for hit in shown)}
        ),
        "assertion": Counter(
            answer.mentions[0].assertion.value for answer in answers.values() if answer.mentions
        ),
        "side": Counter(side for answer in answers.values() if (side := _side(answer))),
    }
    for name, values in facet_values(store, answers, images).items():
        counts[name] = Counter(value for value in values if value)
    return tuple(
        Facet(facet=name, value=value, count=count)
        for name, counter in counts.items()
        for value, count in counter.most_common(_MOST_VALUES)
        if count
    )


def _side(answer: Answer) -> str:
    return next((mention.laterality.value for mention in answer.mentions if mention.laterality), "")
