"""Train a YOLO model on a labeled folder, and export it for the CPU."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.errors import ModelMissing, UsageError
from engine.hashing import file_sha256
from engine.progress import Progress, ReportProgress, silent
from engine.segmenters.conversion import export_onnx
from engine.segmenters.yolo_folder import YoloFolder, has_polygons, read_folder
from engine.settings import go_offline
from engine.training.model_folder import CardText, halve_weights, write_model_folder
from engine.training.yolo_data import grow_mask, split, write_training_set
from engine.weights import ModelCard


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentationOptions:
    """How to train.

    ``include``: a text file with the names of the pictures to use. ``shape``: ``auto`` learns
    masks from polygons and boxes from boxes; ``mask`` grows weak masks inside boxes; ``box``
    learns boxes. ``start``: a ``.pt`` to start from, else random weights. ``flip_lr`` and
    ``flip_ud``: chance of a mirrored picture (0 where sides have names). ``held_out``: share of
    pictures kept apart. ``max_minutes``: an end to the training time, the number of epochs then follows
    from the speed (0: none). ``scenes``, ``licence``, ``summary`` and ``parameters`` go into the card.
    """

    include: Path | None = None
    shape: str = "auto"
    architecture: str = "yolo11n"
    start: Path | None = None
    input_px: int = 416
    epochs: int = 100
    max_minutes: float = 0.0
    batch: int = 8
    learning_rate: float = 0.0015
    optimizer: str = "AdamW"
    gray: bool = False
    flip_lr: float = 0.5
    flip_ud: float = 0.0
    degrees: float = 7.0
    scale: float = 0.35
    mosaic: float = 0.4
    held_out: float = 0.15
    patience: int = 0
    seed: int = 0
    threads: int = 2
    device: str = "cpu"
    scenes: tuple[str, ...] = ()
    licence: str = ""
    summary: str = ""
    parameters: tuple[tuple[str, str], ...] = ()


PRESETS = {
    "published": SegmentationOptions(
        input_px=256, gray=True, learning_rate=0.01, optimizer="SGD", epochs=256, flip_lr=0.0
    ),
    "lungs": SegmentationOptions(
        input_px=256,
        epochs=160,
        gray=True,
        flip_lr=0.0,
        held_out=0.0,
        scenes=("chest-xray",),
        summary="Outlines the right and the left lung (the patient's sides) in frontal chest radiographs.",
        parameters=(("most_per_label", "1"), ("zones", "lung")),
    ),
    "blood-cells": SegmentationOptions(
        input_px=320,
        epochs=60,
        flip_ud=0.5,
        degrees=10.0,
        mosaic=0.5,
        scenes=("blood-smear",),
        summary="Finds red cells (RBC), white cells (WBC) and platelets in photographs of blood smears.",
    ),
    "firearms": SegmentationOptions(
        input_px=320,
        epochs=60,
        shape="box",
        scenes=("photograph",),
        summary="Finds guns in photographs.",
    ),
}


def train(
    data: Path,
    out: Path,
    *,
    options: SegmentationOptions | None = None,
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on ``data`` (``images/``, ``labels/``, ``classes.txt``) and write a model folder to ``out``.

    Without options the preset named like ``out`` is taken, if there is one. Beside ``model.toml``,
    ``CARD.md`` and the ONNX file it leaves ``training.csv``, the losses of each epoch, and
    ``held_out.txt``, the names of the pictures it did not see. Raises UsageError where the folder
    cannot be used, ModelMissing without ultralytics, Cancelled when asked to stop.
    """
    chosen = options or PRESETS.get(out.name, SegmentationOptions())
    folder = read_folder(data, include=chosen.include)
    masks = _learns_masks(folder, chosen.shape)
    grown = masks and not has_polygons(folder)
    seen, held_out = split(folder.pictures, chosen.held_out, chosen.seed)
    out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casebook-train-") as scratch:
        work = Path(scratch)
        data_file = write_training_set(
            folder,
            work / "data",
            train=seen,
            held_out=held_out,
            convert=grow_mask if grown else lambda _, rows: rows,
        )
        best = _fit(data_file, work, chosen, masks=masks, progress=progress)
        shutil.copyfile(best.parent.parent / "results.csv", out / "training.csv")
        weights = out / f"{out.name}.onnx"
        shutil.copyfile(export_onnx(best, size_px=chosen.input_px), weights)
        halve_weights(weights)
    (out / "held_out.txt").write_text("".join(f"{p.name}\n" for p in held_out), encoding="utf-8")
    text = _card(folder, out.name, chosen, masks=masks, grown=grown, counts=(len(seen), len(held_out)))
    minutes = (time.monotonic() - started) / 60
    text = replace(text, training=f"{text.training}\n\nIt took {minutes:.0f} minutes on {chosen.device}.")
    return write_model_folder(out, text, weights=weights, sha256=file_sha256(weights))


