"""Whether a text belongs to a picture at all, from the same features as CMI, SC and ABS."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.model.findings import Link
from engine.protocols import Pair
from engine.relations.features import features
from engine.relations.likeness import NAMES as LIKENESS
from engine.relations.likeness import Embed, Likeness
from engine.relations.softmax import probabilities
from engine.weights import ModelCard

STEPS = (0.0, 1.0)
_SHARED = (
    *("covered", "covered-agreed", "covered-wrong", "kinds", "regions", "main-named", "main-against"),
    *("against-share", "against-most", "agreeing-mean", "agreeing-least", *LIKENESS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairMatcher:
    """Weights by outcome ("0.0" strangers, "1.0" a pair) and feature; ``likeness`` as in Estimator."""

    weights: Mapping[str, Mapping[str, float]]
    likeness: Likeness | None = None

    def probability(self, pair: Pair, links: Sequence[Link]) -> float:
        """Return the probability in [0, 1] that the text was written about the picture."""
        return self.chance(pair_features(pair, links, self.likeness))

    def chance(self, found: Mapping[str, float]) -> float:
        """Return the probability for features that are already measured."""
        return probabilities(found, self.weights)[1.0]


def matcher_of(card: ModelCard, *, embed: Embed | None = None) -> PairMatcher:
    """Read a matcher from its model folder; raises ModelMismatch, or UsageError where it is a network."""
    if card.format != "json":
        raise UsageError(f"the pairs model {card.name!r} is a network; here one of named features is needed")
    card.verify()
    weights = json.loads(Path(card.path).read_text(encoding="utf-8"))
    return PairMatcher(weights=weights, likeness=Likeness(embed) if embed else None)


def pair_features(pair: Pair, links: Sequence[Link], likeness: Likeness | None = None) -> dict[str, float]:
    """Return what speaks for and against a pair, each about 0 to 1: what is shared, and how surely."""
    found = features(pair, links, likeness)
    scores = sorted(({link.entity_id: link.score for link in links}).values(), reverse=True)
    return {
        **{name: found[name] for name in _SHARED if name in found},
        "none": float(not scores),
        "agreeing-fits": min(found["agreeing-fits"] / 4, 1.0),
        "against": min(found["against"] / 4, 1.0),
        "doubts": min(sum(found[name] for name in found if name.startswith("doubt-")) / 4, 1.0),
        "surest": scores[0] if scores else 0.0,
        "sum": min(sum(scores) / 4, 1.0),
    }
