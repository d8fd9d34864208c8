"""Train a YOLO model on a labeled folder, and export it for the CPU."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.hashing import file_sha256
from engine.progress import ReportProgress, silent
from engine.segmenters.conversion import export_onnx
from engine.segmenters.yolo_folder import has_polygons, label_table, read_folder
from engine.training.model_folder import CardText, halve_weights, write_model_folder
from engine.training.outlines import train as train_outlines
from engine.training.segmentation_options import PRESETS, SegmentationOptions
from engine.training.weak_masks import grow_mask
from engine.training.yolo_data import TrainingSet, gather, write_training_set
from engine.training.yolo_trainer import fit_yolo
from engine.weights import ModelCard


def train(  # noqa: PLR0913 # each one is an option of the command line
    data: Path,
    out: Path,
    *,
    preset: str = "",
    include: Path | None = None,
    also: tuple[str, ...] = (),
    same_as: tuple[str, ...] = (),
    shape: str = "",
    start: Path | None = None,
    precision: str = "",
    input_px: int | None = None,
    epochs: int | None = None,
    max_minutes: float | None = None,
    batch: int | None = None,
    learning_rate: float | None = None,
    optimizer: str = "",
    gray: bool | None = None,
    flip_lr: float | None = None,
    flip_ud: float | None = None,
    degrees: float | None = None,
    scale: float | None = None,
    mosaic: float | None = None,
    mixup: float | None = None,
    plain_share: float | None = None,
    held_out: float | None = None,
    patience: int | None = None,
    outline_epochs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    device: str = "",
    scenes: tuple[str, ...] = (),
    licence: str = "",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on ``data`` (``images/``, ``labels/``, ``classes.txt``) and write a model folder to ``out``.

    The options are those of ``SegmentationOptions``; what is not given (None or empty) is taken from
    ``preset``, by default the one named like ``out``, else from the general defaults.
    Raises UsageError where the folder cannot be used.
    """
    given = {
        "include": include,
        "also": also,
        "same_as": same_as,
        "shape": shape,
        "start": start,
        "precision": precision,
        "input_px": input_px,
        "epochs": epochs,
        "max_minutes": max_minutes,
        "batch": batch,
        "learning_rate": learning_rate,
        "optimizer": optimizer,
        "gray": gray,
        "flip_lr": flip_lr,
        "flip_ud": flip_ud,
        "degrees": degrees,
        "scale": scale,
        "mosaic": mosaic,
        "mixup": mixup,
        "plain_share": plain_share,
        "held_out": held_out,
        "patience": patience,
        "outline_epochs": outline_epochs,
        "seed": seed,
        "threads": threads,
        "device": device,
        "scenes": scenes,
        "licence": licence,
    }
    if preset and preset not in PRESETS:
        raise UsageError(f"no preset {preset!r}; there are: {', '.join(PRESETS)}")
    base = PRESETS.get(preset or out.name, SegmentationOptions())
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value not in (None, "", ())}
    return train_with(data, out, replace(base, **chosen), progress=progress)


_OUTLINES = "outlines"


def train_with(
    data: Path, out: Path, chosen: SegmentationOptions, *, progress: ReportProgress = silent
) -> ModelCard:
    """Train as ``chosen`` and write a model folder to ``out``.

    Beside ``model.toml``, ``CARD.md`` and the ONNX file it leaves ``training.csv``, the losses of
    each epoch, and ``held_out.txt``, the names of the pictures it did not see. Raises UsageError
    where the folder cannot be used, ModelMissing without ultralytics, Cancelled when asked to stop.
    """
    folders = [read_folder(data, include=chosen.include), *(read_folder(Path(more)) for more in chosen.also)]
    polygons = any(has_polygons(folder) for folder in folders)
    masks = _learns_masks(polygons, chosen.shape)
    grown = masks and not polygons
    learned = gather(folders, share=chosen.held_out, seed=chosen.seed, same_as=label_table(chosen.same_as))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casebook-train-") as scratch:
        work = Path(scratch)
        data_file = write_training_set(
            learned, work / "data", convert=grow_mask if grown else lambda _, rows: rows
        )
        best = fit_yolo(data_file, work, chosen, masks=masks, progress=progress)
        out.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(best.parent.parent / "results.csv", out / "training.csv")
        weights = out / f"{out.name}.onnx"
        shutil.copyfile(export_onnx(best, size_px=chosen.input_px), weights)
        halve_weights(weights)
    names = "".join(f"{example.picture.name}\n" for example in learned.held_out)
    (out / "held_out.txt").write_text(names, encoding="utf-8")
    epochs = len((out / "training.csv").read_text(encoding="utf-8").splitlines()) - 1
    text = _card(learned, data, out.name, replace(chosen, epochs=epochs), masks=masks, grown=grown)
    minutes = (time.monotonic() - started) / 60
    text = replace(text, training=f"{text.training}\n\nIt took {minutes:.0f} minutes on {chosen.device}.")
    if chosen.outline_epochs and polygons:
        train_outlines(
            data,
            out / _OUTLINES,
            include=chosen.include,
            epochs=chosen.outline_epochs,
            held_out=chosen.held_out,
            seed=chosen.seed,
            threads=chosen.threads,
            progress=progress,
        )
        text = replace(text, parameters=(*text.parameters, ("outlines", _OUTLINES)))
    return write_model_folder(out, text, weights=weights, sha256=file_sha256(weights))


def _learns_masks(polygons: bool, shape: str) -> bool:
    if shape not in ("auto", "mask", "box"):
        raise UsageError(f"shape {shape!r} is not one of auto, mask, box")
    return shape == "mask" or (shape == "auto" and polygons)


def _card(
    learned: TrainingSet, data: Path, name: str, options: SegmentationOptions, *, masks: bool, grown: bool
) -> CardText:
    settings = [f"include={options.include.name}"] if options.include else []
    settings += [f"also={','.join(Path(folder).name for folder in options.also)}"] if options.also else []
    settings += [f"same_as={','.join(options.same_as)}"] if options.same_as else []
    said = "".join(f" --set {setting}" for setting in settings)
    weak = " Masks were grown inside the boxes and are weak." if grown else ""
    folders = ", ".join(Path(folder).name for folder in (str(data), *options.also))
    return CardText(
        name=name,
        task="segmentation" if masks else "detection",
        labels=learned.labels,
        scenes=options.scenes,
        licence=options.licence,
        summary=options.summary,
        data=(
            f"{folders}: {len(learned.seen)} pictures to train on, {len(learned.held_out)} held out"
            f" (seed {options.seed}; held_out.txt).{weak}"
        ),
        training=(
            f"casebook train segmentation {data.name}{said} --out {name}\n"
            f"    # {options.architecture} from {options.start.name if options.start else 'random weights'}, "
            f"{options.input_px} px, {options.epochs} epochs, batch {options.batch}, "
            f"{options.optimizer} learning rate {options.learning_rate:g}, seed {options.seed}"
        ),
        parameters=(
            ("input_px", str(options.input_px)),
            ("gray", "yes" if options.gray else "no"),
            *((("same_as", ", ".join(options.same_as)),) if options.same_as else ()),
            *options.parameters,
        ),
    )
