"""Rich Text Format, through striprtf."""

from __future__ import annotations

from importlib.util import find_spec
from typing import ClassVar

from engine.errors import CorruptFile
from engine.model.runs import Component, make_component
from engine.protocols import Content, ReadOptions, Source
from engine.readers.limits import MAX_TEXT_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.prose import clip, make_report, normalize
from engine.readers.versions import library_versions

_MAGIC = b"{\\rtf"


class RtfReader:
    """Reads the text of an RTF file without its formatting; pictures inside are not read."""

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
        if data.count(b"\\pict"):
            remarks = (*remarks, "pictures inside the RTF are not read")
        return Content(
            media_type="application/rtf", reports=(make_report(source.sha256, text),), remarks=remarks
        )
