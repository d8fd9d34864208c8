"""Scores become probabilities, and the error of those that are none is measured."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import ModelMismatch
from engine.evaluation.reliability import expected_error, reliability
from engine.segmenters.calibration import Line, fit_line, read_lines, write_lines
from engine.segmenters.detections import decode


def boastful(count: int = 4000) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return scores of which only ``sigmoid(0.5 * log-odds - 1)`` are right, and which are."""
    rng = np.random.default_rng(1)
    scores = rng.uniform(0.06, 0.99, count)
    chances = Line(slope=0.5, offset=-1.0).probabilities(scores)
    return scores, rng.uniform(size=count) < chances


def test_the_line_that_made_the_hits_is_found_and_ends_the_error() -> None:
    scores, hits = boastful()
    line = fit_line(scores, hits)
    assert (line.slope, line.offset) == pytest.approx((0.5, -1.0), abs=0.1)
    assert expected_error(reliability(scores, hits)) > 0.15
    assert expected_error(reliability(line.probabilities(scores), hits)) < 0.03


def test_few_detections_change_little() -> None:
    line = fit_line(np.array([0.8]), np.array([False]))
    assert (line.slope, line.offset) == pytest.approx((1.0, 0.0), abs=0.3)


def test_lines_are_written_and_read() -> None:
    lines = {"right lung": Line(slope=1.25, offset=-0.5), "RBC": Line(slope=0.5, offset=0.0)}
    assert read_lines(write_lines(lines)) == lines
    assert read_lines("") == {}
    with pytest.raises(ModelMismatch, match="SLOPE"):
        read_lines("RBC one two")


def test_the_least_score_is_of_the_calibrated_ones() -> None:
    output = np.array([(50, 50, 40, 40, 0.5, 0.0), (150, 50, 40, 40, 0.9, 0.0)], np.float32).T[None]
    lines = {"a": Line(slope=1.0, offset=-1.0)}
    found = decode(output, ("a", "b"), confidence=0.5, overlap=0.7, calibration=lines)
    assert found.scores.tolist() == pytest.approx([9 / (9 + np.e)], abs=1e-4)
    suppressing = np.array([[[10, 20, 30, 40, 0.9, 0.0], [0, 0, 1, 1, 0.5, 0.0]]], np.float32)
    found = decode(suppressing, ("a", "b"), confidence=0.5, overlap=0.7, calibration=lines)
    assert found.scores.tolist() == pytest.approx([9 / (9 + np.e)], abs=1e-4)
