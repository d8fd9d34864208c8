"""Networks of pictures and texts: trained on little, exported, and asked again without torch."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Raster

from engine.errors import UsageError
from engine.evaluation import pairs as judge_pairs
from engine.evaluation import relations as judge_relations
from engine.relations.autoencoder import PADDING, UNKNOWN, Words
from engine.training import pairs, relations
from engine.training.stopping import Best

_COLORS = {"red": (200, 30, 30), "blue": (30, 30, 200)}


def folder_of_pictures(folder: Path, count: int) -> Path:
    """Write red and blue pictures with a note and a matching pair for each."""
    (folder / "images").mkdir(parents=True)
    rows = []
    for number in range(count):
        color = tuple(_COLORS)[number % 2]
        name = f"{color}-{number}.png"
        noise = np.random.default_rng(number).integers(0, 40, (40, 40, 3))
        pixels = np.clip(noise + np.array(_COLORS[color]), 0, 255).astype(np.uint8)
        Raster.fromarray(pixels).save(folder / "images" / name)
        general = number % 4 < 2
        text = (
            f"A wall must be {color} by law. It may cost {number} pounds."
            if general
            else f"The wall is {color}."
        )
        rows.append(
            {"image": name, "text": text, "cmi": 0.25 if general else 1, "sc": 0.5 if general else 1}
            | {"abs": "text" if general else "equal", "links": []}
        )
    matching = [{"image": f"images/{row['image']}", "text": row["text"], "label": 1} for row in rows]
    (folder / "notes.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "pairs.jsonl").write_text("\n".join(map(json.dumps, matching)), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_pair_network_is_trained_measured_and_asked(tmp_path: Path) -> None:
    data = folder_of_pictures(tmp_path / "data", 24)
    card = pairs.train(data, tmp_path / "own-pairs", matcher="network", epochs=2)
    assert card.task == "pairs" and card.format == "onnx"
    assert "unseen" in (tmp_path / "own-pairs" / "CARD.md").read_text(encoding="utf-8")
    figures = judge_pairs.evaluate(data, model=str(tmp_path / "own-pairs"))
    assert figures["accuracy"] is not None and 0 <= figures["accuracy"] <= 1


@pytest.mark.slow
def test_an_autoencoder_learns_what_its_notes_say(tmp_path: Path) -> None:
    data = folder_of_pictures(tmp_path / "data", 24)
    relations.train(data, tmp_path / "ae", estimator="autoencoder", epochs=40, patience=40)
    figures = judge_relations.evaluate(data, model=str(tmp_path / "ae"))
    assert figures["abs_accuracy"] is not None and figures["abs_majority"] is not None
    assert figures["abs_accuracy"] > figures["abs_majority"]


def test_a_network_of_another_task_is_refused(tmp_path: Path) -> None:
    data = folder_of_pictures(tmp_path / "data", 4)
    with pytest.raises(UsageError, match="not a network that relates"):
        judge_relations.evaluate(data, model="modality")
    with pytest.raises(UsageError, match="not a network that matches"):
        judge_pairs.evaluate(data, model="modality")


def test_unknown_choices_are_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="features, autoencoder"):
        relations.train(tmp_path, tmp_path / "out", estimator="oracle")
    with pytest.raises(UsageError, match="features, network"):
        pairs.train(tmp_path, tmp_path / "out", matcher="oracle")


def test_a_value_that_is_no_step_is_named_in_one_line(tmp_path: Path) -> None:
    row = {"image": "a.png", "text": "A wall.", "cmi": 0.6, "sc": 1, "abs": "equal", "links": []}
    (tmp_path / "notes.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(UsageError, match=r"a\.png needs cmi, one of 0, 0\.25"):
        relations.train(tmp_path, tmp_path / "out", estimator="autoencoder")


def test_words_keep_sentences_apart_and_forget_the_unknown() -> None:
    numbers = Words(["red", "wall"]).encode("Red wall. Blue wall")
    assert numbers[0, :3].tolist() == [2, 3, UNKNOWN]
    assert numbers[1, :3].tolist() == [UNKNOWN, 3, PADDING]


def test_the_best_weights_come_back() -> None:
    class Network:
        def __init__(self) -> None:
            self.weights = {"w": 0}

        def state_dict(self) -> dict[str, int]:
            return self.weights

        def load_state_dict(self, state: dict[str, int]) -> None:
            self.weights = state

    network, best = Network(), Best(patience=2)
    over = []
    for epoch, loss in enumerate((3.0, 1.0, 2.0, 4.0)):
        network.weights = {"w": epoch}
        over.append(best.is_over(network, loss))
    best.restore(network)
    assert over == [False, False, False, True]
    assert network.weights == {"w": 1}
