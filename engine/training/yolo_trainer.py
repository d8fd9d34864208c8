"""Ultralytics' own trainer, offline, quiet, and in the options of this project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from engine.errors import ModelError, ModelMissing, UsageError
from engine.progress import Progress, ReportProgress
from engine.segmenters.pickle_scan import refuse_unsafe
from engine.settings import go_offline, resources_dir
from engine.training.segmentation_options import SegmentationOptions
from engine.training.warm_start import begin_from


def fit_yolo(
    data_file: Path, work: Path, options: SegmentationOptions, *, masks: bool, progress: ReportProgress
) -> Path:
    """Train on an ultralytics data file, working in ``work``; return the weights, a ``.pt``.

    Raises ModelMissing without ultralytics, ModelError where it gives up, and what ``progress`` raises.
    """
    go_offline()
    try:
        import torch
        from ultralytics import YOLO
    except ImportError as error:
        raise ModelMissing("training needs ultralytics and torch: install casebook[training]") from error
    torch.set_num_threads(options.threads)
    _lay_out_fonts()
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
        try:
            network.train(data=str(data_file), project=str(work), name="run", **_arguments(options))
        except (RuntimeError, ValueError, KeyError, TypeError, AssertionError, FileNotFoundError) as error:
            raise ModelError(f"the training ended with: {error}") from error
    trainer: Any = network.trainer  # it knows its folder: a second training in ``work`` has one of its own
    return Path(trainer.best if options.patience else trainer.last)


def _lay_out_fonts() -> None:
    """Put a font where ultralytics looks for Arial, which it would ask its makers for at each training."""
    from ultralytics.utils import USER_CONFIG_DIR

    for name in ("Arial.ttf", "Arial.Unicode.ttf"):
        if not (USER_CONFIG_DIR / name).exists():
            shutil.copy(resources_dir() / "fonts" / "DejaVuSansCondensed.ttf", USER_CONFIG_DIR / name)


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
        "deterministic": options.device == "cpu",  # on CUDA it costs half the speed, and is not kept anyway
        "device": options.device,
        "amp": False,  # its check of it would download a network
        "workers": 0 if options.device == "cpu" else options.threads,
        "cache": "ram",
        "fliplr": options.flip_lr,
        "flipud": options.flip_ud,
        "degrees": options.degrees,
        "scale": options.scale,
        "mosaic": options.mosaic,
        "mixup": options.mixup,
        "close_mosaic": round(options.epochs * options.plain_share),
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
        parts = tuple((name.rsplit("/", 1)[-1], float(value)) for name, value in losses.items())
        shown = " ".join(f"{name} {value:.2f}" for name, value in parts)
        progress(
            Progress(step="train", done=trainer.epoch + 1, total=trainer.epochs, item=shown, metrics=parts)
        )

    return tell
