"""PDF: the text layer, page by page, through PDFium."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import chain
from typing import Any, ClassVar

from engine.errors import CorruptFile, Encrypted
from engine.model.evidence import Page, Report, Span
from engine.model.runs import Component, make_component
from engine.protocols import Content, ReadOptions, Source
from engine.readers.enclosed import collect
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES, MAX_PAGES, MAX_TEXT_CHARS
from engine.readers.opening import PARSER_ERRORS, read_bytes
from engine.readers.pdf_pictures import pdf_files, pdf_pictures
from engine.readers.prose import make_report, normalize
from engine.readers.versions import library_versions

_MAGIC = b"%PDF-"
_PAGE_BREAK = "\n\n"
# Letters that typesetters join; as one character no search would find the word.
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}


class PdfReader:
    """Reads the text layer with a Page for each page; a scan without one says so."""

    name: ClassVar[str] = "pdf"

    @staticmethod
    def availability() -> str | None:
        return None if find_spec("pypdfium2") else "needs pypdfium2: not installed"

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1", parameters=library_versions("pypdfium2"))

    def support(self, name: str, head: bytes) -> int:
        # Acrobat takes a header anywhere in the first kilobyte, and so do the files of this world.
        if _MAGIC in head[:1024]:
            return 4
        return 1 if name.lower().endswith(".pdf") else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        return read_pdf(read_bytes(source, MAX_DOCUMENT_FILE_BYTES), source.sha256)


def read_pdf(data: bytes, sha256: str) -> Content:
    """Return the Report of a PDF's text layer; also used for a PDF inside a DICOM file."""
    document = _open(data)
    try:
        texts, remarks = _page_texts(document)
        title = _metadata(document, "Title")
        attachments, picture_remarks = collect(chain(pdf_files(document), pdf_pictures(document)))
    finally:
        document.close()
    reports = (_report(sha256, texts, title),) if any(texts) else ()
    if not reports:
        remarks = (*remarks, f"no text layer on its {len(texts)} pages: a scan, or pictures only")
    return Content(
        media_type="application/pdf",
        reports=reports,
        attachments=attachments,
        remarks=(*remarks, *picture_remarks),
    )


def _open(data: bytes) -> Any:
    import pypdfium2

    logging.getLogger("pypdfium2").setLevel(logging.CRITICAL + 1)
    try:
        return _load(data)
    except pypdfium2.PdfiumError:
        pass
    # PDFium leaves its error number as it was on some damaged files, so that a file would be called
    # encrypted because the one before it was: the number is set to "format", and it tries again.
    with contextlib.suppress(pypdfium2.PdfiumError):
        _load(_MAGIC)
    try:
        return _load(data)
    except pypdfium2.PdfiumError as error:
        words = str(error).lower()
        if "password" in words or "security" in words:
            raise Encrypted("the PDF is protected by a password") from error
        raise CorruptFile("the PDF is damaged: neither its index nor its pages can be found") from error


def _load(data: bytes) -> Any:
    import pypdfium2
    from pypdfium2.raw import FORMTYPE_ACRO_FORM

    document = pypdfium2.PdfDocument(data)
    if document.get_formtype() == FORMTYPE_ACRO_FORM:
        document.init_forms()  # must come before any page, so that fields show what was filled in
    return document


def _page_texts(document: Any) -> tuple[list[str], tuple[str, ...]]:
    texts: list[str] = []
    damaged: list[int] = []
    remarks: list[str] = []
    budget = MAX_TEXT_CHARS
    for number, text in _pages(document):
        if text is None:
            damaged.append(number)
        texts.append((text or "")[:budget])
        budget -= len(texts[-1])
        if budget <= 0:
            remarks.append(f"the text is longer than {MAX_TEXT_CHARS} characters; read up to page {number}")
            break
    if damaged:
        remarks.append(f"pages that are damaged and not read: {', '.join(map(str, damaged[:20]))}")
    if len(document) > MAX_PAGES:
        remarks.append(f"has {len(document)} pages; only the first {MAX_PAGES} are read")
    return texts, tuple(remarks)


def _pages(document: Any) -> Iterator[tuple[int, str | None]]:
    """Yield each page's number and normalized text, None where the page is damaged."""
    for index in range(min(len(document), MAX_PAGES)):
        try:
            page = _flat_page(document, index)
            try:
                text = _text(page)
            finally:
                page.close()
        except PARSER_ERRORS:
            yield index + 1, None
        else:
            yield index + 1, normalize(text.translate(_LIGATURES)).strip()


def _flat_page(document: Any, index: int) -> Any:
    """Return a page with its form fields and annotations drawn into it, so that their text counts."""
    from pypdfium2.raw import FPDFPage_GetAnnotCount

    page = document[index]
    if document.formenv is None or FPDFPage_GetAnnotCount(page) == 0:
        return page
    page.flatten()
    page.close()  # a page in hand does not change any more
    return document[index]


def _text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_range())
    finally:
        text_page.close()


def _report(sha256: str, texts: list[str], title: str) -> Report:
    pages: list[Page] = []
    start = 0
    for number, text in enumerate(texts, start=1):
        pages.append(Page(number=number, span=Span(start=start, end=start + len(text))))
        start += len(text) + len(_PAGE_BREAK)
    return make_report(sha256, _PAGE_BREAK.join(texts), title=title, pages=tuple(pages))


def _metadata(document: Any, key: str) -> str:
    try:
        return str(document.get_metadata_value(key))
    except PARSER_ERRORS:
        return ""
