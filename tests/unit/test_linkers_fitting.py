"""The fits find what is there, the same way each time; scoring follows the written rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.linkers.combine import combiner_from, probability
from engine.linkers.gold import read_labeled_pairs, read_notes
from engine.linkers.kinds import Kin, Kinds
from engine.linkers.logistic import fit_choice, fit_logistic
from engine.linkers.scoring import Tally, same_regions
from engine.model.evidence import CaseKind
from engine.vocabulary import load_vocabulary
from tests.unit.linking_scene import entity, note, pair_of, picture, region


def test_logistic_regression_separates_and_repeats() -> None:
    rows = [{"agrees": 1.0}] * 30 + [{"differs": 1.0}] * 30
    weights = fit_logistic(rows, [True] * 30 + [False] * 30)
    assert weights == fit_logistic(rows, [True] * 30 + [False] * 30)
    assert probability({"agrees": 1.0}, weights) > 0.85
    assert probability({"differs": 1.0}, weights) < 0.15


def test_choice_learns_which_cue_decides() -> None:
    offers = [([{"color": 1.0}, {"size": 1.0}], 0)] * 20
    weights = fit_choice(offers, {"color": 0.5, "size": 0.5})
    assert weights["color"] > 0.5 > weights["size"]


def test_kinship_follows_the_hierarchy() -> None:
    kinds = Kinds(load_vocabulary(CaseKind.FORENSIC))
    assert kinds.compare("cars", "car").kin is Kin.SAME
    assert kinds.compare("sedan", "car").kin is Kin.KIND_OF
    assert kinds.compare("vehicle", "car").kin is Kin.GENERAL
    assert kinds.compare("sedan", "dog").kin is Kin.NONE
    assert kinds.compare("bride", "person").kin is Kin.KIND_OF  # she is nothing else
    assert kinds.compare("table", "person").kin is Kin.NONE
    assert kinds.is_person("person") and not kinds.is_person("car")


def test_two_empty_sets_are_the_same_and_half_is_not() -> None:
    assert same_regions(frozenset(), frozenset())
    assert not same_regions(frozenset({1}), frozenset({1, 2}))
    assert same_regions(frozenset({1, 2}), frozenset({1, 2, 3}))


def test_a_tally_without_answers_has_no_figures() -> None:
    tally = Tally()
    assert tally.figures() == {"precision": None, "recall": None, "f1": None}
    tally.add(2, 3, 4)
    assert tally.figures("x_")["x_f1"] == pytest.approx(4 / 7)


def test_wrong_rows_are_named_by_their_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"image": "a.jpg", "text": "x"}\n{"image": "a.jpg"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="line 2"):
        read_notes(path)
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(json.dumps({"image": "images/a.jpg", "text": "x", "label": 2}), encoding="utf-8")
    with pytest.raises(UsageError, match="line 1"):
        read_labeled_pairs(pairs)


def test_gold_notes_keep_spans_lines_and_values(tmp_path: Path) -> None:
    row = {
        "image": "a.jpg",
        "text": "a dog",
        "links": [{"phrase": "a dog", "start": 0, "end": 5, "regions": [1, 0], "relation": "absent-ok"}],
        "cmi": 0.25,
        "sc": -1,
        "abs": "image",
    }
    path = tmp_path / "notes.jsonl"
    path.write_text("\ufeff" + json.dumps(row) + "\n\n", encoding="utf-8")
    (found,) = read_notes(path)
    assert (found.cmi, found.sc, found.abs) == (0.25, -1.0, 1)
    assert found.links[0].relation is None and found.links[0].lines == {0, 1}
    assert found.report.text == "a dog"


def test_pairs_in_tests_have_words_where_they_say() -> None:
    image, report = picture(), note("A red car.")
    pair = pair_of(image, (region(image, "car", (0, 0, 9, 9), "red"),), report, (entity(report, "car"),))
    (found,) = pair.report_side.entities
    assert report.text[found.span.start : found.span.end] == "car"


@pytest.mark.parametrize("bias", [-0.5, -1.36, -3.0])
def test_what_names_a_thing_is_as_sure_whatever_bias_the_words_learned(bias: float) -> None:
    parts = {part: {"bias": 0.0} for part in ("choice", "offer", "exact", "against")}
    combiner = combiner_from({**parts, "about": {"bias": bias}, "threshold": {"about": 0.5}})
    assert probability({"wrong-time": 1.0}, combiner.about) == pytest.approx(0.838, abs=0.001)
    assert combiner.about["loosely-tied"] == -1.5
