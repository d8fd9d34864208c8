"""CMI, SC and ABS: in range, explained, and following what the links say."""

from __future__ import annotations

import pytest

from engine.embedders.minilm import MiniLmEmbedder
from engine.embedders.remembered import shared_encoder
from engine.errors import UsageError
from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.shelf import all_linkers
from engine.model.findings import Relation
from engine.protocols import Pair
from engine.relations.estimator import estimator_from, load_estimator
from engine.relations.features import features
from engine.relations.joint import VALUES, JointModel
from engine.relations.joint_fit import fit_joint
from engine.relations.likeness import Likeness
from engine.relations.matching import matcher_of
from engine.relations.softmax import fit_softmax
from engine.weights import find_model
from tests.unit.linking_scene import entity, note, pair_of, picture, region

DESCRIBED = "A red car is parked on the left. A small white dog sits in the middle, facing the camera."
STRANGE = "The ledger closes the year with 18,204 in hand; two receipts for roof slates are missing."


def scene(text: str, *words: str) -> Pair:
    image, report = picture(), note(text)
    regions = (
        region(image, "car", (10, 100, 150, 280), "red", "black"),
        region(image, "dog", (180, 200, 220, 260), "white"),
    )
    looked_for = frozenset({"car", "dog", "bus", "cat"})
    return pair_of(image, regions, report, tuple(entity(report, w) for w in words), looked_for=looked_for)


def relation_of(pair: Pair) -> Relation:
    estimator = load_estimator(embedder=shared_encoder())
    return estimator.measure(pair, link_pair(pair, all_linkers(), load_combiner()))


def test_a_description_shares_more_than_a_stranger() -> None:
    described, strange = relation_of(scene(DESCRIBED, "car", "dog")), relation_of(scene(STRANGE, "ledger"))
    assert described.cmi > strange.cmi
    assert described.sc > strange.sc
    assert strange.cmi == 0.0
    assert described.cmi in VALUES["cmi"] and described.sc in VALUES["sc"]


def test_every_value_has_its_reasons_in_words() -> None:
    relation = relation_of(scene(DESCRIBED, "car", "dog"))
    for name in ("cmi", "sc", "abs"):
        assert any(cue.rule.startswith(name) and cue.detail for cue in relation.cues)


def test_features_of_an_unlinked_pair_say_so() -> None:
    found = features(scene(STRANGE, "ledger"), ())
    assert found["against"] == found["agreeing-mean"] == found["covered"] == 0.0


def test_a_contradiction_lowers_agreement_and_is_named_as_the_reason() -> None:
    wrong = relation_of(scene("A red car stands on the left. No dog can be seen here.", "car", "dog"))
    assert wrong.sc < relation_of(scene(DESCRIBED, "car", "dog")).sc
    assert any("contradict" in cue.detail for cue in wrong.cues if cue.rule.startswith("sc-"))


def test_a_definition_is_more_abstract_than_the_picture() -> None:
    text = "A car is any motor vehicle with four wheels. Every keeper must insure it, and usually pays a tax."
    relation = relation_of(scene(text, "car"))
    assert relation.abs == -1
    assert any(cue.detail == "the text speaks in general terms" for cue in relation.cues)


def test_nearness_in_meaning_needs_no_shared_word() -> None:
    likeness = Likeness(MiniLmEmbedder.load_all()[0].embed)
    shares = {"car": 0.7, "dog": 0.3}
    near = likeness.measure("A hatchback stands by the kerb. A terrier waits.", shares)
    far = likeness.measure(STRANGE, shares)
    assert all(near[name] > far[name] for name in near)


def test_without_an_encoder_the_estimator_still_answers() -> None:
    pair = scene(DESCRIBED, "car", "dog")
    relation = load_estimator().measure(pair, link_pair(pair, all_linkers(), load_combiner()))
    assert relation.cmi > 0 and not any(cue.rule.endswith("likeness") for cue in relation.cues)


def test_the_joint_model_learns_features_and_what_goes_together() -> None:
    rows = [{"shared": float(number % 2)} for number in range(40)]
    gold = [(1.0, 1.0, 0.0) if row["shared"] else (0.0, 0.0, -1.0) for row in rows]
    document = fit_joint(rows, gold, penalty=1.0, rounds=200)
    model = JointModel.from_document(document)
    assert model.choose({"shared": 1.0}) == {"cmi": 1.0, "sc": 1.0, "abs": 0.0}
    assert model.choose({"shared": 0.0}) == {"cmi": 0.0, "sc": 0.0, "abs": -1.0}
    assert sum(model.probabilities({"shared": 0.3}).values()) == pytest.approx(1.0)
    assert document["together"]["cmi=1 sc=1"] > 0 > document["together"]["cmi=1 sc=0"]
    assert document == fit_joint(rows, gold, penalty=1.0, rounds=200)


def test_weights_of_an_older_kind_are_refused_in_one_line() -> None:
    with pytest.raises(UsageError, match="older kind"):
        estimator_from({"cmi": {}, "sc": {}, "abs": {}})


def test_matching_texts_score_above_strangers() -> None:
    matcher = matcher_of(find_model("pairs"), embed=MiniLmEmbedder.load_all()[0].embed)
    linkers, combiner = all_linkers(), load_combiner()
    own, strange = scene(DESCRIBED, "car", "dog"), scene(STRANGE, "ledger")
    chances = [matcher.probability(pair, link_pair(pair, linkers, combiner)) for pair in (own, strange)]
    assert chances[0] > 0.5 > chances[1]


def test_softmax_learns_a_rule_and_repeats() -> None:
    rows = [{"shared": 1.0}, {"shared": 0.0}] * 20
    fitted = fit_softmax(rows, [1.0, 0.0] * 20, (0.0, 1.0))
    assert fitted == fit_softmax(rows, [1.0, 0.0] * 20, (0.0, 1.0))
    assert fitted["1.0"]["shared"] > 0 > fitted["0.0"]["shared"]
