"""Web pages: the text that a reader sees, without scripts, styles and markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, ClassVar

from engine.errors import CorruptFile
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.enclosed import collect
from engine.readers.figures import find_captions, sections_of
from engine.readers.html_pictures import page_pictures
from engine.readers.limits import MAX_TEXT_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.prose import clip, decode, make_report, normalize
from engine.readers.signatures import looks_like_text
from engine.readers.versions import library_versions

_SUFFIXES = (".html", ".htm", ".xhtml")
_MAGIC = re.compile(rb"^\s*(<!--.*?-->\s*)*(<\?xml[^>]*>\s*)?(<!doctype html|<html|<head|<body)", re.I | re.S)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_UNSEEN = "script, style, noscript, template, iframe, object, embed, svg, math"
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset "  # noqa: SIM905
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary "
    "table tbody tfoot thead title tr ul".split()
)
_CELLS = frozenset({"td", "th"})


class HtmlReader:
    """Reads the visible text of a page and the pictures in or beside it; nothing is fetched."""

    name: ClassVar[str] = "html"

    @staticmethod
    def availability() -> str | None:
        return None if find_spec("selectolax") else "needs selectolax: not installed"

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "2", parameters=library_versions("selectolax"))

    def support(self, name: str, head: bytes) -> int:
        if _MAGIC.match(head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
            return 4
        return 3 if name.lower().endswith(_SUFFIXES) and looks_like_text(head) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        markup = decode_page(read_bytes(source, MAX_TEXT_FILE_BYTES))
        attachments, picture_remarks = collect(enclosed_pictures(markup, source))
        title, raw = page_text(markup)
        text, remarks = clip(raw)
        captions = sections_of(find_captions(text))
        if not text and not attachments:
            raise CorruptFile("a page without text and pictures of its own")
        return Content(
            media_type="text/html",
            reports=(make_report(source.sha256, text, title=title, sections=captions),) if text else (),
            attachments=attachments,
            remarks=(*picture_remarks, *remarks),
        )


def decode_page(data: bytes) -> str:
    """Return the characters of a page, by the encoding that it declares where that is true."""
    declared = _CHARSET.search(data[:4096])
    if declared is not None:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a page that errs about itself is decoded like any other text
    return decode(data)[0]


def enclosed_pictures(markup: str, source: Source | None = None) -> Iterator[Attachment]:
    """Yield the pictures that a page carries in itself or that lie beside it; raises CorruptFile."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        body = LexborHTMLParser(markup).body
        if body is not None:
            yield from page_pictures(body, source)
    except (SelectolaxError, *PARSER_ERRORS) as error:
        raise CorruptFile(f"the HTML is damaged: {reason(error)}") from error


def page_text(markup: str) -> tuple[str, str]:
    """Return title and visible text of a page, normalized; raises CorruptFile."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        tree = LexborHTMLParser(markup)
        title = tree.css_first("title")
        words = title.text() if title is not None else ""
        for node in tree.css(_UNSEEN):
            node.decompose()
        body = tree.body or tree.root
    except (SelectolaxError, *PARSER_ERRORS) as error:
        raise CorruptFile(f"the HTML is damaged: {reason(error)}") from error
    return words, _tidy(normalize("".join(_pieces(body)))) if body is not None else ""


def _pieces(body: Any) -> Iterator[str]:
    """Yield the text of ``body`` in reading order, with line ends around each block.

    A stack instead of recursion: a hostile page nests its elements ten thousand deep.
    """
    waiting: list[Any] = [body]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif item.tag == "-text":
            yield re.sub(r"\s+", " ", item.text_content or "")
        else:
            around = "\n" if item.tag in _BLOCKS else "\t" if item.tag in _CELLS else ""
            yield around
            if around == "\n" and item.tag != "br":
                waiting.append(around)
            waiting.extend(reversed(list(item.iter(include_text=True))))


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t]*\t[ \t]*", "\t", line).strip() for line in text.split("\n"))
    joined = "\n".join(re.sub(r" {2,}", " ", line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()
