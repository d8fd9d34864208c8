"""A YOLO folder (``images/``, ``labels/``, ``classes.txt``) made ready for training."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError

_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})
_BOX_NUMBERS = 5
Row = tuple[int, NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class YoloFolder:
    """A labeled folder: the pictures, and the names of their classes."""

    root: Path
    labels: tuple[str, ...]
    pictures: tuple[Path, ...]

    def label_file(self, picture: Path) -> Path:
        return self.root / "labels" / f"{picture.stem}.txt"


def read_folder(root: Path, *, include: Path | None = None) -> YoloFolder:
    """Read a YOLO folder; ``include`` is a text file of file names (or stems) to keep.

    Raises UsageError where a part is missing or no picture is left.
    """
    names = root / "classes.txt"
    if not names.is_file() or not (root / "images").is_dir() or not (root / "labels").is_dir():
        raise UsageError(f"{root} needs images/, labels/ and classes.txt")
    wanted = set(include.read_text(encoding="utf-8-sig").split("\n")) if include else None
    pictures = tuple(
        picture
        for picture in sorted((root / "images").iterdir())
        if picture.suffix.lower() in _SUFFIXES
        and (wanted is None or picture.name in wanted or picture.stem in wanted)
    )
    if not pictures:
        raise UsageError(f"no pictures to use in {root / 'images'}")
    labels = tuple(
        line.strip() for line in names.read_text(encoding="utf-8-sig").splitlines() if line.strip()
    )
    return YoloFolder(root=root, labels=labels, pictures=pictures)


def read_rows(file: Path) -> list[Row]:
    """Read a label file: class number and the numbers after it; a missing file means nothing there.

    Four numbers are a box (center and size), six or more are a polygon (x, y, …), all as shares of
    the picture. Raises UsageError at a line that is neither.
    """
    if not file.is_file():
        return []
    rows: list[Row] = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), start=1):
        parts = line.split()
        if not parts:
            continue
        try:
            values = np.array([float(part) for part in parts[1:]])
            label = int(parts[0])
        except ValueError as error:
            raise UsageError(f"{file.name} line {number} is not a YOLO label: {line[:60]!r}") from error
        if len(values) != 4 and (len(values) < 6 or len(values) % 2):
            raise UsageError(f"{file.name} line {number} has {len(values)} numbers: neither box nor polygon")
        rows.append((label, values))
    return rows


def has_polygons(folder: YoloFolder) -> bool:
    """Tell whether any label of the folder is a polygon."""
    return any(
        len(values) > 4 for picture in folder.pictures for _, values in read_rows(folder.label_file(picture))
    )


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
