"""The pictures of a web page: those it carries in itself, and those that lie beside it in the evidence."""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from engine.protocols import Attachment, Source
from engine.readers.enclosed import safe_name
from engine.readers.figures import nearby_caption, one_line
from engine.readers.limits import MAX_ATTACHMENT_BYTES
from engine.readers.opening import HEAD_BYTES, PARSER_ERRORS
from engine.readers.prose import normalize
from engine.readers.signatures import picture_kind

_DATA = re.compile(r"data:image/([\w.+-]+)[^,]{0,100}?(;base64)?,", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
_LINE_BREAKERS = frozenset("p div figure li td th tr br h1 h2 h3 h4 h5 h6 section article".split())  # noqa: SIM905
_MAX_PICTURES = 1_000
_MAX_ADDRESS_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class _Shown:
    """An img element: its address and what the page says of it."""

    address: str
    caption: str


def page_pictures(body: Any, source: Source | None) -> Iterator[Attachment]:
    """Yield the pictures below an element with their captions; those elsewhere on the net are not fetched.

    ``source``: the page's own file, whose neighbors in the evidence folder may be looked at; None
    where there is none, as in a mail. Nothing outside of that folder is opened, and no link followed.
    """
    for number, shown in enumerate(_shown(body), start=1):
        data, name = b"", f"picture-{number}"
        if embedded := _DATA.match(shown.address):
            data = _decoded(shown.address, embedded)
            name = f"{name}.{embedded[1].lower().replace('svg+xml', 'svg')}"
        elif source is not None and not _SCHEME.match(shown.address):
            address = unquote(re.split("[?#]", shown.address, maxsplit=1)[0])
            data, name = _neighbor(source, address), safe_name(address, name)
        if picture_kind(data[:HEAD_BYTES]):
            yield Attachment(name=name, data=data, caption=shown.caption)


def _shown(body: Any) -> list[_Shown]:
    """Return the img elements in reading order, each with its caption or its alternative text."""
    lines: list[str] = [""]
    found: list[tuple[str, str, str, int]] = []
    waiting: list[Any] = [body]
    while waiting and len(found) < _MAX_PICTURES:
        item = waiting.pop()
        if item.tag == "-text":
            lines[-1] += re.sub(r"\s+", " ", item.text_content or "")
            continue
        if item.tag == "figcaption":
            continue  # it belongs to the pictures of its figure, and to no neighbor
        if item.tag in _LINE_BREAKERS:
            lines.append("")
        if item.tag == "img" and (address := item.attributes.get("src")):
            found.append((address.strip(), _figure_caption(item), _spoken(item), len(lines) - 1))
        waiting.extend(reversed(list(item.iter(include_text=True))))
    texts = [normalize(line).strip() for line in lines]
    return [
        _Shown(address, caption or nearby_caption(texts, line) or spoken)
        for address, caption, spoken, line in found
    ]


def _figure_caption(image: Any) -> str:
    """Return the caption of the figure element around an image."""
    around = image.parent
    for _ in range(4):
        if around is None:
            break
        if around.tag == "figure" and (caption := around.css_first("figcaption")) is not None:
            return one_line(normalize(caption.text()))
        around = around.parent
    return ""


def _spoken(image: Any) -> str:
    return one_line(normalize(image.attributes.get("alt") or image.attributes.get("title") or ""))


def _decoded(address: str, found: re.Match[str]) -> bytes:
    content = address[found.end() :]
    try:
        return base64.b64decode("".join(content.split())) if found[2] else unquote_to_bytes(content)
    except (ValueError, binascii.Error):
        return b""


def _neighbor(source: Source, address: str) -> bytes:
    """Return the bytes of a file beside the page, b"" where there is none inside the evidence folder."""
    depth = len(PurePosixPath(source.relative_path).parts)
    if not address or len(address) > _MAX_ADDRESS_CHARS or "\0" in address or depth > len(source.path.parts):
        return b""
    root = source.path.parents[depth - 1]
    path = Path(os.path.normpath(source.path.parent / address.replace("\\", "/")))
    try:
        if path.is_relative_to(root) and not _leads_away(path, root):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_ATTACHMENT_BYTES:
                return path.read_bytes()
    except PARSER_ERRORS:
        pass  # a neighbor that cannot be read is an Issue of its own
    return b""


def _leads_away(path: Path, root: Path) -> bool:
    return any(
        each.is_symlink() for each in (path, *path.parents) if each != root and each.is_relative_to(root)
    )
