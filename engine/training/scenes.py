"""Train the scene classifier: a small residual network on one folder of pictures per class."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.classifiers.class_folders import load_folders
from engine.classifiers.eigen_images import EigenImages
from engine.classifiers.modality import INPUT_PX, network_input
from engine.hashing import file_sha256
from engine.progress import Progress, ReportProgress, silent
from engine.settings import go_offline
from engine.training.model_folder import CardText, write_model_folder
from engine.weights import ModelCard

_STORED_PX = 128
_BATCH = 64
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def train(
    data: Path,
    out: Path,
    *,
    epochs: int = 20,
    learning_rate: float = 2e-3,
    seed: int = 0,
    threads: int = 2,
    licence: str = "",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on ``data/CLASS/*`` and write a model folder to ``out``.

    Every class counts alike, however many pictures it has. Each picture is cropped, recolored,
    made gray, compressed and blurred at random, so that shape and texture must decide.
    Raises UsageError where there are fewer than two classes.
    """
    go_offline()
    import torch

    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    labels, pictures, classes = load_folders(data, _STORED_PX)
    network = _make_network(len(labels))
    optimizer = torch.optim.AdamW(network.parameters(), lr=learning_rate, weight_decay=0.02)
    steps = max(1, len(pictures) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, learning_rate, total_steps=epochs * steps)
    rng = np.random.default_rng(seed)
    network.train()
    loss_sum = 0.0
    for epoch in range(epochs):
        loss_sum = 0.0
        for inputs, targets in _batches(pictures, classes, steps, rng):
            logits = network.classify(network.describe(torch.from_numpy(inputs)))
            loss = torch.nn.functional.cross_entropy(logits, torch.from_numpy(targets), label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            loss_sum += float(loss.detach())
        mean = loss_sum / steps
        shown = f"loss {mean:.3f}"
        progress(Progress(step="train", done=epoch + 1, total=epochs, item=shown, metrics=(("loss", mean),)))
    out.mkdir(parents=True, exist_ok=True)
    weights = out / f"{out.name}.onnx"
    _export(network.eval(), weights)
    EigenImages.fit(pictures, classes, labels).save(out)
    return write_model_folder(
        out,
        _describe(out.name, labels, np.bincount(classes), epochs, seed, licence),
        weights=weights,
        sha256=file_sha256(weights),
    )


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
        small = int(rng.integers(48, side))
        varied = cv2.resize(varied, (small, small), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.4:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))]
        varied = cv2.imdecode(cv2.imencode(".jpg", varied, quality)[1], cv2.IMREAD_COLOR)
    return np.asarray(varied)


def _batches(
    pictures: list[NDArray[np.uint8]],
    classes: NDArray[np.int64],
    steps: int,
    rng: np.random.Generator,
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int64]]]:
    weights = 1 / np.bincount(classes)[classes]
    for _ in range(steps):
        chosen = rng.choice(len(pictures), _BATCH, p=weights / weights.sum())
        yield np.stack([network_input(vary(pictures[index], rng)) for index in chosen]), classes[chosen]


def _make_network(class_count: int) -> Any:
    """Return a residual network of 8 convolutions with ``describe`` (64 features) and ``classify``."""
    from torch import nn

    class Block(nn.Module):  # type: ignore[misc] # torch is not typed here
        def __init__(self, inputs: int, outputs: int) -> None:
            super().__init__()
            self.path = nn.Sequential(
                nn.Conv2d(inputs, outputs, 3, 2, 1, bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(),
                nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
                nn.BatchNorm2d(outputs),
            )
            self.shortcut = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(inputs, outputs, 1, bias=False))
            self.end = nn.ReLU()

        def forward(self, x: Any) -> Any:
            return self.end(self.path(x) + self.shortcut(x))

    class SceneNetwork(nn.Module):  # type: ignore[misc] # torch is not typed here
        def __init__(self) -> None:
            super().__init__()
            self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 2, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
            self.blocks = nn.Sequential(Block(16, 32), Block(32, 64), Block(64, 96), Block(96, 128))
            self.squeeze = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 64))
            self.head = nn.Sequential(nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, class_count))

        def describe(self, x: Any) -> Any:
            return self.squeeze(self.blocks(self.stem(x)))

        def classify(self, features: Any) -> Any:
            return self.head(features)

        def forward(self, x: Any) -> Any:
            features = self.describe(x)
            return self.classify(features).softmax(1), features

    return SceneNetwork()


def _export(network: Any, weights: Path) -> None:
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about exporters yet to come
        torch.onnx.export(
            network,
            (torch.zeros(1, 3, INPUT_PX, INPUT_PX),),
            str(weights),
            input_names=["images"],
            output_names=["probabilities", "features"],
            dynamic_axes={name: {0: "count"} for name in ("images", "probabilities", "features")},
            opset_version=17,
            dynamo=False,
        )


def _describe(
    name: str, labels: tuple[str, ...], counts: NDArray[np.int64], epochs: int, seed: int, licence: str
) -> CardText:
    listing = ", ".join(f"{label} {count}" for label, count in zip(labels, counts, strict=True))
    return CardText(
        name=name,
        task="scenes",
        labels=labels,
        licence=licence,
        summary="Tells what kind of picture it is, so that a model runs only on what it was made for.",
        data=f"Pictures per class: {listing}. All re-encoded alike before training.",
        training=f"casebook train scenes FOLDERS --out {name} (epochs {epochs}, seed {seed})",
        parameters=(("input_px", str(INPUT_PX)),),
    )
