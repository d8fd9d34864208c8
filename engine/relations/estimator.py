"""CMI, SC and ABS of an Image and a Report by a model of explainable features, with its reasons.

After Henning and Ewerth (2017). ``casebook train relations`` fits the weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.model.findings import Link, Relation, relation_id
from engine.model.runs import Component, make_component
from engine.protocols import Embedder, Pair
from engine.relations.features import features
from engine.relations.joint import JointModel
from engine.relations.likeness import Likeness
from engine.relations.reasons import reasons
from engine.weights import ModelCard, model_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimator:
    """The fitted model, and the sentence encoder that some of its features need (None: left out)."""

    model: JointModel
    component: Component
    likeness: Likeness | None = None

    def read(self, pairs: Iterable[Pair]) -> None:
        """Read the texts of pairs that will be measured soon, all in one go."""
        if self.likeness:
            # A picture without an outlined Region has nothing to be compared with.
            shown = (pair for pair in pairs if any(each.polygons for each in pair.image_side.regions))
            self.likeness.read(dict.fromkeys(pair.report_side.report.text for pair in shown))

    def measure(self, pair: Pair, links: Sequence[Link]) -> Relation:
        """Return how the two relate as wholes, with the reasons."""
        found = features(pair, links, self.likeness)
        values = self.model.choose(found)
        image, report = pair.key
        return Relation(
            id=relation_id(image, report),
            image_id=image,
            report_id=report,
            cmi=values["cmi"],
            sc=values["sc"],
            abs=round(values["abs"]),
            component_id=self.component.id,
            cues=tuple(
                cue for name, value in values.items() for cue in reasons(name, value, found, self.model)
            ),
        )


def load_estimator(name: str = "relations", *, embedder: Embedder | None = None) -> Estimator:
    """Return the shipped or the user's estimator; raises ModelMissing or ModelMismatch."""
    return estimator_of(model_for(name), embedder=embedder)


def estimator_of(card: ModelCard, *, embedder: Embedder | None = None) -> Estimator:
    """Read an estimator from its model folder; raises UsageError where it is of another kind."""
    if card.format != "json":
        raise UsageError(
            f"the relations model {card.name!r} is a network; here one of named features is needed"
        )
    card.verify()
    document = json.loads(Path(card.path).read_text(encoding="utf-8"))
    return estimator_from(document, card.sha256, embedder=embedder)


def estimator_from(
    document: dict[str, Any], sha256: str = "", *, embedder: Embedder | None = None
) -> Estimator:
    """Make an estimator of the parts of a weights file; raises UsageError where one is missing."""
    try:
        model = JointModel.from_document(document)
    except KeyError as error:
        raise UsageError(f"these weights of relations are of an older kind: {error} is missing") from error
    encoder = (("sentences", embedder.component.weights_sha256[:16]),) if embedder else ()
    return Estimator(
        model=model,
        component=make_component("relation", "relations", "2", weights_sha256=sha256, parameters=encoder),
        likeness=Likeness(embedder.embed) if embedder else None,
    )
