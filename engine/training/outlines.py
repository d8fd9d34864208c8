"""Train a network that draws the outlines of found objects anew: ``casebook train outlines``."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import ModelMissing, UsageError
from engine.hashing import file_sha256
from engine.progress import Progress, ReportProgress, silent
from engine.segmenters.yolo_folder import read_folder
from engine.settings import go_offline
from engine.training.model_folder import CardText, halve_weights, write_model_folder
from engine.training.outline_network import WIDTHS, build_network, export_network
from engine.training.outline_samples import Outlined, draw_sample, read_outlined
from engine.training.yolo_data import split
from engine.weights import ModelCard

_WARM_UP_STEPS = 50
_AVERAGE = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schedule:
    """How long to train, and how."""

    input_px: int
    epochs: int
    max_minutes: float
    batch: int
    learning_rate: float
    seed: int


def train(  # noqa: PLR0913 # each one is an option of the command line
    data: Path,
    out: Path,
    *,
    include: Path | None = None,
    input_px: int = 256,
    epochs: int = 240,
    max_minutes: float = 0.0,
    batch: int = 8,
    learning_rate: float = 0.003,
    held_out: float = 0.0,
    seed: int = 0,
    threads: int = 2,
    progress: ReportProgress = silent,
) -> ModelCard:
    """Learn the outlines of a folder with polygons, in gray, and write a model folder to ``out``.

    The network sees the part of a picture that holds its objects, as a square of ``input_px``, and
    says for each label which pixels belong to it. It leaves ``training.csv``, the loss of each epoch.
    ``max_minutes`` 0: as long as the epochs take. Raises UsageError where no label is a polygon,
    ModelMissing without torch, Cancelled when asked to stop.
    """
    go_offline()
    try:
        import torch
    except ImportError as error:
        raise ModelMissing("training needs torch: install casebook[training]") from error
    folder = read_folder(data, include=include)
    seen, apart = split(folder.pictures, held_out, seed)
    outlined = read_outlined(folder, seen)
    if not outlined:
        raise UsageError(f"no polygon in {folder.root / 'labels'} to learn outlines from")
    torch.set_num_threads(threads)
    schedule = _Schedule(
        input_px=input_px,
        epochs=epochs,
        max_minutes=max_minutes,
        batch=min(batch, len(outlined)),
        learning_rate=learning_rate,
        seed=seed,
    )
    started_s = time.monotonic()
    network, losses = _fit(outlined, len(folder.labels), schedule, progress)
    minutes = (time.monotonic() - started_s) / 60
    out.mkdir(parents=True, exist_ok=True)
    lines = [f"{number},{loss:.5f}" for number, loss in enumerate(losses, start=1)]
    (out / "training.csv").write_text("\n".join(["epoch,loss", *lines, ""]), encoding="utf-8")
    weights = out / f"{out.name}.onnx"
    export_network(network, weights, input_px)
    halve_weights(weights)
    (out / "held_out.txt").write_text("".join(f"{picture.name}\n" for picture in apart), encoding="utf-8")
    included = f" --set include={include.name}" if include else ""
    text = CardText(
        name=out.name,
        task="outlines",
        labels=folder.labels,
        summary="Draws the outlines of objects that another model has found.",
        data=f"Folder {folder.root.name}: {len(outlined)} pictures to train on, {len(apart)} held out.",
        training=(
            f"casebook train outlines {folder.root.name}{included} --out {out.name}\n"
            f"    # U-Net of widths {WIDTHS} from random weights, {input_px} px, {len(losses)} epochs, "
            f"batch {schedule.batch}, AdamW learning rate {learning_rate:g}, seed {seed}; "
            f"{minutes:.0f} minutes"
        ),
        parameters=(("input_px", str(input_px)),),
    )
    return write_model_folder(out, text, weights=weights, sha256=file_sha256(weights))


def _fit(
    outlined: list[Outlined], label_count: int, schedule: _Schedule, progress: ReportProgress
) -> tuple[Any, list[float]]:
    """Return the network, its weights averaged over the last steps, and the loss of each epoch."""
    import torch

    torch.manual_seed(schedule.seed)
    source = np.random.default_rng(schedule.seed)
    network = build_network(label_count).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), schedule.learning_rate, weight_decay=1e-3)
    averaged = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=_average, use_buffers=True)
    in_bf16 = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
    losses: list[float] = []
    started_s = time.monotonic()
    step = 0
    for epoch in range(schedule.epochs):
        of_epoch = []
        order = source.permutation(len(outlined))
        # What is left over at the end of an epoch is too small a batch to normalize by.
        for start in range(0, len(order) - schedule.batch + 1, schedule.batch):
            done = _done(epoch + start / len(order), schedule, started_s)
            rate = (
                schedule.learning_rate * min(1, (step + 1) / _WARM_UP_STEPS) * (1 + np.cos(np.pi * done)) / 2
            )
            for group in optimizer.param_groups:
                group["lr"] = float(rate)
            samples = [
                draw_sample(outlined[index], schedule.input_px, source)
                for index in order[start : start + schedule.batch]
            ]
            pictures = torch.from_numpy(np.stack([picture for picture, _ in samples]))[:, None]
            masks = torch.from_numpy(np.stack([mask for _, mask in samples]))
            with torch.autocast("cpu", torch.bfloat16, enabled=in_bf16):
                logits = network(pictures.to(memory_format=torch.channels_last))
            loss = _loss(logits.float(), masks)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            averaged.update_parameters(network)
            of_epoch.append(loss.item())
            step += 1
        losses.append(float(np.mean(of_epoch)))
        item, metrics = f"loss {losses[-1]:.3f}", (("loss", losses[-1]),)
        progress(Progress(step="train", done=epoch + 1, total=schedule.epochs, item=item, metrics=metrics))
        if _done(epoch + 1, schedule, started_s) >= 1:
            break
    return averaged.module.eval(), losses


def _average(averaged: Any, current: Any, count: Any) -> None:
    """Move the average towards the current weights, faster while there were few steps."""
    import torch

    kept = min(_AVERAGE, (1 + int(count)) / (10 + int(count)))
    with torch.no_grad():
        for mean, value in zip(averaged, current, strict=True):
            if mean.is_floating_point():
                mean.lerp_(value, 1 - kept)
            else:
                mean.copy_(value)


def _done(epochs: float, schedule: _Schedule, started_s: float) -> float:
    """Return how much of the training is done, by epochs or by time, whichever is more."""
    share = epochs / schedule.epochs
    if schedule.max_minutes:
        share = max(share, (time.monotonic() - started_s) / (60 * schedule.max_minutes))
    return min(share, 1.0)


def _loss(logits: Any, masks: Any) -> Any:
    """Return cross-entropy of the pixels plus what the areas lack in agreement (Dice)."""
    from torch.nn import functional

    shares = logits.sigmoid()
    shared, total = (shares * masks).sum((2, 3)), (shares + masks).sum((2, 3))
    dice = (2 * shared + 1) / (total + 1)
    return functional.binary_cross_entropy_with_logits(logits, masks) + 1 - dice.mean()
