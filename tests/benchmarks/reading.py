"""Reading, hash and thumbnail of 500 mixed files: isolated, not isolated, and a plain loop beside."""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.benchmarks.measure import Row, data_dir, measure

FILES = 500
# Of each folder so many: photographs, radiographs, DICOM, documents; notes make up the rest.
_PICTURES = (
    ("flickr8k_sub/images", "*.jpg", 170),
    ("lungs_seg/images", "*", 100),
    ("robust/dicom/pydicom_tree", "**/[0-9I]*", 60),
    ("robust/images/exif-samples", "**/*.jpg", 40),
    ("robust/pdf", "**/*.pdf", 60),
)
_MODES = ("plain", "here", "one", "two")


def rows() -> list[Row]:
    """Run each way in a process of its own, start and imports included."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        folder = Path(name) / "files"
        count = _gather(folder)
        measured = {
            mode: measure([sys.executable, "-m", "tests.benchmarks.reading", mode, folder]) for mode in _MODES
        }
    rate = {mode: json.loads(each.output)["files"] / each.seconds for mode, each in measured.items()}
    return [
        Row(
            what=f"reading, hash, thumbnail of {count} mixed files, two processes, files/s",
            ours=f"{rate['two']:.1f}",
            peer=f"plain Pillow/pydicom/PDFium loop, one process {rate['plain']:.1f}",
            ratio=f"{rate['two'] / rate['plain']:.2f}",
        ),
        Row(
            what="  the same in one isolated process",
            ours=f"{rate['one']:.1f}",
            peer=f"without isolation {rate['here']:.1f}",
            ratio=f"{rate['one'] / rate['here']:.2f}",
        ),
        Row(
            what="  peak memory of the process tree, MB",
            ours=f"{measured['two'].peak_rss_mb:.0f}",
            peer=f"plain loop {measured['plain'].peak_rss_mb:.0f}",
            ratio=f"{measured['two'].peak_rss_mb / measured['plain'].peak_rss_mb:.2f}",
        ),
    ]


def _gather(folder: Path) -> int:
    folder.mkdir()
    count = 0
    for source, pattern, share in _PICTURES:
        found = (path for path in sorted((data_dir() / source).glob(pattern)) if path.is_file())
        for path in islice(found, share):
            shutil.copyfile(path, folder / f"{count:04d}-{path.name}")
            count += 1
    lines = (data_dir() / "mtsamples" / "mtsamples.jsonl").read_text("utf-8").splitlines()
    for line in lines[: FILES - count]:
        (folder / f"{count:04d}-note.txt").write_text(json.loads(line)["text"], "utf-8")
        count += 1
    return count


def _run(mode: str, folder: Path) -> int:
    paths = sorted(folder.iterdir())
    read = _plainly(paths) if mode == "plain" else _by_readers(paths, mode)
    return sum(1 for _ in read)


def _by_readers(paths: list[Path], mode: str) -> Iterator[object]:
    from engine.errors import ReadError
    from engine.hashing import file_sha256
    from engine.jobs.reading import DecodePool, read_file
    from engine.protocols import ReadOptions, Source

    sources = (
        Source(
            path=path,
            relative_path=path.name,
            sha256=file_sha256(path),
            size_bytes=path.stat().st_size,
        )
        for path in paths
    )
    if mode != "here":
        with DecodePool(2 if mode == "two" else 1) as pool:
            yield from pool.decode(sources, ReadOptions())
        return
    for source in sources:
        try:
            yield read_file(source, ReadOptions())
        except ReadError as error:
            yield error


def _plainly(paths: list[Path]) -> Iterator[object]:
    """What a short script would do: hash, decode with the library of the kind, make a thumbnail."""
    import hashlib

    import pydicom
    import pypdfium2
    from PIL import Image, ImageOps

    for path in paths:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        try:
            if data[128:132] == b"DICM":
                pixels = pydicom.dcmread(io.BytesIO(data)).pixel_array
                low, high = float(pixels.min()), float(pixels.max())
                gray = ((pixels - low) * (255 / max(high - low, 1.0))).astype("uint8")
                _thumbnail(Image.fromarray(gray))
            elif data[:5] == b"%PDF-":
                with pypdfium2.PdfDocument(data) as document:
                    for page in document:
                        page.get_textpage().get_text_range()
            elif path.suffix == ".txt":
                data.decode("utf-8", "replace")
            else:
                _thumbnail(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
        except Exception as error:  # noqa: BLE001 - the script goes on, too
            yield error
        else:
            yield digest


def _thumbnail(picture: object) -> None:
    from PIL import Image

    assert isinstance(picture, Image.Image)
    picture.thumbnail((320, 320))
    picture.convert("RGB").save(io.BytesIO(), "JPEG", quality=80)


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    print(json.dumps({"files": _run(sys.argv[1], Path(sys.argv[2]))}))
