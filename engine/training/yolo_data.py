"""Labeled YOLO folders made ready for training: split, joined, weak masks, ultralytics' layout."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.segmenters.yolo_folder import Row, YoloFolder, read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A picture to learn from: its file and its objects, numbered as in the set it belongs to."""

    picture: Path
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSet:
    """The labels of one or several folders, the pictures to train on, and those kept apart."""

    labels: tuple[str, ...]
    seen: tuple[Example, ...]
    held_out: tuple[Example, ...]


def gather(
    folders: Sequence[YoloFolder], *, share: float, seed: int, same_as: Mapping[str, str]
) -> TrainingSet:
    """Join folders into one set; each is split by itself, as if it were learned alone.

    ``same_as``: labels that are learned as another one.
    """
    names = [[same_as.get(label, label) for label in folder.labels] for folder in folders]
    labels = tuple(dict.fromkeys(name for each in names for name in each))
    parts: tuple[list[Example], list[Example]] = ([], [])
    for folder, renamed in zip(folders, names, strict=True):
        numbers = [labels.index(name) for name in renamed]
        for part, pictures in zip(parts, split(folder.pictures, share, seed), strict=True):
            for picture in pictures:
                rows = read_rows(folder.label_file(picture))
                part.append(
                    Example(picture=picture, rows=tuple((numbers[label], values) for label, values in rows))
                )
    return TrainingSet(labels=labels, seen=tuple(parts[0]), held_out=tuple(parts[1]))


def split(pictures: tuple[Path, ...], share: float, seed: int) -> tuple[list[Path], list[Path]]:
    """Return the pictures to train on and, apart, a seeded ``share`` of them to look at."""
    order = np.random.default_rng(seed).permutation(len(pictures))
    held_out = {int(index) for index in order[: round(share * len(pictures))]}
    return (
        [picture for index, picture in enumerate(pictures) if index not in held_out],
        [picture for index, picture in enumerate(pictures) if index in held_out],
    )


def write_training_set(
    learned: TrainingSet, out: Path, *, convert: Callable[[Path, Sequence[Row]], Sequence[Row]]
) -> Path:
    """Copy pictures and converted labels into the layout that ultralytics reads; return its data file."""
    for part, examples in (("train", learned.seen), ("val", learned.held_out or learned.seen[:1])):
        for kind in ("images", "labels"):
            (out / kind / part).mkdir(parents=True, exist_ok=True)
        for number, example in enumerate(examples):
            stem = f"{number:06d}"  # two folders may use one name
            shutil.copyfile(example.picture, out / "images" / part / f"{stem}{example.picture.suffix}")
            rows = convert(example.picture, example.rows)
            lines = (" ".join([str(label), *(f"{value:.6f}" for value in values)]) for label, values in rows)
            (out / "labels" / part / f"{stem}.txt").write_text("\n".join(lines), encoding="utf-8")
    data_file = out / "data.yaml"
    described = {
        "path": str(out),
        "train": "images/train",
        "val": "images/val",
        "names": dict(enumerate(learned.labels)),
    }
    data_file.write_text(json.dumps(described), encoding="utf-8")  # JSON is YAML
    return data_file
