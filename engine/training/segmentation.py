"""Train a YOLO model on a labeled folder, and export it for the CPU."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

from engine.errors import ModelMissing, UsageError
from engine.hashing import file_sha256
from engine.progress import Progress, ReportProgress, silent
from engine.segmenters.conversion import export_onnx
from engine.segmenters.pickle_scan import refuse_unsafe
from engine.segmenters.yolo_folder import has_polygons, label_table, read_folder
from engine.settings import go_offline
from engine.training.model_folder import CardText, halve_weights, write_model_folder
from engine.training.segmentation_options import PRESETS, SegmentationOptions
from engine.training.warm_start import begin_from
from engine.training.weak_masks import grow_mask
from engine.training.yolo_data import TrainingSet, gather, write_training_set
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
    input_px: int = 0,
    epochs: int = 0,
    max_minutes: float = 0.0,
    batch: int = 0,
    learning_rate: float = 0.0,
    optimizer: str = "",
    gray: bool = False,
    flip_lr: float = -1.0,
    flip_ud: float = -1.0,
    degrees: float = -1.0,
    scale: float = -1.0,
    mosaic: float = -1.0,
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


_MAY_BE_ZERO = ("flip_lr", "flip_ud", "degrees", "scale", "mosaic", "held_out")


def _is_given(name: str, value: object) -> bool:
    if name in _MAY_BE_ZERO:
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
    folders = [read_folder(data, include=chosen.include), *(read_folder(Path(more)) for more in chosen.also)]
    polygons = any(has_polygons(folder) for folder in folders)
    masks = _learns_masks(polygons, chosen.shape)
    grown = masks and not polygons
    learned = gather(folders, share=chosen.held_out, seed=chosen.seed, same_as=label_table(chosen.same_as))
    out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casebook-train-") as scratch:
        work = Path(scratch)
        data_file = write_training_set(
            learned, work / "data", convert=grow_mask if grown else lambda _, rows: rows
        )
        best = _fit(data_file, work, chosen, masks=masks, progress=progress)
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
    return write_model_folder(out, text, weights=weights, sha256=file_sha256(weights))


def _learns_masks(polygons: bool, shape: str) -> bool:
    if shape not in ("auto", "mask", "box"):
        raise UsageError(f"shape {shape!r} is not one of auto, mask, box")
    return shape == "mask" or (shape == "auto" and polygons)


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
    if options.start and options.start.suffix == ".onnx":
        network.add_callback("on_pretrain_routine_end", begin_from(options.start))
    elif options.start:
        refuse_unsafe(options.start)
        network.load(str(options.start))
    if _is_half_precise(options):
        network.add_callback("on_pretrain_routine_end", _compute_in_bf16)
    network.add_callback("on_train_epoch_end", _tell(progress))
    with redirect_stdout(StringIO()):  # its progress bars
        network.train(data=str(data_file), project=str(work), name="run", **_arguments(options))
    weights = work / "run" / "weights"
    return weights / ("best.pt" if options.patience else "last.pt")


def _arguments(options: SegmentationOptions) -> dict[str, Any]:
    """Return the options in ultralytics' words."""
    return {
        "imgsz": options.input_px,
        "epochs": options.epochs,
        "time": options.max_minutes / 60 or None,
        "batch": options.batch,
        "lr0": options.learning_rate,
        "optimizer": options.optimizer,
        "nbs": options.batch,  # a step after each batch: small sets have too few to save them up
        "cos_lr": True,
        "seed": options.seed,
        "deterministic": True,
        "device": options.device,
        "amp": False,  # its check of it would download a network
        "workers": 0,
        "cache": "ram",
        "fliplr": options.flip_lr,
        "flipud": options.flip_ud,
        "degrees": options.degrees,
        "scale": options.scale,
        "mosaic": options.mosaic,
        "close_mosaic": options.epochs // 3,
        "hsv_h": 0.0 if options.gray else 0.015,
        "hsv_s": 0.0 if options.gray else 0.4,
        "hsv_v": 0.4,
        "patience": options.patience or options.epochs,
        "val": options.patience > 0,
        "plots": False,
        "verbose": False,
    }


def _is_half_precise(options: SegmentationOptions) -> bool:
    """Tell whether to compute in bfloat16: ``auto`` does where the processor can, 1.4 times as fast."""
    import torch

    if options.precision not in ("auto", "bf16", "fp32"):
        raise UsageError(f"precision {options.precision!r} is not one of auto, bf16, fp32")
    if options.precision != "auto":
        return options.precision == "bf16"
    if options.device != "cpu":
        return bool(torch.cuda.is_bf16_supported())
    return bool(torch.cpu.get_capabilities().get("avx512_bf16"))


def _compute_in_bf16(trainer: Any) -> None:
    """Let the trained network compute in bfloat16; weights, loss and steps stay float32."""
    import torch

    forward = trainer.model.forward

    def forward_in_bf16(*inputs: Any, **named: Any) -> Any:
        with torch.autocast(trainer.device.type, torch.bfloat16):
            return forward(*inputs, **named)

    trainer.model.forward = forward_in_bf16


def _tell(progress: ReportProgress) -> Callable[[Any], None]:
    def tell(trainer: Any) -> None:
        losses = trainer.label_loss_items(trainer.tloss, prefix="train")
        shown = " ".join(f"{name.rsplit('/', 1)[-1]} {float(value):.2f}" for name, value in losses.items())
        progress(Progress(step="train", done=trainer.epoch + 1, total=trainer.epochs, item=shown))

    return tell


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
