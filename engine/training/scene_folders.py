"""Gather one folder of pictures per scene, from sets whose licence allows it and from our own drawings.

    python -m engine.training.scene_folders DATA OUT [--seed N]

All pictures are written alike (longest side, JPEG quality), so that a class cannot be read off
the file. What the model is judged on comes from other sources: ``gather_unseen``.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from engine.training.phantoms import draw_ct_slice, draw_lateral_chest
from engine.training.renderings import draw_chart, draw_page

_LONGEST_PX = 192
_JPEG_QUALITY = 88
_PER_CLASS = 400
_LATERAL = 50


def gather_scenes(data: Path, out: Path, *, seed: int = 0) -> dict[str, int]:
    """Write ``out/CLASS/*.jpg`` to train on, at most 400 each; return the number per class."""
    rng = np.random.default_rng(seed)
    sources: dict[str, Iterable[Path]] = {
        "chest-xray": _chest_pictures(data, licence="open"),
        "limb-xray": (data / "fractures_xr" / "images").iterdir(),
        "blood-smear": (data / "bccd" / "images").iterdir(),
        "photograph": [
            *(data / "guns_openimages" / "images").iterdir(),
            *(data / "vehicles_openimages" / "images").iterdir(),
        ],
    }
    counts = {label: _copy(_sample(files, rng), out / label) for label, files in sources.items()}
    drawings = {"document": draw_page, "chart": draw_chart, "ct": draw_ct_slice}
    counts.update({label: _draw(draw, out / label, rng, _PER_CLASS) for label, draw in drawings.items()})
    # No openly licensed lateral view is at hand.
    counts["chest-xray"] += _draw(draw_lateral_chest, out / "chest-xray", rng, _LATERAL)
    return counts


def gather_unseen(data: Path, out: Path) -> dict[str, int]:
    """Write ``out/CLASS/*.jpg`` to evaluate on, from sources that the class was not trained on."""
    sources: dict[str, Iterable[Path]] = {
        "chest-xray": _chest_pictures(data, licence="nc-sa"),
        "photograph": [
            *(data / "coco128_seg" / "images").iterdir(),
            *sorted((data / "flickr8k_sub" / "images").iterdir())[:150],
        ],
        "ct": _chest_pictures(data, licence="nc-sa", modality="CT"),
    }
    counts = {label: _copy(sorted(files), out / label) for label, files in sources.items()}
    counts["document"] = _copy_pages(sorted((data / "robust" / "pdf").rglob("*.pdf")), out / "document")
    return counts


def _chest_pictures(data: Path, *, licence: str, modality: str = "X-ray") -> list[Path]:
    table = data / "cxr_covid" / "metadata.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        return [
            data / row["path"]
            for row in csv.DictReader(stream)
            if row["licence_class"] == licence and row["modality"] == modality
        ]


def _sample(files: Iterable[Path], rng: np.random.Generator) -> list[Path]:
    listed = sorted(files)
    chosen = rng.permutation(len(listed))[:_PER_CLASS]
    return [listed[index] for index in sorted(chosen)]


def _copy(files: Iterable[Path], folder: Path) -> int:
    def pictures() -> Iterator[Image.Image]:
        for file in files:
            with Image.open(file) as picture:
                yield ImageOps.exif_transpose(picture)

    return _write(pictures(), folder)


def _draw(
    draw: Callable[[np.random.Generator], Image.Image],
    folder: Path,
    rng: np.random.Generator,
    count: int,
) -> int:
    return _write((draw(rng) for _ in range(count)), folder, prefix="drawn-")


def _copy_pages(files: Iterable[Path], folder: Path) -> int:
    import pypdfium2

    def pages() -> Iterator[Image.Image]:
        for file in files:
            try:
                with pypdfium2.PdfDocument(file) as document:
                    page = document[0].render(scale=1).to_pil()
            except pypdfium2.PdfiumError:
                continue  # the set has broken and locked files on purpose
            yield page

    return _write(pages(), folder)


def _write(pictures: Iterable[Image.Image], folder: Path, *, prefix: str = "") -> int:
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, picture in enumerate(pictures, start=1):
        small = picture.convert("RGB")
        small.thumbnail((_LONGEST_PX, _LONGEST_PX), Image.Resampling.BOX)
        small.save(folder / f"{prefix}{count:04d}.jpg", quality=_JPEG_QUALITY)
    return count


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--unseen", action="store_true", help="gather the pictures to evaluate on instead")
    chosen = parser.parse_args()
    if chosen.unseen:
        gather_unseen(chosen.data, chosen.out)
    else:
        gather_scenes(chosen.data, chosen.out, seed=chosen.seed)
