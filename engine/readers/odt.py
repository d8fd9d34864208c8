"""OpenDocument (ODT, ODP, ODS): paragraphs, headings and tables in reading order; enclosed pictures."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import ClassVar
from xml.etree.ElementTree import Element

from engine.errors import CorruptFile, Encrypted
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.enclosed import collect, safe_name
from engine.readers.figures import find_captions, nearby_caption, sections_of
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES
from engine.readers.office_xml import local_name, parse_xml
from engine.readers.opening import read_bytes
from engine.readers.packed import open_packed, part
from engine.readers.prose import clip, make_report, normalize

_FAMILY = "application/vnd.oasis.opendocument."
_KINDS = {".odp": "presentation", ".otp": "presentation", ".ods": "spreadsheet", ".ots": "spreadsheet"}
_PICTURE = re.compile(r"(^|/)Pictures/[^/]+\.(png|jpe?g|gif|bmp|tiff?|webp)$", re.I)
_PARAGRAPHS = frozenset({"p", "h"})
_LINE_ENDS = frozenset({"p", "h", "table-row"})
_UNSEEN = frozenset({"annotation", "tracked-changes", "forms", "sequence-decls", "note-citation"})
_MAX_SPACES = 100


class OdtReader:
    """Reads the words of an OpenDocument text; comments and deleted text are left out."""

    name: ClassVar[str] = "odt"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "3")

    def support(self, name: str, head: bytes) -> int:
        if not head.startswith(b"PK\x03\x04"):
            return 0
        if _FAMILY.encode() in head[:200]:
            return 4
        return 3 if name.lower().endswith((".odt", ".ott", *_KINDS)) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        with open_packed(read_bytes(source, MAX_DOCUMENT_FILE_BYTES), "document") as packed:
            if "META-INF/manifest.xml" in packed.namelist() and b"encryption-data" in part(
                packed, "META-INF/manifest.xml"
            ):
                raise Encrypted("the document is protected by a password")
            root = parse_xml(part(packed, "content.xml"), "text")
            attachments, picture_remarks = collect(_pictures(packed, _captions(root)))
        text, remarks = clip(_tidy("".join(_pieces(root))))
        if not text and not attachments:
            raise CorruptFile("a document without text and pictures")
        return Content(
            media_type=_FAMILY + _KINDS.get(source.suffix, "text"),
            reports=(make_report(source.sha256, text, sections=sections_of(find_captions(text))),)
            if text
            else (),
            attachments=attachments,
            remarks=(*picture_remarks, *remarks),
        )


def _pictures(packed: zipfile.ZipFile, captions: Mapping[str, str]) -> Iterator[Attachment]:
    for name in packed.namelist():
        if _PICTURE.search(name):
            yield Attachment(
                name=safe_name(name.rpartition("/")[2], "picture"),
                data=part(packed, name),
                caption=captions.get(name, ""),
            )


def _captions(root: Element) -> dict[str, str]:
    """Return the caption of each picture by the name of its part; it stands in or below its paragraph."""
    texts = [""]
    found: list[tuple[str, int]] = []
    waiting: list[tuple[Element | str, int]] = [(root, 0)]
    while waiting:
        item, place = waiting.pop()
        if isinstance(item, str):
            texts[place] += item
            continue
        if local_name(item) in _PARAGRAPHS:
            place = len(texts)
            texts.append("")
        if local_name(item) == "image":
            found += [(value, place) for key, value in item.attrib.items() if key.endswith("}href")]
        for child in reversed(list(item)):
            waiting += [(child.tail or "", place), (child, place)]
        waiting.append((item.text or "", place))
    lines = [normalize(_collapsed(text)).strip() for text in texts]
    return {name: caption for name, place in found if (caption := nearby_caption(lines, place))}


def _pieces(root: Element) -> Iterator[str]:
    """Yield the text in reading order; a stack, since a hostile file nests deeply."""
    body = next((element for element in root.iter() if local_name(element) == "body"), root)
    waiting: list[Element | str] = [body]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        name = local_name(item)
        if name in _UNSEEN:
            continue
        waiting.append(_after(name))
        for child in reversed(list(item)):
            waiting += [_collapsed(child.tail), child]
        waiting.append(_before(item, name) + _collapsed(item.text))


def _collapsed(text: str | None) -> str:
    """Return text with its white space as single blanks (OpenDocument 1.3, part 3, 6.1.2)."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _before(element: Element, name: str) -> str:
    if name == "s":
        spaces = next((value for key, value in element.attrib.items() if key.endswith("}c")), "1")
        return " " * min(int(spaces), _MAX_SPACES) if spaces.isdigit() else " "
    return {"tab": "\t", "line-break": "\n"}.get(name, "")


def _after(name: str) -> str:
    return "\n" if name in _LINE_ENDS else "\t" if name == "table-cell" else ""


def _tidy(text: str) -> str:
    # A cell ends with the line end of its paragraph, which belongs to the row instead.
    joined = re.sub(r" *\n *\t", "\t", normalize(text))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n *", "\n", joined)).strip()
