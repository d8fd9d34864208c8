"""Pictures: orientation, depth, color, camera facts, pages, limits and damage."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture
from PIL import ImageOps

from engine.errors import CorruptFile, FileTooLarge, UnsupportedFile
from engine.hashing import bytes_sha256
from engine.model.likeness import are_near_duplicates, hash_distance
from engine.protocols import Content, ReadOptions, Source
from engine.readers.exif import parse_exif_time
from engine.readers.fingerprint import perceptual_hash
from engine.readers.raster import RasterReader


def read(folder: Path, name: str, data: bytes) -> Content:
    path = folder / name
    path.write_bytes(data)
    source = Source(path=path, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
    return RasterReader().read(source, ReadOptions())


def encode(picture: Picture.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def gradient(width: int = 60, height: int = 40) -> Picture.Image:
    across = np.linspace(0, 255, width, dtype=np.uint8)[None, :].repeat(height, 0)
    down = np.linspace(0, 255, height, dtype=np.uint8)[:, None].repeat(width, 1)
    return Picture.fromarray(np.dstack([across, down, across[:, ::-1]]))


def camera_exif() -> Picture.Exif:
    exif = Picture.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Canon", "Canon EOS 5D", 6
    exif.get_ifd(0x8769).update({0x9003: "2024:05:01 13:37:00"})
    exif.get_ifd(0x8825).update(
        {1: "S", 2: (33.0, 51.0, 24.0), 3: "E", 4: (151.0, 12.0, 36.0), 5: b"\0", 6: 12.5}
    )
    return exif


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "WEBP"])
def test_lossless_pictures_have_the_pixels_that_were_stored(tmp_path: Path, kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    content = read(tmp_path, f"a.{kind.lower()}", encode(gradient(), kind, **options))
    assert np.array_equal(content.frames[0].pixels.view, np.asarray(gradient()))
    assert not content.remarks


@pytest.mark.parametrize("kind", ["JPEG", "AVIF", "JPEG2000"])
def test_pictures_look_as_pillow_decodes_them(tmp_path: Path, kind: str) -> None:
    data = encode(gradient(), kind)
    expected = np.asarray(Picture.open(io.BytesIO(data)).convert("RGB"))
    assert np.array_equal(read(tmp_path, "a", data).frames[0].pixels.view, expected)


def test_heic_is_read(tmp_path: Path) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    content = read(tmp_path, "a.heic", encode(gradient(64, 48), "HEIF", quality=90))
    view = content.frames[0].pixels.view.astype(int)
    assert content.media_type == "image/heif"
    assert np.abs(view - np.asarray(gradient(64, 48))).mean() < 6


def test_orientation_is_applied_and_camera_facts_are_kept(tmp_path: Path) -> None:
    data = encode(gradient(), "JPEG", exif=camera_exif())
    frame = read(tmp_path, "a.jpg", data).frames[0]
    expected = ImageOps.exif_transpose(Picture.open(io.BytesIO(data)))
    assert (frame.image.width_px, frame.image.height_px) == (40, 60)
    assert np.array_equal(frame.pixels.view, np.asarray(expected))
    assert frame.image.captured_at == datetime(2024, 5, 1, 13, 37, tzinfo=UTC)
    facts = dict(frame.image.metadata)
    assert facts["camera"] == "Canon EOS 5D"
    assert facts["captured_at_zone"] == "camera local, unverified"
    assert frame.image.modality == "photograph"


def test_gps_becomes_a_location_with_signs(tmp_path: Path) -> None:
    location = (
        read(tmp_path, "a.jpg", encode(gradient(), "JPEG", exif=camera_exif())).frames[0].image.location
    )
    assert location is not None
    assert location.latitude_deg == pytest.approx(-33.856667, abs=1e-6)
    assert location.longitude_deg == pytest.approx(151.21, abs=1e-6)
    assert location.altitude_m == 12.5


def test_a_zone_in_the_file_moves_the_time_to_utc(tmp_path: Path) -> None:
    exif = camera_exif()
    exif.get_ifd(0x8769).update({0x9011: "+02:00"})
    image = read(tmp_path, "a.jpg", encode(gradient(), "JPEG", exif=exif)).frames[0].image
    assert image.captured_at == datetime(2024, 5, 1, 11, 37, tzinfo=UTC)
    assert dict(image.metadata)["captured_at_zone"] == "+02:00"


def test_captions_of_xmp_and_iptc_are_kept(tmp_path: Path) -> None:
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        b' xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description><dc:description><rdf:Alt><rdf:li>'
        b"A knife on the table</rdf:li></rdf:Alt></dc:description><dc:subject><rdf:Bag><rdf:li>knife</rdf:li>"
        b"<rdf:li>table</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    facts = dict(
        read(tmp_path, "a.jpg", encode(gradient(), "JPEG", xmp=xmp, comment=b"exhibit 4"))
        .frames[0]
        .image.metadata
    )
    assert (facts["caption"], facts["keywords"], facts["comment"]) == (
        "A knife on the table",
        "knife, table",
        "exhibit 4",
    )


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "", "    :  :     :  :  ", "2024:13:40 99:00:00"])
def test_a_clock_that_was_never_set_gives_no_time(text: str) -> None:
    assert parse_exif_time(text) is None


def test_twelve_bit_gray_in_sixteen_is_not_black(tmp_path: Path) -> None:
    deep = np.linspace(0, 4095, 64 * 64, dtype=np.uint16).reshape(64, 64)
    view = read(tmp_path, "a.png", encode(Picture.fromarray(deep), "PNG")).frames[0].pixels.view
    assert view.min() == 0
    assert view.max() == 255
    assert np.all(np.diff(view[..., 0].ravel().astype(int)) >= 0)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG2000"])
def test_deep_gray_keeps_the_numbers_that_pillow_decodes(tmp_path: Path, kind: str) -> None:
    deep = np.linspace(0, 4095, 64 * 64, dtype=np.uint16).reshape(64, 64)
    data = encode(Picture.fromarray(deep), kind)
    values = read(tmp_path, "a", data).frames[0].pixels.values
    assert values is not None
    assert np.array_equal(values, np.asarray(Picture.open(io.BytesIO(data))))


def test_large_pictures_are_converted_in_bands_without_a_seam(tmp_path: Path) -> None:
    tall = gradient(40, 2500)
    view = read(tmp_path, "a.png", encode(tall, "PNG")).frames[0].pixels.view
    assert np.array_equal(view, np.asarray(tall))


@pytest.mark.parametrize(("kind", "suffix"), [("PPM", "ppm"), ("PCX", "pcx"), ("TGA", "tga"), ("SGI", "sgi")])
def test_older_kinds_are_read(tmp_path: Path, kind: str, suffix: str) -> None:
    content = read(tmp_path, f"a.{suffix}", encode(gradient(), kind))
    assert np.array_equal(content.frames[0].pixels.view, np.asarray(gradient()))
    assert not content.remarks


def test_an_icon_gives_its_largest_picture(tmp_path: Path) -> None:
    frame = read(tmp_path, "a.ico", encode(gradient(64, 64), "ICO", sizes=[(16, 16), (64, 64)])).frames[0]
    assert (frame.image.width_px, frame.image.height_px) == (64, 64)


def test_both_pictures_of_a_phone_are_read(tmp_path: Path) -> None:
    pair = [gradient(), gradient().rotate(180)]
    frames = read(tmp_path, "a.jpg", encode(pair[0], "MPO", save_all=True, append_images=pair[1:])).frames
    assert len(frames) == 2


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
def test_every_orientation_is_applied_alike(tmp_path: Path, kind: str, orientation: int) -> None:
    exif = Picture.Exif()
    exif[0x0112] = orientation
    data = encode(gradient(), kind, exif=exif)
    expected = ImageOps.exif_transpose(Picture.open(io.BytesIO(data))).convert("RGB")
    assert np.array_equal(read(tmp_path, "a", data).frames[0].pixels.view, np.asarray(expected))


@pytest.mark.parametrize("compression", ["jpeg", "tiff_lzw", "tiff_deflate", "packbits", "raw"])
def test_packed_tiff_is_read_as_pillow_does(tmp_path: Path, compression: str) -> None:
    data = encode(gradient(64, 64), "TIFF", compression=compression)
    expected = np.asarray(Picture.open(io.BytesIO(data)).convert("RGB"))
    assert np.array_equal(read(tmp_path, "a.tif", data).frames[0].pixels.view, expected)


@pytest.mark.parametrize("mode", ["CMYK", "P", "1", "L", "LA", "RGBA", "YCbCr", "F", "I"])
def test_every_color_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    picture = gradient().convert("L").convert(mode) if mode in ("F", "I") else gradient().convert(mode)
    view = read(tmp_path, "a.tif", encode(picture, "TIFF")).frames[0].pixels.view
    assert view.shape == (40, 60, 3)
    assert view.std() > 20


def test_each_page_of_a_tiff_is_an_image(tmp_path: Path) -> None:
    pages = [gradient(), gradient().rotate(180), gradient(20, 10)]
    data = encode(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    frames = read(tmp_path, "a.tiff", data).frames
    assert [frame.image.frame for frame in frames] == [0, 1, 2]
    assert len({frame.image.id for frame in frames}) == 3
    assert frames[2].image.width_px == 20
    assert np.array_equal(frames[1].pixels.view, np.asarray(pages[1]))


def test_an_animation_gives_its_first_picture_and_says_so(tmp_path: Path) -> None:
    data = encode(
        gradient(), "GIF", save_all=True, append_images=[gradient().rotate(90), gradient().rotate(180)]
    )
    content = read(tmp_path, "a.gif", data)
    assert len(content.frames) == 1
    assert content.remarks == ("holds 3 pictures; only the first is read",)


def test_a_suffix_that_lies_is_said(tmp_path: Path) -> None:
    content = read(tmp_path, "a.jpg", encode(gradient(), "PNG"))
    assert content.media_type == "image/png"
    assert content.remarks == ("is a PNG picture, not what its suffix .jpg says",)


@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "BMP", "GIF"])
def test_a_truncated_picture_is_corrupt(tmp_path: Path, kind: str) -> None:
    data = encode(gradient(200, 200), kind)
    with pytest.raises(CorruptFile):
        read(tmp_path, "a", data[: len(data) // 2])


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_broken_download_is_shown_up_to_the_break(tmp_path: Path, kind: str) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    data = encode(Picture.fromarray(noise), kind)
    whole = np.asarray(Picture.open(io.BytesIO(data)).convert("RGB"))
    content = read(tmp_path, "a", data[: len(data) // 2])
    assert np.array_equal(content.frames[0].pixels.view[:80], whole[:80])
    assert content.remarks[0].startswith("is damaged, and shown up to the damage")
    with pytest.raises(CorruptFile):
        read(tmp_path, "a", data[: data.index(b"\xff\xda") + 14 if kind == "JPEG" else 50])


def test_a_bomb_passes_no_limit(tmp_path: Path) -> None:
    # 196 megapixels of one color pack into a few kilobytes.
    data = encode(Picture.new("1", (14_000, 14_000)), "PNG", optimize=True)
    assert len(data) < 100_000
    with pytest.raises(FileTooLarge, match="too many pixels"):
        read(tmp_path, "a.png", data)


def test_text_named_like_a_picture_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile, match="named like a picture"):
        read(tmp_path, "a.jpg", b"\x01\x02 no picture")


def test_the_perceptual_hash_survives_scaling_and_tells_pictures_apart() -> None:
    rng = np.random.default_rng(5)
    coarse = rng.integers(0, 255, (8, 9, 3), dtype=np.uint8)
    other = rng.integers(0, 255, (8, 9, 3), dtype=np.uint8)
    large = np.asarray(Picture.fromarray(coarse).resize((900, 700), Picture.Resampling.BICUBIC))
    small = np.asarray(Picture.fromarray(large).resize((301, 207), Picture.Resampling.LANCZOS))
    unlike = np.asarray(Picture.fromarray(other).resize((900, 700), Picture.Resampling.BICUBIC))
    assert len(perceptual_hash(large)) == 64
    assert are_near_duplicates(perceptual_hash(large), perceptual_hash(small))
    assert hash_distance(perceptual_hash(large), perceptual_hash(unlike)) > 60


def test_an_even_picture_is_no_duplicate_of_another() -> None:
    white = perceptual_hash(np.full((90, 90, 3), 255, np.uint8))
    black = perceptual_hash(np.zeros((90, 90, 3), np.uint8))
    assert not are_near_duplicates(white, black)
