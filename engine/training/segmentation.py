"""Train a YOLO model on a labeled folder, and export it for the CPU."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.errors import ModelMissing, UsageError
from engine.hashing import file_sha256
from engine.progress import Progress, ReportProgress, silent
from engine.segmenters.conversion import export_onnx
from engine.segmenters.yolo_folder import YoloFolder, has_polygons, read_folder
from engine.settings import go_offline
from engine.training.model_folder import CardText, halve_weights, write_model_folder
from engine.training.segmentation_options import PRESETS, SegmentationOptions
from engine.training.yolo_data import grow_mask, split, write_training_set
from engine.weights import ModelCard


def train(  # noqa: PLR0913 # each one is an option of the command line
    data: Path,
    out: Path,
    *,
    preset: str = "",
    include: Path | None = None,
    shape: str = "",
    start: Path | None = None,
    input_px: int = 0,
    epochs: int = 0,
    max_minutes: float = 0.0,
    batch: int = 0,
    learning_rate: float = 0.0,
    optimizer: str = "",
    gray: bool = False,
    flip_lr: float = -1.0,
    flip_ud: float = -1.0,
    held_out: float = -1.0,
    patience: int = 0,
    seed: int = 0,
    threads: int = 0,
    device: str = "",
    scenes: tuple[str, ...] = (),
    licence: str = "",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on ``data`` (``images/``, ``labels/``, ``classes.txt``) and write a model folder to ``out``.

    The options are those of ``SegmentationOptions``; what is not given (empty, 0 or negative) is
    taken from ``preset``, by default the one named like ``out``, else from the general defaults.
    Raises UsageError where the folder cannot be used.
    """
    given = {
        "include": include,
        "shape": shape,
        "start": start,
        "input_px": input_px,
        "epochs": epochs,
        "max_minutes": max_minutes,
        "batch": batch,
        "learning_rate": learning_rate,
        "optimizer": optimizer,
        "gray": gray,
        "flip_lr": flip_lr,
        "flip_ud": flip_ud,
        "held_out": held_out,
        "patience": patience,
        "seed": seed,
        "threads": threads,
        "device": device,
        "scenes": scenes,
        "licence": licence,
    }
    if preset and preset not in PRESETS:
        raise UsageError(f"no preset {preset!r}; there are: {', '.join(PRESETS)}")
    base = PRESETS.get(preset or out.name, SegmentationOptions())
    chosen: dict[str, Any] = {name: value for name, value in given.items() if _is_given(name, value)}
    return train_with(data, out, replace(base, **chosen), progress=progress)


def _is_given(name: str, value: object) -> bool:
    if name in ("flip_lr", "flip_ud", "held_out"):
        return isinstance(value, float) and value >= 0
    return (value is not None and value not in ("", 0, ())) or value is False


def train_with(
    data: Path, out: Path, chosen: SegmentationOptions, *, progress: ReportProgress = silent
) -> ModelCard:
    """Train as ``chosen`` and write a model folder to ``out``.

    Beside ``model.toml``, ``CARD.md`` and the ONNX file it leaves ``training.csv``, the losses of
    each epoch, and ``held_out.txt``, the names of the pictures it did not see. Raises UsageError
    where the folder cannot be used, ModelMissing without ultralytics, Cancelled when asked to stop.
    """
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
    included = f" --set include={options.include.name}" if options.include else ""
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
