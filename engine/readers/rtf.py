"""Rich Text Format, through striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import ClassVar

from engine.errors import CorruptFile
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.enclosed import collect
from engine.readers.limits import MAX_TEXT_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.prose import clip, make_report, normalize
from engine.readers.versions import library_versions

_MAGIC = b"{\\rtf"
_PICTURE = re.compile(rb"\\(jpeg|png)blip\b[^{}]{0,400}?[ \r\n]([0-9a-fA-F\s]{200,})")


class RtfReader:
    """Reads the text of an RTF file without its formatting and the pictures inside."""

    name: ClassVar[str] = "rtf"

    @staticmethod
    def availability() -> str | None:
        return None if find_spec("striprtf") else "needs striprtf: not installed"

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1", parameters=library_versions("striprtf"))

    def support(self, name: str, head: bytes) -> int:  # noqa: ARG002
        return 4 if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_MAGIC) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        from striprtf.striprtf import rtf_to_text

        data = read_bytes(source, MAX_TEXT_FILE_BYTES)
        try:
            # Bytes above 127 do not belong into RTF; Latin-1 passes each through as it is.
            raw = rtf_to_text(data.decode("latin-1"), errors="replace")
        except PARSER_ERRORS as error:
            raise CorruptFile(f"the RTF is damaged: {reason(error)}") from error
        text, remarks = clip(normalize(raw).strip("\n"))
        attachments, picture_remarks = collect(_pictures(data))
        if not text.strip() and not attachments:
            raise CorruptFile("a document without text and pictures")
        return Content(
            media_type="application/rtf",
            reports=(make_report(source.sha256, text),) if text.strip() else (),
            attachments=attachments,
            remarks=(*picture_remarks, *remarks),
        )


def _pictures(data: bytes) -> Iterator[Attachment]:
    """Yield the JPEG and PNG pictures, which RTF writes as hexadecimal digits."""
    for number, found in enumerate(_PICTURE.finditer(data), start=1):
        digits = b"".join(found[2].split())
        ending = "jpg" if found[1] == b"jpeg" else "png"
        picture = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        yield Attachment(name=f"picture-{number}.{ending}", data=picture)
