"""Presentations (PPTX): the words of slides and notes, with a Page per slide, and their pictures."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import ClassVar

from engine.errors import CorruptFile
from engine.model.evidence import Page, Span
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.compound import COMPOUND_MAGIC
from engine.readers.enclosed import collect, safe_name
from engine.readers.figures import find_captions, sections_of
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES, MAX_PAGES
from engine.readers.office_xml import parse_xml
from engine.readers.opening import read_bytes
from engine.readers.packed import open_packed, part
from engine.readers.prose import clip, make_report, normalize

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_SUFFIXES = (".pptx", ".pptm", ".ppsx", ".potx")
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_PICTURE = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|webp)$", re.IGNORECASE)
_PAGE_BREAK = "\n\n"


class PresentationReader:
    """Reads what slides and their notes say; nothing is played or run."""

    name: ClassVar[str] = "presentation"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1")

    def support(self, name: str, head: bytes) -> int:
        is_named = name.lower().endswith(_SUFFIXES)
        if not head.startswith(b"PK\x03\x04"):
            return 3 if is_named and head.startswith(COMPOUND_MAGIC) else 0  # a password makes it one
        if is_named:
            return 4
        return 3 if b"ppt/" in head else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        with open_packed(read_bytes(source, MAX_DOCUMENT_FILE_BYTES), "presentation") as packed:
            slides = _slides(packed)
            words = [(number, _words(packed, name)) for number, name in slides]
            attachments, picture_remarks = collect(_pictures(packed, slides))
        text, pages = _joined([(number, said) for number, said in words if said])
        text, remarks = clip(text)
        pages = tuple(page for page in pages if page.span.end <= len(text))
        if not text and not attachments:
            raise CorruptFile("a presentation without text and pictures")
        sections = sections_of(find_captions(text))
        report = make_report(source.sha256, text, sections=sections, pages=pages) if text else None
        return Content(
            media_type=_MEDIA_TYPE,
            reports=(report,) if report else (),
            attachments=attachments,
            remarks=(*picture_remarks, *remarks),
        )


def _slides(packed: zipfile.ZipFile) -> list[tuple[int, str]]:
    found = ((int(match[1]), name) for name in packed.namelist() if (match := _SLIDE.fullmatch(name)))
    return sorted(found)[:MAX_PAGES]


def _words(packed: zipfile.ZipFile, slide: str) -> str:
    notes = [name for name in _related(packed, slide) if "/notesSlides/" in name]
    said = (_paragraphs(part(packed, name)) for name in (slide, *notes))
    return "\n".join(filter(None, said))


def _paragraphs(data: bytes) -> str:
    root = parse_xml(data, "slide")
    lines = ("".join(run.text or "" for run in line.iterfind(".//{*}t")) for line in root.iterfind(".//{*}p"))
    return normalize("\n".join(line for line in lines if line.strip())).strip()


def _pictures(packed: zipfile.ZipFile, slides: list[tuple[int, str]]) -> Iterator[Attachment]:
    for number, slide in slides:
        for name in _related(packed, slide):
            if "/media/" in name and _PICTURE.search(name):
                picture = safe_name(name.rpartition("/")[2], "picture")
                yield Attachment(name=f"slide-{number}-{picture}", data=part(packed, name), page=number)


def _related(packed: zipfile.ZipFile, slide: str) -> list[str]:
    """Return the parts of the package that a slide refers to, in the order of its relations."""
    folder, _, name = slide.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in packed.namelist():
        return []
    targets = [
        posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
        for relation in parse_xml(part(packed, relations), "relations")
        if relation.get("TargetMode") != "External"
    ]
    return [target for target in targets if target in packed.namelist()]


def _joined(words: list[tuple[int, str]]) -> tuple[str, tuple[Page, ...]]:
    pages: list[Page] = []
    start = 0
    for number, said in words:
        pages.append(Page(number=number, span=Span(start=start, end=start + len(said))))
        start += len(said) + len(_PAGE_BREAK)
    return _PAGE_BREAK.join(said for _, said in words), tuple(pages)
