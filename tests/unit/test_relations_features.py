"""CMI, SC and ABS: in range, explained, and following what the links say."""

from __future__ import annotations

from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.shelf import all_linkers
from engine.model.findings import Relation
from engine.protocols import Pair
from engine.relations.features import CMI_STEPS, SC_STEPS, features, measure
from engine.relations.matching import load_pair_matcher
from engine.relations.softmax import fit_softmax
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
    return measure(pair, link_pair(pair, all_linkers(), load_combiner()))


def test_a_description_shares_more_than_a_stranger() -> None:
    described, strange = relation_of(scene(DESCRIBED, "car", "dog")), relation_of(scene(STRANGE, "ledger"))
    assert described.cmi > strange.cmi
    assert described.sc > strange.sc
    assert strange.cmi == 0.0
    assert described.cmi in CMI_STEPS and described.sc in SC_STEPS


def test_every_value_has_its_reasons_in_words() -> None:
    relation = relation_of(scene(DESCRIBED, "car", "dog"))
    for name in ("cmi", "sc", "abs"):
        assert any(cue.rule.startswith(name) and cue.detail for cue in relation.cues)


def test_features_of_an_unlinked_pair_say_so() -> None:
    found = features(scene(STRANGE, "ledger"), ())
    assert found["none"] == 1.0 and found["covered"] == 0.0


def test_matching_texts_score_above_strangers() -> None:
    matcher, linkers, combiner = load_pair_matcher(), all_linkers(), load_combiner()
    own, strange = scene(DESCRIBED, "car", "dog"), scene(STRANGE, "ledger")
    chances = [matcher.probability(pair, link_pair(pair, linkers, combiner)) for pair in (own, strange)]
    assert chances[0] > 0.5 > chances[1]


def test_softmax_learns_a_rule_and_repeats() -> None:
    rows = [{"shared": 1.0}, {"shared": 0.0}] * 20
    fitted = fit_softmax(rows, [1.0, 0.0] * 20, (0.0, 1.0))
    assert fitted == fit_softmax(rows, [1.0, 0.0] * 20, (0.0, 1.0))
    assert fitted["1.0"]["shared"] > 0 > fitted["0.0"]["shared"]
