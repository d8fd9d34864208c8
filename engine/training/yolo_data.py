"""A labeled YOLO folder made ready for training: split, weak masks, ultralytics' layout."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.segmenters.yolo_folder import Row, YoloFolder, read_rows


def split(pictures: tuple[Path, ...], share: float, seed: int) -> tuple[list[Path], list[Path]]:
    """Return the pictures to train on and, apart, a seeded ``share`` of them to look at."""
    order = np.random.default_rng(seed).permutation(len(pictures))
    held_out = {int(index) for index in order[: round(share * len(pictures))]}
    return (
        [picture for index, picture in enumerate(pictures) if index not in held_out],
        [picture for index, picture in enumerate(pictures) if index in held_out],
    )


def write_training_set(
    folder: YoloFolder,
    out: Path,
    *,
    train: list[Path],
    held_out: list[Path],
    convert: Callable[[Path, list[Row]], list[Row]],
) -> Path:
    """Copy pictures and converted labels into the layout that ultralytics reads; return its data file."""
    for part, pictures in (("train", train), ("val", held_out or train[:1])):
        for kind in ("images", "labels"):
            (out / kind / part).mkdir(parents=True, exist_ok=True)
        for picture in pictures:
            shutil.copyfile(picture, out / "images" / part / picture.name)
            rows = convert(picture, read_rows(folder.label_file(picture)))
            lines = (" ".join([str(label), *(f"{value:.6f}" for value in values)]) for label, values in rows)
            (out / "labels" / part / f"{picture.stem}.txt").write_text("\n".join(lines), encoding="utf-8")
    data_file = out / "data.yaml"
    described = {
        "path": str(out),
        "train": "images/train",
        "val": "images/val",
        "names": dict(enumerate(folder.labels)),
    }
    data_file.write_text(json.dumps(described), encoding="utf-8")  # JSON is YAML
    return data_file


def grow_mask(picture: Path, rows: list[Row]) -> list[Row]:
    """Turn boxes into weak masks: Otsu's threshold inside each box, its largest part; polygons stay.

    The thing is what differs from the box's border; where that is not half as large as the box or
    breaks apart, an ellipse in the box stands for it.
    """
    import cv2

    pixels = cv2.imread(str(picture))
    height, width = pixels.shape[:2]
    grown: list[Row] = []
    for label, values in rows:
        if len(values) > 4:
            grown.append((label, values))
            continue
        left, top = (values[:2] - values[2:] / 2) * (width, height)
        right, bottom = (values[:2] + values[2:] / 2) * (width, height)
        x0, y0, x1, y1 = max(0, int(left)), max(0, int(top)), int(np.ceil(right)), int(np.ceil(bottom))
        points = _grown_outline(pixels[y0:y1, x0:x1])
        grown.append((label, ((points + np.array([x0, y0])) / (width, height)).reshape(-1)))
    return grown


def _grown_outline(patch: NDArray[np.uint8]) -> NDArray[np.float64]:
    import cv2

    height, width = patch.shape[:2]
    if min(height, width) >= 8:
        lab = cv2.cvtColor(cv2.GaussianBlur(patch, (0, 0), 1), cv2.COLOR_BGR2LAB).astype(np.float32)
        corners = np.concatenate([lab[0, :1], lab[0, -1:], lab[-1, :1], lab[-1, -1:]]).mean(axis=0)
        distance = np.clip(np.linalg.norm(lab - corners, axis=2) * 3, 0, 255).astype(np.uint8)
        _, mask = cv2.threshold(distance, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        largest = max(outlines, key=cv2.contourArea, default=None)
        if largest is not None and 0.4 < cv2.contourArea(largest) / (height * width) < 0.97:
            simple = cv2.approxPolyDP(largest, 0.8, True)[:, 0]
            if len(simple) >= 6:
                return np.asarray(simple + 0.5, np.float64)
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    return np.stack([(np.cos(angles) + 1) * width / 2, (np.sin(angles) + 1) * height / 2], axis=1)
