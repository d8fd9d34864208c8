"""Word documents of 1997 to 2003 (DOC, [MS-DOC]): the text through the piece table."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import ClassVar

from engine.errors import CorruptFile, Encrypted
from engine.model.runs import Component, make_component
from engine.protocols import Content, ReadOptions, Source
from engine.readers.compound import COMPOUND_MAGIC, Compound
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.prose import clip, make_report, normalize

# Places in the File Information Block, [MS-DOC] 2.5.
_MAGIC_NUMBER, _FLAGS_AT, _CLX_AT = 0xA5EC, 0x0A, 0x01A2
_OLDEST_VERSION = 0x00C1  # Word 97
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_COMPRESSED = 0x40000000
_PICTURE_MAGICS = (b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n")
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?")
_MARKS = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": "\t", "\x15": "", "\x1e": "-", "\x1f": ""}
)


class DocReader:
    """Reads the words of an old Word document; pictures in it are not read, macros never run."""

    name: ClassVar[str] = "doc"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1")

    def support(self, name: str, head: bytes) -> int:
        return 4 if head.startswith(COMPOUND_MAGIC) and name.lower().endswith((".doc", ".dot")) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        data = read_bytes(source, MAX_DOCUMENT_FILE_BYTES)
        try:
            compound = Compound(data)
            text, remarks = clip(_tidy("".join(_pieces(compound))))
        except PARSER_ERRORS as error:
            raise CorruptFile(f"the document is damaged: {reason(error)}") from error
        if any(magic in compound.stream("Data") for magic in _PICTURE_MAGICS):
            remarks = (*remarks, "pictures in it are not read")
        return Content(
            media_type="application/msword",
            reports=(make_report(source.sha256, text),),
            remarks=remarks,
        )


def _pieces(compound: Compound) -> Iterator[str]:
    """Yield the text piece by piece ([MS-DOC] 2.4.1): Windows-1252 or UTF-16, scattered in the file."""
    words = compound.stream("WordDocument")
    if len(words) < _CLX_AT + 8:
        raise CorruptFile("named like a Word document, but holds no text of Word 97 or later")
    magic, version = struct.unpack_from("<HH", words, 0)
    (flags,) = struct.unpack_from("<H", words, _FLAGS_AT)
    if magic != _MAGIC_NUMBER or version < _OLDEST_VERSION:
        raise CorruptFile("a Word document older than Word 97, or a damaged one")
    if flags & _ENCRYPTED:
        raise Encrypted("the document is protected by a password")
    table = compound.stream("1Table" if flags & _TABLE_1 else "0Table")
    start, length = struct.unpack_from("<II", words, _CLX_AT)
    ends, places = _piece_table(table[start : start + length])
    for first, last, place in zip(ends, ends[1:], places, strict=False):
        count = max(0, last - first)
        if place & _COMPRESSED:
            offset = (place & ~_COMPRESSED) // 2
            yield words[offset : offset + count].decode("cp1252", "replace")
        else:
            yield words[place : place + 2 * count].decode("utf-16-le", "replace")


def _piece_table(clx: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the ends of the pieces in characters, and where each lies ([MS-DOC] 2.9.38)."""
    at = 0
    while at < len(clx) and clx[at] == 1:  # property changes, which are no text
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise CorruptFile("its piece table is missing")
    (length,) = struct.unpack_from("<I", clx, at + 1)
    plc = clx[at + 5 : at + 5 + length]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
    places = tuple(struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * n + 2)[0] for n in range(count))
    return ends, places


def _tidy(text: str) -> str:
    """Drop the codes of fields but not their results; a row of a table ends with an empty cell."""
    while (shown := _FIELD_CODE.sub("", text)) != text:
        text = shown
    plain = normalize(text.replace("\x07\x07", "\n").translate(_MARKS))
    return re.sub(r"\n{3,}", "\n\n", plain).strip()
