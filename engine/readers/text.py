"""Plain text and Markdown, in any encoding that can be told."""

from __future__ import annotations

from typing import ClassVar

from engine.model.runs import Component, make_component
from engine.protocols import Content, ReadOptions, Source
from engine.readers.limits import MAX_TEXT_FILE_BYTES
from engine.readers.opening import read_bytes
from engine.readers.prose import clip, control_remarks, decode, make_report, normalize
from engine.readers.signatures import looks_like_text

_MARKDOWN = (".md", ".markdown")
_SUFFIXES = (".txt", ".text", ".log", *_MARKDOWN)


class TextReader:
    """Reads prose as it stands; Markdown keeps its marks, so that spans fit the file."""

    name: ClassVar[str] = "text"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1")

    def support(self, name: str, head: bytes) -> int:
        if not looks_like_text(head):
            return 0
        return 3 if name.lower().endswith(_SUFFIXES) else 1

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        raw, encoding = decode(read_bytes(source, MAX_TEXT_FILE_BYTES))
        text, remarks = clip(normalize(raw))
        report = make_report(source.sha256, text, metadata=(("encoding", encoding),))
        media_type = "text/markdown" if source.suffix in _MARKDOWN else "text/plain"
        return Content(media_type=media_type, reports=(report,), remarks=(*control_remarks(raw), *remarks))