def _learns_masks(folder: YoloFolder, shape: str) -> bool:
    if shape not in ("auto", "mask", "box"):
        raise UsageError(f"shape {shape!r} is not one of auto, mask, box")
    return shape == "mask" or (shape == "auto" and has_polygons(folder))


def _fit(
    data_file: Path, work: Path, options: SegmentationOptions, *, masks: bool, progress: ReportProgress
) -> Path:
    """Run ultralytics' trainer, offline and quiet; return the last weights."""
    go_offline()
    try:
        import torch
        from ultralytics import YOLO
    except ImportError as error:
        raise ModelMissing("training needs ultralytics and torch: install casebook[training]") from error
    torch.set_num_threads(options.threads)
    network = YOLO(f"{options.architecture}{'-seg' if masks else ''}.yaml")
    if options.start:
        network.load(str(options.start))
    network.add_callback("on_train_epoch_end", _tell(progress))
    color = 0.0 if options.gray else 0.4
    network.train(
        data=str(data_file),
        project=str(work),
        name="run",
        imgsz=options.input_px,
        epochs=options.epochs,
        time=options.max_minutes / 60 or None,
        batch=options.batch,
        lr0=options.learning_rate,
        optimizer=options.optimizer,
        nbs=options.batch,  # a step after each batch: small sets have too few to save them up
        cos_lr=True,
        seed=options.seed,
        deterministic=True,
        device=options.device,
        amp=options.device != "cpu",
        workers=0,
        cache="ram",
        fliplr=options.flip_lr,
        flipud=options.flip_ud,
        degrees=options.degrees,
        scale=options.scale,
        mosaic=options.mosaic,
        close_mosaic=options.epochs // 3,
        hsv_h=0.0 if options.gray else 0.015,
        hsv_s=color,
        hsv_v=0.4,
        patience=options.patience or options.epochs,
        val=options.patience > 0,
        plots=False,
        verbose=False,
    )
    weights = work / "run" / "weights"
    return weights / ("best.pt" if options.patience else "last.pt")


def _tell(progress: ReportProgress) -> Callable[[Any], None]:
    def tell(trainer: Any) -> None:
        losses = trainer.label_loss_items(trainer.tloss, prefix="train")
        shown = " ".join(f"{name.rsplit('/', 1)[-1]} {float(value):.2f}" for name, value in losses.items())
        progress(Progress(step="train", done=trainer.epoch + 1, total=trainer.epochs, item=shown))

    return tell


def _card(
    folder: YoloFolder,
    name: str,
    options: SegmentationOptions,
    *,
    masks: bool,
    grown: bool,
    counts: tuple[int, int],
) -> CardText:
    included = f" --include {options.include.name}" if options.include else ""
    weak = " Masks were grown inside the boxes (Otsu) and are weak." if grown else ""
    return CardText(
        name=name,
        task="segmentation" if masks else "detection",
        labels=folder.labels,
        scenes=options.scenes,
        licence=options.licence,
        summary=options.summary,
        data=(
            f"Folder {folder.root.name}: {counts[0]} pictures to train on, {counts[1]} held out"
            f" (seed {options.seed}; held_out.txt).{weak}"
        ),
        training=(
            f"casebook train segmentation {folder.root.name}{included} --out {name}\n"
            f"    # {options.architecture} from {options.start.name if options.start else 'random weights'}, "
            f"{options.input_px} px, {options.epochs} epochs, batch {options.batch}, "
            f"{options.optimizer} learning rate {options.learning_rate:g}, seed {options.seed}"
        ),
        parameters=(
            ("input_px", str(options.input_px)),
            ("gray", "yes" if options.gray else "no"),
            *options.parameters,
        ),
    )
