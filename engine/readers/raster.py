"""Pictures of every kind that Pillow decodes without another program, from JPEG to Targa."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, ClassVar

from PIL import Image as Picture
from PIL import ImageOps, UnidentifiedImageError

from engine.errors import CorruptFile, FileTooLarge, ReadError, UnsupportedFile
from engine.model.evidence import Image
from engine.model.ids import image_id
from engine.model.runs import Component, make_component
from engine.protocols import Content, Frame, ReadOptions, Source
from engine.readers.captions import captions
from engine.readers.depth import to_pixels
from engine.readers.exif import CameraFacts, camera_facts
from engine.readers.fingerprint import perceptual_hash
from engine.readers.limits import MAX_DECODED_BYTES, MAX_FRAMES, MAX_IMAGE_FILE_BYTES
from engine.readers.opening import HEAD_BYTES, PARSER_ERRORS, read_bytes, reason
from engine.readers.prose import normalize
from engine.readers.signatures import describe, is_targa, picture_kind
from engine.readers.versions import library_versions

_SUFFIXES = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png", ".apng"),
    "TIFF": (".tif", ".tiff"),
    "BMP": (".bmp", ".dib"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "HEIF": (".heic", ".heif", ".hif"),
    "AVIF": (".avif",),
    "JPEG2000": (".jp2", ".j2k", ".jpf", ".jpx", ".j2c", ".jpc"),
    "PPM": (".ppm", ".pgm", ".pbm", ".pnm", ".pfm"),
    "PCX": (".pcx",),
    "TGA": (".tga", ".icb", ".vda", ".vst"),
    "PSD": (".psd",),
    "ICO": (".ico",),
    "SGI": (".sgi", ".rgb", ".rgba", ".bw"),
    "FLI": (".fli", ".flc"),
}
# Kinds that are stored row by row, or coarse to fine, so that a part of the data is a part of the picture.
_BY_ROWS = frozenset({"JPEG", "PNG"})
_LEAST_SHOWN = 0.01
_ORIENTATION, _COMPRESSION = 0x0112, 0x0103
# Compressions of TIFF that libtiff can be built without.
_RARE_PACKINGS = {
    34676: "SGILOG",
    34712: "JPEG 2000",
    34887: "LERC",
    34925: "LZMA",
    50001: "WebP",
    50002: "JPEG XL",
}
# Kinds whose further pictures are pictures of their own, and no frames of an animation.
_PAGED = frozenset({"TIFF", "MPO", "HEIF"})
_ALL_SUFFIXES = tuple(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)


class RasterReader:
    """Reads pictures; a page of a TIFF is a frame, and so is each picture of a phone's HEIC or MPO.

    An animation gives its first picture, a Photoshop file the one that all its layers make.
    """

    name: ClassVar[str] = "raster"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "3", parameters=library_versions("pillow", "pillow-heif"))

    def support(self, name: str, head: bytes) -> int:
        if head[128:132] == b"DICM":
            return 0  # a DICOM file may carry a TIFF header in front (PS3.10, 7.1)
        if _kind_of(name, head):
            return 4
        return 1 if name.lower().endswith(_ALL_SUFFIXES) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        data = read_bytes(source, MAX_IMAGE_FILE_BYTES)
        kind = _kind_of(source.relative_path, data[:HEAD_BYTES])
        if not kind:
            raise UnsupportedFile(
                f"named like a picture ({normalize(source.suffix)}), but is {describe(data[:HEAD_BYTES])}"
            )
        try:
            frames, remarks = _decoded(data, kind, source)
        except Picture.DecompressionBombError as error:
            raise FileTooLarge(f"too many pixels for a picture: {reason(error)}") from error
        except UnidentifiedImageError as error:
            raise CorruptFile(f"begins like a {kind} picture, but its header is damaged") from error
        except PARSER_ERRORS as error:
            raise _refusal(data, kind, error) from error
        return Content(
            media_type=Picture.MIME.get(kind, f"image/{kind.lower()}"),
            frames=frames,
            remarks=(*_name_remark(source, kind), *remarks),
        )


def _refusal(data: bytes, kind: str, error: BaseException) -> ReadError:
    """Return why decoding failed: a packing that this Pillow lacks is no damage."""
    if kind == "TIFF" and (packing := _rare_packing(data)):
        return UnsupportedFile(f"a TIFF picture packed with {packing}, which cannot be unpacked here")
    return CorruptFile(f"the {kind} data cannot be decoded: {reason(error)}")


def _rare_packing(data: bytes) -> str:
    try:
        with Picture.open(io.BytesIO(data), formats=("TIFF",)) as picture:
            return _RARE_PACKINGS.get(picture.tag_v2.get(_COMPRESSION), "")  # type: ignore[attr-defined]
    except PARSER_ERRORS:
        return ""


def _kind_of(name: str, head: bytes) -> str:
    return "TGA" if is_targa(name, head) else picture_kind(head)


def _name_remark(source: Source, kind: str) -> tuple[str, ...]:
    """Say so when the suffix promises another kind of file."""
    suffix = normalize(source.suffix)
    if suffix not in _ALL_SUFFIXES or suffix in _SUFFIXES[kind]:
        return ()  # what a suffix does not promise cannot be a lie: ".mpo", ".bak"
    return (f"is a {kind} picture, not what its suffix {suffix} says",)


def _decoded(data: bytes, kind: str, source: Source) -> tuple[tuple[Frame, ...], tuple[str, ...]]:
    """Decode, and where the data break off, what comes before the break: a download is often not whole."""
    try:
        return _decode(data, kind, source)
    except PARSER_ERRORS as error:
        if kind not in _BY_ROWS or isinstance(error, UnidentifiedImageError):
            raise
        partly = _up_to_the_damage(data, kind, source)
        if partly is None:
            raise
        frames, remarks = partly
        return frames, (f"is damaged, and shown up to the damage: {reason(error)}", *remarks)


def _up_to_the_damage(
    data: bytes, kind: str, source: Source
) -> tuple[tuple[Frame, ...], tuple[str, ...]] | None:
    """Return what Pillow decodes when it may break off; None where that is nearly all filled up."""
    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        frames, remarks = _decode(data, kind, source)
    except PARSER_ERRORS:
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    view = frames[0].pixels.view
    shown = (view != view[-1, -1]).any(axis=2).mean()
    return (frames, remarks) if shown > _LEAST_SHOWN else None


def _decode(data: bytes, kind: str, source: Source) -> tuple[tuple[Frame, ...], tuple[str, ...]]:
    if kind == "HEIF":
        _register_heif()
    # Only the plug-in of this kind may look: EPS's, for one, would start another program.
    with Picture.open(io.BytesIO(data), formats=(kind,)) as picture:
        frames, remarks = [], list(_animation_remark(picture))
        for number, page in _pages(picture, remarks):
            facts = camera_facts(page.getexif())
            remarks.extend(facts.remarks)
            frames.append(_frame(page, number, source, facts))
    return tuple(frames), tuple(dict.fromkeys(remarks))


def _register_heif() -> None:
    if find_spec("pillow_heif") is None:
        raise UnsupportedFile("a HEIC picture; reading it needs pillow-heif, which is not installed")
    import pillow_heif

    pillow_heif.register_heif_opener()


def _animation_remark(picture: Any) -> tuple[str, ...]:
    if picture.format in _PAGED or picture.format == "PSD":
        return ()
    count = _page_count(picture)
    if count == 1:
        return ()
    return (f"holds {count} pictures; only the first is read",)


def _page_count(picture: Any) -> int:
    return int(getattr(picture, "n_frames", 1))


def _pages(picture: Any, remarks: list[str]) -> Iterator[tuple[int, Any]]:
    """Yield the pages that can be read, within the limits, or the one picture."""
    if picture.format not in _PAGED:
        yield 0, picture
        return
    count, decoded_bytes = _page_count(picture), 0
    for number in range(min(count, MAX_FRAMES)):
        try:
            picture.seek(number)
            decoded_bytes += picture.width * picture.height * 3
            if decoded_bytes > MAX_DECODED_BYTES:
                remarks.append(f"pages {number + 1} to {count} are not read: too many pixels in one file")
                return
            picture.load()
        except PARSER_ERRORS as error:
            if number == 0:
                raise
            remarks.append(f"page {number + 1} of {count} is damaged: {reason(error)}")
            continue
        yield number, picture
    if count > MAX_FRAMES:
        remarks.append(f"pages {MAX_FRAMES + 1} to {count} are not read: too many pages in one file")


def _frame(page: Any, number: int, source: Source, facts: CameraFacts) -> Frame:
    page.load()
    written, camera = captions(page), dict(facts.metadata)
    pixels = to_pixels(_upright(page))
    height_px, width_px = pixels.view.shape[:2]
    image = Image(
        id=image_id(source.sha256, number),
        sha256=source.sha256,
        frame=number,
        width_px=width_px,
        height_px=height_px,
        modality="photograph" if facts.has_camera else "",
        captured_at=facts.captured_at,
        location=facts.location,
        perceptual_hash=perceptual_hash(pixels.view),
        metadata=tuple({"format": page.format or "", "color_mode": page.mode, **written, **camera}.items()),
    )
    return Frame(image=image, pixels=pixels)


def _upright(page: Any) -> Any:
    try:
        # Without an orientation Pillow would copy the picture for nothing.
        turned = page.getexif().get(_ORIENTATION, 1) != 1
        return ImageOps.exif_transpose(page) if turned else page
    except PARSER_ERRORS:  # a damaged orientation; the facts carry the remark
        return page
