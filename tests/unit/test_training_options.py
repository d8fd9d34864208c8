"""The options of a training: read as they are written, described in the window, and left to the preset."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from desktop.item_models.option_words import option_words
from engine.errors import UsageError
from engine.jobs.train import TASKS, options_of, train_model
from engine.progress import silent
from engine.training import segmentation
from engine.training.segmentation_options import PRESETS, SegmentationOptions


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[SegmentationOptions]:
    """Note what would be trained."""
    pytest.importorskip("torch")
    found: list[SegmentationOptions] = []

    def note(_data: Path, _out: Path, options: SegmentationOptions, **_: Any) -> None:
        found.append(options)
        raise UsageError("noted")

    monkeypatch.setattr(segmentation, "train_with", note)
    return found


def _train(tmp_path: Path, name: str, *settings: str) -> None:
    with pytest.raises(UsageError, match="noted"):
        train_model("segmentation", tmp_path, tmp_path / name, settings=settings, progress=silent)


def test_what_is_not_given_is_the_preset_s(tmp_path: Path, chosen: list[SegmentationOptions]) -> None:
    _train(tmp_path, "own", "preset=published", "epochs=3", "mosaic=0")
    _train(tmp_path, "lungs")
    assert chosen[0].gray and (chosen[0].optimizer, chosen[0].epochs, chosen[0].mosaic) == ("SGD", 3, 0)
    assert chosen[1] == PRESETS["lungs"]


def test_a_preset_can_be_overruled(tmp_path: Path, chosen: list[SegmentationOptions]) -> None:
    settings = ("gray=no", "flip-lr=0.5", "patience=0", "also=a,b", "scenes=", "start=w.onnx")
    _train(tmp_path, "lungs", *settings)
    (options,) = chosen
    assert not options.gray and (options.flip_lr, options.patience) == (0.5, 0)
    assert (options.also, options.start) == (("a", "b"), Path("w.onnx"))


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("epochs=many", "not a whole number"),
        ("gray=perhaps", "not yes or no"),
        ("scale=x", "not a number"),
        ("epochs=0", "more than 0"),
        ("threads=-1", "more than 0"),
        ("epoch=3", "no option 'epoch'"),
        ("epochs", "NAME=VALUE"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, setting: str, said: str) -> None:
    pytest.importorskip("torch")
    with pytest.raises(UsageError, match=said):
        train_model("segmentation", tmp_path, tmp_path / "own", settings=[setting], progress=silent)


@pytest.mark.parametrize("task", TASKS)
def test_the_window_says_what_each_option_does(task: str) -> None:
    pytest.importorskip("torch")
    options = options_of(import_module(f"engine.training.{task}").train)
    assert [name for name in options if not option_words(name)] == []
