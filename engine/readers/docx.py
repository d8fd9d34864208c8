"""Word documents (DOCX): paragraphs and tables in reading order, text boxes, notes, headers, footers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any, ClassVar

from engine.errors import CorruptFile
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.compound import COMPOUND_MAGIC
from engine.readers.enclosed import collect, safe_name
from engine.readers.figures import find_captions, nearby_caption, one_line, sections_of
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES
from engine.readers.office_xml import parse_xml
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.packed import open_packed
from engine.readers.prose import clip, make_report, normalize
from engine.readers.versions import library_versions

_MAGIC = b"PK\x03\x04"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_V = "{urn:schemas-microsoft-com:vml}"
_DRAWINGS = ("emf", "wmf", "svg+xml")
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DocxReader:
    """Reads the words of a DOCX; macros are never run, links never followed."""

    name: ClassVar[str] = "docx"

    @staticmethod
    def availability() -> str | None:
        return None if find_spec("docx") else "needs python-docx: not installed"

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "2", parameters=library_versions("python-docx"))

    def support(self, name: str, head: bytes) -> int:
        is_named = name.lower().endswith((".docx", ".docm", ".dotx"))
        if not head.startswith(_MAGIC):
            return 3 if is_named and head.startswith(COMPOUND_MAGIC) else 0  # a password makes it one
        if is_named:
            return 4
        return 3 if b"word/" in head else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        import docx
        from docx.opc.exceptions import OpcError

        data = read_bytes(source, MAX_DOCUMENT_FILE_BYTES)
        open_packed(data, "document").close()
        try:
            document = docx.Document(io.BytesIO(data))
            text, remarks = clip(_tidy("\n".join(_lines(document))))
            title, authored_at = _properties(document)
            attachments, picture_remarks = collect(_pictures(document))
        except (OpcError, *PARSER_ERRORS) as error:
            raise CorruptFile(f"the document is damaged: {reason(error)}") from error
        if not text and not attachments:
            raise CorruptFile("a document without text and pictures")
        sections = sections_of(find_captions(text))
        report = (
            make_report(source.sha256, text, title=title, authored_at=authored_at, sections=sections)
            if text
            else None
        )
        return Content(
            media_type=_MEDIA_TYPE,
            reports=(report,) if report else (),
            attachments=attachments,
            remarks=(*picture_remarks, *remarks),
        )


def _lines(document: Any) -> Iterator[str]:
    headers = dict.fromkeys(text for section in document.sections for text in _texts(section.header))
    footers = dict.fromkeys(text for section in document.sections for text in _texts(section.footer))
    yield from headers
    yield from _texts(document)
    yield from _boxes(document)
    yield from _notes(document)
    yield from footers


def _texts(container: Any) -> Iterator[str]:
    """Yield paragraphs and table rows in reading order; cells are parted by tabs."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(_distinct(row.cells))
        else:
            yield block.text


def _boxes(document: Any) -> Iterator[str]:
    """Yield the paragraphs of text boxes, which lie beside the flow, but no copy for old programs."""
    for paragraph in document.element.body.iterfind(f".//{_W}txbxContent//{_W}p"):
        if not any(ancestor.tag.endswith("}Fallback") for ancestor in paragraph.iterancestors()):
            yield _words(paragraph)


def _notes(document: Any) -> Iterator[str]:
    """Yield foot and end notes, which python-docx leaves out."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root = parse_xml(relation.target_part.blob, "notes")
        for paragraph in root.iterfind(f".//{_W}p"):
            if words := _words(paragraph):
                yield words


def _words(paragraph: Any) -> str:
    return "".join(run.text or "" for run in paragraph.iterfind(f".//{_W}t"))


def _distinct(cells: Any) -> list[str]:
    """Return the text of each cell once, though a merged cell is listed for each column."""
    unique = {id(cell._tc): cell for cell in cells}
    return [" ".join(" ".join(_texts(cell)).split()) for cell in unique.values()]


def _pictures(document: Any) -> Iterator[Attachment]:
    """Yield the pictures of the body, then those of headers and footers; drawings have no pixels."""
    captions = _captions(document)
    holders = [document.part]
    for section in document.sections:
        holders += [section.header.part, section.footer.part]
    for holder in holders:
        for identity, relation in holder.rels.items():
            if relation.is_external or "/image" not in relation.reltype:
                continue
            part = relation.target_part
            if not part.content_type.endswith(_DRAWINGS):
                yield Attachment(
                    name=safe_name(str(part.partname).rpartition("/")[2], "picture"),
                    data=part.blob,
                    caption=captions.get(identity, "") if holder is document.part else "",
                )


def _captions(document: Any) -> dict[str, str]:
    """Return the captions of the pictures in the body by relation, or their alternative texts."""
    paragraphs = list(document.element.body.iter(f"{_W}p"))
    texts = [normalize(_words(paragraph)).strip() for paragraph in paragraphs]
    found: dict[str, str] = {}
    for place, paragraph in enumerate(paragraphs):
        for drawn in paragraph.iter(f"{_A}blip", f"{_V}imagedata"):
            identity = drawn.get(f"{_R}embed") or drawn.get(f"{_R}id") or ""
            caption = nearby_caption(texts, place) or _spoken(paragraph)
            if identity and caption:
                found.setdefault(identity, caption)
    return found


def _spoken(paragraph: Any) -> str:
    """Return the alternative text of the first drawing of a paragraph."""
    described = (drawing.get("descr") or "" for drawing in paragraph.iter(f"{_WP}docPr"))
    return one_line(normalize(next(filter(None, described), "")))


def _properties(document: Any) -> tuple[str, datetime | None]:
    """Return title and time of the last change; python-docx would invent both where none is kept."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    kept = (relation.reltype for relation in document.part.package.rels.values())
    if RELATIONSHIP_TYPE.CORE_PROPERTIES not in kept:
        return "", None
    core = document.core_properties
    written = core.modified or core.created
    return core.title or "", written.replace(tzinfo=UTC) if written and written.tzinfo is None else written


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", normalize(text)).strip()
