"""Builds the evidence of the sample case ``scene_photographs``: rendered photographs and notes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image

from sample_cases.documents import write_document
from sample_cases.scene_photographs.notes import NOTES, PHOTO_INDEX
from sample_cases.scene_photographs.render import render
from sample_cases.scene_photographs.scenes import PHOTOGRAPHS, Photograph

_SAVE: dict[str, dict[str, Any]] = {
    ".PNG": {"compress_level": 6},
    ".TIF": {},  # its libtiff writer, for compression, refuses a directory of places
    ".HEIC": {"quality": 60, "enc_params": {"preset": "ultrafast"}},
}
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825


def build(out: Path) -> None:
    """Write ``out/photographs`` and ``out/notes``."""
    photographs, notes = out / "photographs", out / "notes"
    photographs.mkdir(parents=True, exist_ok=True)
    pillow_heif.register_heif_opener()
    for photograph in PHOTOGRAPHS:
        photograph.scene()  # the threads share them
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda item: take(photographs, *item), enumerate(PHOTOGRAPHS)))
    for note in NOTES:
        attach = [photographs / name for name in note.attach]
        write_document(notes / note.file, note.text, title=note.title, attach=attach, mail=note.mail)
    (notes / "photo_index.csv").write_text(PHOTO_INDEX, encoding="utf-8")


def take(folder: Path, number: int, photograph: Photograph) -> None:
    """Write one photograph; ``number`` seeds the grain of its sensor."""
    pixels = render(photograph.scene(), photograph.camera, seed=number)
    picture = Image.fromarray(pixels)
    options = _SAVE.get(Path(photograph.file).suffix, {"quality": 88})
    picture.save(folder / photograph.file, exif=_exif(photograph), **options)


def _exif(photograph: Photograph) -> Image.Exif:
    """Return what the camera wrote: maker, moment, lens and place."""
    exif = Image.Exif()
    moment = photograph.taken.replace("-", ":").replace("T", " ")
    exif[271], exif[272], exif[306] = "Casebook samples", photograph.model, moment
    exif[274] = 1
    details = exif.get_ifd(_EXIF_IFD)
    details[36867] = details[36868] = moment
    details[37386] = round(18 / (photograph.camera.view_deg / 52), 1)
    latitude, longitude = photograph.place
    gps = exif.get_ifd(_GPS_IFD)
    gps[1], gps[2] = "N", _degrees(latitude)
    gps[3], gps[4] = "E", _degrees(longitude)
    gps[5], gps[6] = 0, 3.0
    exif[_EXIF_IFD], exif[_GPS_IFD] = details, gps  # a TIFF keeps only what is named here
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    minutes = (value - whole) * 60
    return float(whole), float(int(minutes)), round((minutes - int(minutes)) * 60, 3)


if __name__ == "__main__":
    build(Path("build/samples/scene_photographs"))
    print(f"{len(PHOTOGRAPHS)} photographs, {len(NOTES)} notes and an index")
