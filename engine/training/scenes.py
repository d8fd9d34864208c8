"""Train the scene classifier on one folder of pictures per class: ``casebook train scenes``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.classifiers.class_folders import LabeledPictures, load_folders
from engine.classifiers.eigen_images import EigenImages
from engine.classifiers.modality import network_input
from engine.errors import ModelMissing, UsageError
from engine.hashing import file_sha256
from engine.progress import Progress, ReportProgress, silent
from engine.settings import go_offline
from engine.training.model_folder import CardText, write_model_folder
from engine.training.scene_network import build_network, export_network
from engine.weights import ModelCard

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneOptions:
    """How to train; ``step_epochs`` 0: one cycle of the learning rate, else a tenth after every so many."""

    network: str = "small"
    input_px: int = 96
    epochs: int = 20
    batch: int = 64
    learning_rate: float = 2e-3
    step_epochs: int = 0
    last_layer: bool = False


_RESNET50 = SceneOptions(network="resnet50", batch=32, learning_rate=1e-3, step_epochs=5)
PRESETS = {
    "small": SceneOptions(),
    "resnet50": _RESNET50,
    # The published steps are for weights that have seen other pictures; from a random start they come early.
    "resnet50-cycle": SceneOptions(network="resnet50", batch=32, learning_rate=1e-3, epochs=18, input_px=96),
    "resnet50-last-layer": replace(_RESNET50, last_layer=True),
}


def train(  # noqa: PLR0913 # each one is an option of the command line
    data: Path,
    out: Path,
    *,
    preset: str = "small",
    start: Path | None = None,
    input_px: int | None = None,
    epochs: int | None = None,
    batch: int | None = None,
    learning_rate: float | None = None,
    held_out: float = 0.1,
    seed: int = 0,
    threads: int = 2,
    licence: str = "",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on ``data/CLASS/*`` and write a model folder to ``out``.

    Every class counts alike, however many pictures it has. Each picture is cropped, turned, mirrored,
    recolored, made gray, compressed and blurred at random, so that shape and texture must decide.
    ``preset``: a name of ``PRESETS``; what is not given is taken from it.
    ``start``: weights of ResNet-50 (``.pth``). ``held_out``: share of each class that is only looked at.
    It leaves ``training.csv``, loss and accuracy of each epoch, and ``held_out.txt``. Raises UsageError
    where there are fewer than two classes or no such preset.
    """
    go_offline()
    try:
        import torch
    except ImportError as error:
        raise ModelMissing("training needs torch: install casebook[training]") from error
    if preset not in PRESETS:
        raise UsageError(f"no preset {preset!r}; there are: {', '.join(PRESETS)}")
    given: dict[str, Any] = {
        "input_px": input_px,
        "epochs": epochs,
        "batch": batch,
        "learning_rate": learning_rate,
    }
    options = replace(PRESETS[preset], **{name: value for name, value in given.items() if value is not None})
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    pictures = load_folders(data, options.input_px * 4 // 3)
    seen, apart = pictures.split(held_out, seed)
    network = build_network(options.network, len(pictures.labels), start=start, last_layer=options.last_layer)
    rows = _fit(network, seen, apart, options, seed, progress)
    out.mkdir(parents=True, exist_ok=True)
    lines = [",".join(f"{value:.5g}" for value in row) for row in rows]
    header = "epoch,loss,accuracy,held_out_loss,held_out_accuracy"
    (out / "training.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    (out / "held_out.txt").write_text("".join(f"{name}\n" for name in apart.names), encoding="utf-8")
    weights = out / f"{out.name}.onnx"
    export_network(network.eval(), weights, options.input_px)
    EigenImages.fit(seen.views, seen.classes, seen.labels).save(out)
    text = _describe(out.name, seen, preset, options, seed, licence)
    return write_model_folder(out, text, weights=weights, sha256=file_sha256(weights))


def _fit(
    network: Any,
    seen: LabeledPictures,
    apart: LabeledPictures,
    options: SceneOptions,
    seed: int,
    progress: ReportProgress,
) -> list[tuple[float, ...]]:
    """Train in place; return epoch, loss, accuracy, and both on the pictures kept apart, for each epoch."""
    import torch

    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=options.learning_rate, weight_decay=0.02)
    steps = max(1, len(seen.views) // options.batch)
    schedule: Any
    if options.step_epochs:
        schedule = torch.optim.lr_scheduler.StepLR(optimizer, options.step_epochs * steps, gamma=0.1)
    else:
        total = options.epochs * steps
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.learning_rate, total_steps=total)
    rng = np.random.default_rng(seed)
    rows: list[tuple[float, ...]] = []
    for epoch in range(1, options.epochs + 1):
        network.train()
        if options.last_layer:
            network.body.eval()
        losses, hits = [], 0
        for inputs, targets in _batches(seen, steps, options, rng):
            wanted = torch.from_numpy(targets)
            logits = network.classify(network.describe(torch.from_numpy(inputs)))
            loss = torch.nn.functional.cross_entropy(logits, wanted, label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
            hits += int((logits.argmax(1) == wanted).sum())
        mean, accuracy = float(np.mean(losses)), hits / (steps * options.batch)
        apart_loss, apart_accuracy = _look(network, apart, options)
        rows.append((epoch, mean, accuracy, apart_loss, apart_accuracy))
        shown = f"loss {mean:.3f}, accuracy {accuracy:.3f}, held out {apart_accuracy:.3f}"
        metrics = (("loss", mean), ("accuracy", accuracy), ("held_out_accuracy", apart_accuracy))
        progress(Progress(step="train", done=epoch, total=options.epochs, item=shown, metrics=metrics))
    return rows


def _look(network: Any, apart: LabeledPictures, options: SceneOptions) -> tuple[float, float]:
    """Return loss and accuracy on pictures that are not learned from; not a number where there are none."""
    import torch

    if not apart.views:
        return float("nan"), float("nan")
    network.eval()
    losses, hits = 0.0, 0
    with torch.no_grad():
        for start in range(0, len(apart.views), options.batch):
            part = slice(start, start + options.batch)
            inputs = np.stack([network_input(view, options.input_px) for view in apart.views[part]])
            wanted = torch.from_numpy(apart.classes[part])
            logits = network.classify(network.describe(torch.from_numpy(inputs)))
            losses += float(torch.nn.functional.cross_entropy(logits, wanted, reduction="sum"))
            hits += int((logits.argmax(1) == wanted).sum())
    return losses / len(apart.views), hits / len(apart.views)


def vary(picture: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return a random variant: crop, small turn, mirror, light, tint, gray, blur, JPEG."""
    import cv2

    side = picture.shape[0]
    angle, scale = rng.uniform(-12, 12), rng.uniform(0.65, 1.4)
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), angle, scale)
    matrix[:, 2] += rng.uniform(-0.12, 0.12, 2) * side
    border = cv2.BORDER_REPLICATE if rng.random() < 0.5 else cv2.BORDER_CONSTANT
    varied: Any = cv2.warpAffine(picture, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=border)
    if rng.random() < 0.5:
        varied = varied[:, ::-1]
    varied = varied.astype(np.float32)
    if rng.random() < 0.5:
        varied = (varied @ _LUMA)[..., None]
    tint = rng.uniform(0.88, 1.12, 3) if rng.random() < 0.4 else np.ones(3)
    varied = (varied - 127) * rng.uniform(0.6, 1.35) * tint + 127 + rng.uniform(-35, 35)
    if rng.random() < 0.3:
        varied += rng.normal(0, rng.uniform(2, 14), varied.shape)
    varied = np.clip(varied, 0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        small = int(rng.integers(min(48, side // 2), side))
        varied = cv2.resize(varied, (small, small), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.4:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))]
        varied = cv2.imdecode(cv2.imencode(".jpg", varied, quality)[1], cv2.IMREAD_COLOR)
    return np.asarray(varied)


def _batches(
    seen: LabeledPictures, steps: int, options: SceneOptions, rng: np.random.Generator
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int64]]]:
    weights = 1 / np.bincount(seen.classes, minlength=len(seen.labels)).clip(1)[seen.classes]
    for _ in range(steps):
        chosen = rng.choice(len(seen.views), options.batch, p=weights / weights.sum())
        varied = [network_input(vary(seen.views[index], rng), options.input_px) for index in chosen]
        yield np.stack(varied), seen.classes[chosen]


def _describe(
    name: str, seen: LabeledPictures, preset: str, options: SceneOptions, seed: int, licence: str
) -> CardText:
    counts = np.bincount(seen.classes, minlength=len(seen.labels))
    listing = ", ".join(f"{label} {count}" for label, count in zip(seen.labels, counts, strict=True))
    return CardText(
        name=name,
        task="scenes",
        labels=seen.labels,
        licence=licence,
        summary="Tells what kind of picture it is, so that a model runs only on what it was made for.",
        data=f"Pictures per class: {listing}. All re-encoded alike before training.",
        training=(
            f"casebook train scenes FOLDERS --out {name} --set preset={preset}\n"
            f"    # {options.epochs} epochs, {options.input_px} px, batch {options.batch}, "
            f"AdamW learning rate {options.learning_rate:g}, seed {seed}"
        ),
        parameters=(("input_px", str(options.input_px)),),
    )
