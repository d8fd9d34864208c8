"""A detector in 8 bits sees what it saw in float32, from a file of half the size."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import UsageError
from engine.segmenters.network import load_network
from engine.training.quantization import main, quantize_model
from engine.weights import find_model, read_card

pytest.importorskip("onnx")


def _smears(folder: Path) -> Path:
    """Draw pictures with round cells, and write them as a YOLO folder."""
    rng = np.random.default_rng(0)
    for name in ("images", "labels"):
        (folder / name).mkdir(parents=True)
    (folder / "classes.txt").write_text("RBC\nWBC\nPlatelets\n", encoding="utf-8")
    for number in range(3):
        picture = np.full((240, 320, 3), 225, np.uint8)
        for x, y in rng.integers(20, 220, (14, 2)):
            cv2.circle(picture, (int(x), int(y)), 14, (150, 140, 205), -1)
        cv2.imwrite(str(folder / "images" / f"{number}.png"), picture)
        (folder / "labels" / f"{number}.txt").write_text("", encoding="utf-8")
    return folder


def test_a_detector_in_8_bits_sees_what_it_saw(tmp_path: Path) -> None:
    shipped = find_model("blood-cells")
    copy = tmp_path / "blood-cells"
    shutil.copytree(shipped.path.parent, copy)
    main([str(copy), str(_smears(tmp_path / "smears"))])
    card = read_card(copy, origin="path")
    card.verify()
    assert card.parameter("bits") == "8"
    assert card.path.stat().st_size < 0.7 * shipped.path.stat().st_size
    picture = np.random.default_rng(1).integers(0, 255, (1, 416, 416, 3), np.uint8)
    (before,), (after,) = (next(load_network(each.path).stream([picture])) for each in (shipped, card))
    assert before.shape == after.shape
    assert float(np.abs(before[:, 4:] - after[:, 4:]).mean()) < 0.01


def test_a_card_without_a_size_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "blood-cells"
    shutil.copytree(find_model("blood-cells").path.parent, copy)
    card_file = copy / "model.toml"
    card_file.write_text(
        card_file.read_text(encoding="utf-8").replace('input_px = "416"', ""), encoding="utf-8"
    )
    smears = _smears(tmp_path / "smears")
    with pytest.raises(UsageError, match="does not say input_px"):
        quantize_model(read_card(copy, origin="path"), sorted((smears / "images").iterdir()))
