"""The vocabulary knows that a sedan is a car and that an enlarged heart is cardiomegaly."""

from __future__ import annotations

import time

import pytest

from engine.model.evidence import CaseKind
from engine.vocabulary import lemma, load_vocabulary, normal_form


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("opacities", "opacity"),
        ("Knives", "knife"),
        ("vertebrae", "vertebra"),
        ("metastases", "metastasis"),
        ("masses", "mass"),
        ("boxes", "box"),
        ("pancreas", "pancreas"),
        ("thorax", "thorax"),
        ("children's", "child"),
        ("bus", "bus"),
    ],
)
def test_lemma_is_the_singular(word: str, singular: str) -> None:
    assert lemma(word) == singular


def test_normal_form_joins_marks_cases_and_numbers() -> None:
    assert normal_form("  Two-Wheelers ") == "two wheeler"
    assert normal_form("Enlarged\nhearts") == "enlarged heart"


@pytest.mark.parametrize("phrase", ["enlarged heart", "Cardiomegaly", "enlarged cardiac silhouette"])
def test_lay_and_clinical_words_name_one_finding(phrase: str) -> None:
    first = load_vocabulary(CaseKind.MEDICAL).concepts(phrase)[0]
    assert (first.id, first.label) == ("HP:0001640", "finding")


def test_hypernyms_and_parts_are_climbed() -> None:
    things, clinical = load_vocabulary(CaseKind.FORENSIC), load_vocabulary(CaseKind.MEDICAL)
    car, sedan = things.concepts("car")[0], things.concepts("sedan")[0]
    assert things.is_a(sedan.id, car.id)
    assert not things.is_a(car.id, sedan.id)
    assert sedan.label == "vehicle"
    assert clinical.is_a(clinical.concepts("left lung")[0].id, clinical.concepts("lung")[0].id)


def test_every_named_concept_can_be_read_and_its_parents_too() -> None:
    for kind in CaseKind:
        vocabulary = load_vocabulary(kind)
        for phrase in list(vocabulary.phrases())[::997]:
            for concept in vocabulary.concepts_of_normal(phrase):
                assert concept.label
                assert vocabulary.concept(concept.id) == concept
                assert concept.id not in vocabulary.ancestors(concept.id)


def test_unknown_phrases_name_nothing() -> None:
    vocabulary = load_vocabulary(CaseKind.FORENSIC)
    assert vocabulary.concepts("") == ()
    assert vocabulary.concepts("qwertzuiop") == ()
    assert vocabulary.concept("WN:nothing") is None


def test_loading_is_quick() -> None:
    load_vocabulary.cache_clear()
    started = time.perf_counter()
    load_vocabulary(CaseKind.FORENSIC)
    assert time.perf_counter() - started < 3.0, "aim 0.3 s; ten times that means something is quadratic"
