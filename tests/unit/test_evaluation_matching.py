"""Average precision and matching against figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.evaluation.matching import Area, average_precision, match, operating_curve, overlap
from engine.evaluation.scenes import confusion_table
from engine.evaluation.scenes import figures as scene_figures
from engine.evaluation.segmentation import figures
from engine.evaluation.segmentation_plots import write_plots


def box(left: float, label: str = "a", score: float = 1.0, size: float = 10) -> Area:
    return Area(label=label, score=score, box=(left, 0, left + size, size))


def test_each_gold_object_is_found_once_by_the_best_score() -> None:
    matched = match([box(1, score=0.5), box(0, score=0.9), box(50, score=0.8), box(0, "b", 0.7)], [box(0)])
    assert matched.labels == ("a", "a", "b", "a")
    assert matched.hits[:, 0].tolist() == [True, False, False, False]
    assert matched.gold.tolist() == [0, -1, -1, -1]


def test_a_looser_box_counts_at_lower_levels_only() -> None:
    matched = match([box(2)], [box(0)])  # IoU 8/12
    assert matched.overlaps.tolist() == pytest.approx([2 / 3])
    assert matched.hits[0].tolist() == [True] * 4 + [False] * 6


def test_masks_count_before_boxes() -> None:
    full, half = np.ones((10, 10), np.bool_), np.ones((10, 10), np.bool_)
    half[:, 5:] = False
    a = Area(label="a", score=1, box=(0, 0, 10, 10), mask=full)
    b = Area(label="a", score=1, box=(0, 0, 10, 10), mask=half)
    assert overlap(a, b) == 0.5


def test_average_precision_by_hand() -> None:
    # Hits at ranks 1 and 3 of two gold objects: precision 1 up to recall 0.5, then 2/3.
    scores, hits = np.array([0.9, 0.8, 0.7]), np.array([True, False, True])
    assert average_precision(scores, hits, 2) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3, abs=0.01)
    assert average_precision(scores, np.ones(3, np.bool_), 3) == pytest.approx(1, abs=0.006)
    assert average_precision(scores, np.zeros(3, np.bool_), 3) == 0
    assert average_precision(np.zeros(0), np.zeros(0, np.bool_), 3) == 0


def test_average_precision_is_that_of_ultralytics() -> None:
    metrics = pytest.importorskip("ultralytics.utils.metrics")
    rng = np.random.default_rng(0)
    for _ in range(20):
        count, gold = int(rng.integers(1, 40)), 30
        scores, hits = np.sort(rng.random(count))[::-1], rng.random(count) < 0.6
        found = np.cumsum(hits)
        theirs, _, _ = metrics.compute_ap(found / gold, found / np.arange(1, count + 1))
        assert average_precision(scores, hits, gold) == pytest.approx(theirs, abs=1e-9)


def test_the_operating_curve_has_one_point_per_score() -> None:
    points = operating_curve(np.array([0.9, 0.5, 0.5]), np.array([True, False, True]), 4)
    assert [(p.threshold, p.precision, p.recall) for p in points] == [
        (0.9, 1, 0.25),
        (0.5, pytest.approx(2 / 3), 0.5),
    ]


def test_figures_of_two_pictures(tmp_path: Path) -> None:
    matched = [
        match([box(0, score=0.9), box(40, score=0.3)], [box(0), box(100)]),
        match([box(0, "b", 0.8)], [box(0, "b")]),
    ]
    result = figures(matched, default_threshold=0.25, masks=False)
    assert result["precision"] == 1
    assert result["recall"] == pytest.approx(2 / 3)
    assert result["f1"] == pytest.approx(0.8)
    assert result["f1_default"] == pytest.approx(2 / 3)
    assert result["map50"] == pytest.approx((0.5 + 1) / 2, abs=0.01)
    assert result["mask_iou"] is None
    write_plots(matched, tmp_path / "plots", raw=matched)
    table = (tmp_path / "plots" / "confusion.csv").read_text()
    assert table == "is,a,b,nothing\na,1,0,1\nb,0,1,0\nnothing,0,0,0\n"
    assert "as shown,0.9000,1.0000,1" in (tmp_path / "plots" / "reliability.csv").read_text()
    raw = [match([box(0, score=0.7)], [box(0)]), match([box(0, "b", 0.8)], [box(0, "b")])]
    write_plots(matched, tmp_path / "plots", raw=raw)
    lines = (tmp_path / "plots" / "reliability.csv").read_text().splitlines()
    assert lines[1] == "before calibration,0.7000,1.0000,1" and "as shown,0.9000,1.0000,1" in lines
    # Scores 0.9, 0.8 and 0.3, of which the first two are right.
    assert result["ece"] == pytest.approx((0.1 + 0.2 + 0.3) / 3)


def test_nothing_predicted_is_all_zero() -> None:
    result = figures([match([], [box(0)])], default_threshold=0.25, masks=True)
    assert result == {
        "precision": 0, "recall": 0, "f1": 0, "f1_default": 0, "map50": 0, "map50_95": 0, "mask_iou": 0,
        "ece": 0,
    }  # fmt: skip


def test_scene_figures_are_means_over_gold_classes() -> None:
    gold, predicted = ["a", "a", "b", "b"], ["a", "c", "b", "b"]
    result = scene_figures(gold, predicted)
    assert result["accuracy"] == 0.75
    assert result["macro_precision"] == 1
    assert result["macro_recall"] == 0.75
    assert confusion_table(gold, predicted) == "gold,a,b,c\na,1,0,1\nb,0,2,0\n"
