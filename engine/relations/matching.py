"""Whether a text belongs to a picture at all, from the same features as CMI, SC and ABS."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.model.findings import Link
from engine.protocols import Pair
from engine.relations.features import features, probabilities
from engine.weights import find_model

STEPS = (0.0, 1.0)
_SHARED = (
    "covered",
    "kinds",
    "supports",
    "contradicts",
    "none",
    "share-against",
    "main-against",
    "described",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairMatcher:
    """Weights by outcome ("0.0" strangers, "1.0" a pair) and feature."""

    weights: Mapping[str, Mapping[str, float]]

    def probability(self, pair: Pair, links: Sequence[Link]) -> float:
        """Return the probability in [0, 1] that the text was written about the picture."""
        return self.chance(pair_features(pair, links))

    def chance(self, found: Mapping[str, float]) -> float:
        """Return the probability for features that are already measured."""
        return probabilities(found, self.weights)[1.0]


@functools.cache
def load_pair_matcher(name: str = "pairs") -> PairMatcher:
    """Return the shipped or the user's matcher; raises ModelMissing or ModelMismatch."""
    card = find_model(name)
    card.verify()
    return PairMatcher(weights=json.loads(Path(card.path).read_text(encoding="utf-8")))


def pair_features(pair: Pair, links: Sequence[Link]) -> dict[str, float]:
    """Return what speaks for and against a pair: what is shared, and how surely."""
    found = features(pair, links)
    by_entity = {link.entity_id: link for link in links}
    scores = sorted((link.score for link in by_entity.values()), reverse=True)
    return {
        **{name: found[name] for name in _SHARED},
        "surest": scores[0] if scores else 0.0,
        "sum": min(sum(scores) / 4, 1.0),
    }
