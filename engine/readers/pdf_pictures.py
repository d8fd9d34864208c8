"""What a PDF encloses: the pictures on its pages, as they were stored where possible, and files."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.protocols import Attachment
from engine.readers.enclosed import safe_name
from engine.readers.limits import MAX_ATTACHMENTS, MAX_PAGES
from engine.readers.opening import PARSER_ERRORS
from engine.readers.pdf_captions import Area, PlacedCaption, captions_of

# Rules, bullets and logos are no evidence; a figure is larger.
_MIN_SIDE_PX = 64
_MAX_PIXELS = 80_000_000
_MAX_PER_PAGE = 200
_MAX_NESTING = 4


def pdf_files(document: Any) -> Iterator[Attachment]:
    """Yield the files that a PDF encloses."""
    for index in range(min(document.count_attachments(), MAX_ATTACHMENTS)):
        try:
            enclosed = document.get_attachment(index)
            name, data = enclosed.get_name(), bytes(enclosed.get_data())
        except PARSER_ERRORS:
            continue
        yield Attachment(name=safe_name(name, f"file-{index + 1}"), data=data)


def pdf_pictures(document: Any, captions: Mapping[int, Sequence[PlacedCaption]]) -> Iterator[Attachment]:
    """Yield the pictures page by page; JPEG and JPEG 2000 keep their bytes, others become PNG.

    ``captions``: those that the text layer has, by page number from 1.
    """
    for index in range(min(len(document), MAX_PAGES)):
        try:
            page = document[index]
        except PARSER_ERRORS:
            continue  # the text reader has said that this page is damaged
        try:
            yield from _page_pictures(page, index + 1, captions.get(index + 1, ()))
        finally:
            page.close()


def _page_pictures(page: Any, number: int, captions: Sequence[PlacedCaption]) -> Iterator[Attachment]:
    found = _placed_pictures(page)
    texts = captions_of([area for _, area in found], captions, page.get_height())
    count = 0
    for (picture, _), caption in zip(found, texts, strict=True):
        try:
            data = _stored(picture)
        except PARSER_ERRORS:
            continue
        if data:
            count += 1
            name = f"page-{number}-picture-{count}{_ending(data)}"
            yield Attachment(name=name, data=data, page=number, caption=caption)


def _placed_pictures(page: Any) -> list[tuple[Any, Area]]:
    """Return the pictures of a page that are no rules and bullets, with their places."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    placed: list[tuple[Any, Area]] = []
    found = page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_NESTING)
    while len(placed) < _MAX_PER_PAGE:
        try:
            picture = next(found, None)
            if picture is None:
                break
            width_px, height_px = picture.get_px_size()
            if min(width_px, height_px) >= _MIN_SIDE_PX and width_px * height_px <= _MAX_PIXELS:
                placed.append((picture, Area(*picture.get_bounds())))
        except PARSER_ERRORS:
            continue
    return placed


def _stored(picture: Any) -> bytes:
    target = io.BytesIO()
    if picture.get_filters(skip_simple=True) in (["DCTDecode"], ["JPXDecode"]):
        picture.extract(target)
    else:
        # Rendered, so that palettes, masks and decode arrays are applied as on the page.
        picture.get_bitmap(render=False).to_pil().convert("RGB").save(target, "PNG", compress_level=1)
    return target.getvalue()


def _ending(data: bytes) -> str:
    if data.startswith(b"\xff\xd8"):
        return ".jpg"
    return ".png" if data.startswith(b"\x89PNG") else ".jp2"
