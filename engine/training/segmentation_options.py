"""How to train a YOLO model: all options, and the choices that made the shipped models."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentationOptions:
    """How to train.

    ``include``: a text file with the names of the pictures to use. ``also``: more folders to learn from.
    ``same_as``: labels to learn as another one (``angle=fracture``). ``shape``: ``auto`` learns
    masks from polygons and boxes from boxes; ``mask`` grows weak masks inside boxes; ``box``
    learns boxes. ``start``: a ``.pt``, or an ONNX export of the same architecture (a shipped model's),
    to start from, else random weights. ``precision``: ``bf16``, ``fp32``, or ``auto``.
    ``flip_lr`` and ``flip_ud``: chance of a mirrored picture (0 where sides have names).
    ``held_out``: share of pictures kept apart. ``patience``: epochs without a better result on
    them after which training ends (0: never). ``mixup``: chance of two pictures laid over each other.
    ``plain_share``: the share of epochs, at the end, without mosaics. ``outline_epochs``: how long to
    train a second network that draws the outlines anew (0: none). ``max_minutes``: an end to the
    training time, the number of epochs then follows from the speed (0: none). ``threads``: of the
    processor, on CUDA the processes that prepare pictures. ``scenes``, ``licence``, ``summary`` and
    ``parameters`` go into the card.
    """

    include: Path | None = None
    also: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    shape: str = "auto"
    architecture: str = "yolo11n"
    start: Path | None = None
    precision: str = "auto"
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
    mixup: float = 0.0
    plain_share: float = 1 / 3
    held_out: float = 0.15
    patience: int = 30
    outline_epochs: int = 0
    seed: int = 0
    threads: int = 2
    device: str = "cpu"
    scenes: tuple[str, ...] = ()
    licence: str = ""
    summary: str = ""
    parameters: tuple[tuple[str, str], ...] = ()


_IN_PHOTOGRAPHS = SegmentationOptions(
    input_px=224,
    epochs=60,
    patience=0,
    batch=16,
    learning_rate=0.002,
    mosaic=0.6,
    shape="box",
    scenes=("photograph",),
    licence="CC BY (data); AGPL-3.0-or-later (weights)",
    parameters=(("overlap", "0.6"), ("outline", "grown")),
)

PRESETS = {
    "published": SegmentationOptions(
        input_px=256, gray=True, learning_rate=0.01, optimizer="SGD", epochs=256, flip_lr=0.0, patience=0
    ),
    "lungs": SegmentationOptions(
        input_px=256,
        epochs=160,
        patience=0,
        outline_epochs=200,
        gray=True,
        flip_lr=0.0,
        held_out=0.0,
        scenes=("chest-xray",),
        summary="Outlines the right and the left lung (the patient's sides) in frontal chest radiographs.",
        parameters=(("most_per_label", "1"), ("zones", "lung")),
    ),
    "blood-cells": SegmentationOptions(
        input_px=288,
        epochs=60,
        patience=0,
        batch=16,
        learning_rate=0.001,
        shape="box",
        flip_ud=0.5,
        degrees=15.0,
        mosaic=0.3,
        scenes=("blood-smear",),
        licence="MIT (data); AGPL-3.0-or-later (weights)",
        summary="Finds red cells (RBC), white cells (WBC) and platelets in photographs of blood smears.",
        parameters=(("overlap", "0.5"), ("outline", "grown")),
    ),
    "objects": replace(
        _IN_PHOTOGRAPHS,
        input_px=320,
        learning_rate=0.0015,
        mosaic=1.0,
        plain_share=0.2,
        scale=0.5,
        summary="Finds guns, cars, buses, trucks, motorcycles and ambulances in photographs.",
        parameters=(*_IN_PHOTOGRAPHS.parameters, ("absence", "unknown"), ("known_as", "firearms, vehicles")),
    ),
    "firearms": replace(_IN_PHOTOGRAPHS, summary="Finds guns in photographs."),
    "vehicles": replace(
        _IN_PHOTOGRAPHS, summary="Finds cars, buses, trucks, motorcycles and ambulances in photographs."
    ),
    "fractures": SegmentationOptions(
        same_as=("angle=fracture", "line=fracture", "messed_up_angle=fracture"),
        input_px=320,
        epochs=60,
        patience=0,
        batch=16,
        learning_rate=0.002,
        gray=True,
        flip_ud=0.5,
        degrees=15.0,
        mosaic=0.3,
        shape="box",
        scenes=("limb-xray",),
        licence="CC BY 4.0 (data); AGPL-3.0-or-later (weights)",
        summary="Finds places in radiographs of limbs where a bone may be broken.",
        parameters=(("overlap", "0.5"),),
    ),
}
