"""A model of plain weights: ``weights.json`` in a model folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.hashing import file_sha256
from engine.training.model_folder import CardText, write_model_folder
from engine.weights import ModelCard


def write_weights(weights: Mapping[str, Any], out: Path, text: CardText) -> ModelCard:
    """Write ``weights.json``, ``model.toml`` and ``CARD.md``; returns the card as read."""
    out.mkdir(parents=True, exist_ok=True)
    target = out / "weights.json"
    target.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return write_model_folder(out, text, weights=target, sha256=file_sha256(target))


def figures_text(figures: Mapping[str, float | None]) -> str:
    """Return figures in one line of words for a model card."""
    return ", ".join(f"{name} {value:.3f}" for name, value in figures.items() if value is not None)
