"""Pictures: JPEG, PNG, TIFF, BMP, GIF, WebP, HEIC, AVIF, JPEG 2000, through Pillow."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, ClassVar

from PIL import Image as Picture
from PIL import ImageOps, UnidentifiedImageError

from engine.errors import CorruptFile, FileTooLarge, UnsupportedFile
from engine.model.evidence import Image
from engine.model.ids import image_id
from engine.model.runs import Component, make_component
from engine.protocols import Content, Frame, Pixels, ReadOptions, Source
from engine.readers.captions import captions
from engine.readers.depth import to_view
from engine.readers.exif import CameraFacts, camera_facts
from engine.readers.fingerprint import perceptual_hash
from engine.readers.limits import MAX_DECODED_BYTES, MAX_FRAMES, MAX_IMAGE_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.prose import normalize
from engine.readers.signatures import describe, picture_kind
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
}
_ALL_SUFFIXES = tuple(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)


class RasterReader:
    """Reads pictures; a page of a TIFF is a frame, an animation gives its first picture."""

    name: ClassVar[str] = "raster"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1", parameters=library_versions("pillow", "pillow-heif"))

    def support(self, name: str, head: bytes) -> int:
        if head[128:132] == b"DICM":
            return 0  # a DICOM file may carry a TIFF header in front (PS3.10, 7.1)
        if picture_kind(head):
            return 4
        return 1 if name.lower().endswith(_ALL_SUFFIXES) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        data = read_bytes(source, MAX_IMAGE_FILE_BYTES)
        kind = picture_kind(data)
        if not kind:
            raise UnsupportedFile(
                f"named like a picture ({normalize(source.suffix)}), but is {describe(data[:4096])}"
            )
        try:
            frames, remarks = _decode(data, kind, source)
        except (Picture.DecompressionBombError, Picture.DecompressionBombWarning) as error:
            raise FileTooLarge(f"too many pixels for a picture: {reason(error)}") from error
        except UnidentifiedImageError as error:
            raise CorruptFile(f"begins like a {kind} picture, but its header is damaged") from error
        except PARSER_ERRORS as error:
            raise CorruptFile(f"the {kind} data is damaged: {reason(error)}") from error
        return Content(
            media_type=Picture.MIME.get(kind, f"image/{kind.lower()}"),
            frames=frames,
            remarks=(*_name_remark(source, kind), *remarks),
        )


def _name_remark(source: Source, kind: str) -> tuple[str, ...]:
    """Say so when the suffix promises another kind of file."""
    suffix = normalize(source.suffix)
    if not suffix or suffix in _SUFFIXES[kind]:
        return ()
    return (f"is a {kind} picture, not what its suffix {suffix} says",)


def _decode(data: bytes, kind: str, source: Source) -> tuple[tuple[Frame, ...], tuple[str, ...]]:
    if kind == "HEIF":
        _register_heif()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Picture.DecompressionBombWarning)
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
    count = _page_count(picture)
    if picture.format == "TIFF" or count == 1:
        return ()
    return (f"holds {count} pictures; only the first is read",)


def _page_count(picture: Any) -> int:
    return int(getattr(picture, "n_frames", 1))


def _pages(picture: Any, remarks: list[str]) -> Iterator[tuple[int, Any]]:
    """Yield the pages of a TIFF that can be read, within the limits, or the one picture."""
    if picture.format != "TIFF":
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
    view = to_view(_upright(page))
    height_px, width_px = view.shape[:2]
    image = Image(
        id=image_id(source.sha256, number),
        sha256=source.sha256,
        frame=number,
        width_px=width_px,
        height_px=height_px,
        modality="photograph" if facts.has_camera else "",
        captured_at=facts.captured_at,
        location=facts.location,
        perceptual_hash=perceptual_hash(view),
        metadata=tuple({"format": page.format or "", "color_mode": page.mode, **written, **camera}.items()),
    )
    return Frame(image=image, pixels=Pixels(view=view))


def _upright(page: Any) -> Any:
    try:
        return ImageOps.exif_transpose(page)
    except PARSER_ERRORS:  # a damaged orientation; the facts carry the remark
        return page
