"""What a new model can do, measured on the pictures it was not shown, goes into its card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.evaluation.reliability import cross_fitted, expected_error, fit_lines
from engine.evaluation.scene_plots import write_training_curves
from engine.evaluation.scenes import evaluate as evaluate_scenes
from engine.evaluation.segmentation import figures, measure
from engine.evaluation.segmentation_plots import write_plots, write_training_curve
from engine.segmenters.calibration import write_lines
from engine.segmenters.yolo_folder import has_polygons, read_folder
from engine.weights import ModelCard, read_card, write_card

# A probability: what is shown is as likely right as wrong, or likelier.
_SHOWN = "0.5"
_UNMEASURED = "Not evaluated yet: run `casebook evaluate`."


def complete_card(data: Path, folder: Path) -> ModelCard:
    """Measure the model in ``folder`` on its held-out pictures of ``data``, calibrate it, and say so.

    Where nothing was held out, only the curve of the training is drawn.
    """
    card = read_card(folder, origin="trained")
    write_training_curve(folder / "training.csv", folder / "training.png")
    held_out = folder / "held_out.txt"
    if not held_out.read_text(encoding="utf-8").strip():
        return card
    labeled = read_folder(data, include=held_out)
    masks = has_polygons(labeled)
    raw = measure([card], labeled, labeled.pictures)
    before = figures(raw, default_threshold=0.25, masks=masks)
    lines = fit_lines(raw)
    after_error = expected_error(cross_fitted(raw))
    parameters = {**dict(card.parameters), "confidence": _SHOWN}
    if after_error < (before["ece"] or 0.0):  # else too little was held out to say better
        parameters["calibration"] = write_lines(lines)
    card = replace(card, parameters=tuple(sorted(parameters.items())))
    write_card(folder, card)
    calibrated = measure([card], labeled, labeled.pictures)
    after = figures(calibrated, default_threshold=float(_SHOWN), masks=masks)
    write_plots(calibrated, folder / "plots", raw=raw)
    _say(folder / "CARD.md", before, after, after_error, len(labeled.pictures))
    return card


def complete_scene_card(data: Path, folder: Path) -> ModelCard:
    """Draw how the scene model in ``folder`` was trained, measure it on its held-out pictures, and say so."""
    write_training_curves(folder / "training.csv", folder / "training.png")
    held_out = folder / "held_out.txt"
    count = len(held_out.read_text(encoding="utf-8").splitlines())
    if count:
        found = evaluate_scenes(data, model=str(folder), plots=folder / "plots", include=held_out)
        report = (folder / "plots" / "report.csv").read_text(encoding="utf-8").splitlines()
        table = [
            f"On the {count} held-out pictures, which come from the sources that it was trained on:",
            "",
            "| figure | value |",
            "|---|---|",
            *(f"| {name} | {value:.3f} |" for name, value in found.items() if value is not None),
            "",
            f"| {' | '.join(report[0].split(','))} |",
            "|---|---|---|---|---|",
            *(f"| {' | '.join(line.split(','))} |" for line in report[1:]),
            "",
            _picture("Confusion", "plots/confusion.png"),
            "",
            _picture("A map of the features", "plots/features.png"),
            "",
            _picture("Training", "training.png"),
        ]
        card = folder / "CARD.md"
        said = card.read_text(encoding="utf-8").replace(_UNMEASURED, "\n".join(table))
        card.write_text(said, encoding="utf-8")
    return read_card(folder, origin="trained")


def _say(
    card: Path, before: dict[str, float | None], after: dict[str, float | None], error: float, pictures: int
) -> None:
    """Put the figures into ``CARD.md``."""
    shown = [
        f"| {name} | {value:.3f} |" for name, value in after.items() if value is not None and name != "ece"
    ]
    table = [
        f"On the {pictures} held-out pictures (threshold and calibration were fitted on them too):",
        "",
        "| figure | value |",
        "|---|---|",
        *shown,
        f"| calibration error (ECE) before | {before['ece']:.3f} |",
        f"| the same after, fitted without the picture's fold | {error:.3f} |",
        "",
        _picture("Precision and recall, reliability, confusion", "plots/curves.png"),
        "",
        _picture("Training", "training.png"),
    ]
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace(_UNMEASURED, "\n".join(table)), encoding="utf-8")


def _picture(title: str, picture: str) -> str:
    """Return a picture of the model's folder in Markdown; its tables lie beside it."""
    return f"![{title}]({picture})"
