"""PDF: the text layer, page by page, through PDFium."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import chain, islice
from typing import Any, ClassVar

from engine.errors import CorruptFile, Encrypted
from engine.lettering.engines import chosen_engine
from engine.model.evidence import Page, Report, Section, Span
from engine.model.runs import Component, make_component
from engine.protocols import Content, ReadOptions, Source
from engine.readers.enclosed import collect
from engine.readers.figures import CAPTION
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES, MAX_PAGES, MAX_TEXT_CHARS
from engine.readers.opening import PARSER_ERRORS, read_bytes
from engine.readers.pdf_captions import PlacedCaption, page_captions
from engine.readers.pdf_pictures import pdf_files, pdf_pictures
from engine.readers.prose import make_report, normalize
from engine.readers.versions import library_versions

_MAGIC = b"%PDF-"
_PAGE_BREAK = "\n\n"
_MAX_NESTING = 4
# Pages whose words are another program's reading of a picture, of unknown confidence.
_RECOGNIZED = "pages_read_from_pictures_by_another_program"
# A page of outlined letters has many drawings; a page with a frame and a rule has few.
_MANY_PATHS = 100
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
    """Reads the text layer with a Page for each page, and names the pages that are scans."""

    name: ClassVar[str] = "pdf"

    @staticmethod
    def availability() -> str | None:
        return None if find_spec("pypdfium2") else "needs pypdfium2: not installed"

    @property
    def component(self) -> Component:
        parameters = library_versions("pypdfium2")
        if engine := chosen_engine(for_pages=True):
            parameters = (*parameters, ("scans", f"{engine.name} {engine.version}"), *engine.parameters)
        return make_component("reader", self.name, "2", parameters=parameters)

    def support(self, name: str, head: bytes) -> int:
        # Acrobat takes a header anywhere in the first kilobyte, and so do the files of this world.
        if _MAGIC in head[:1024]:
            return 4
        return 1 if name.lower().endswith(".pdf") else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        return read_pdf(read_bytes(source, MAX_DOCUMENT_FILE_BYTES), source.sha256)


def read_pdf(data: bytes, sha256: str) -> Content:
    """Return the Report of a PDF's text layer; also used for a PDF inside a DICOM file."""
    document = open_pdf(data)
    try:
        pages, remarks = _read_pages(document)
        title = _metadata(document, "Title")
        captions = {page.number: page.captions for page in pages}
        attachments, picture_remarks = collect(chain(pdf_files(document), pdf_pictures(document, captions)))
    finally:
        document.close()
    report = _report(sha256, pages, title) if any(page.text for page in pages) else None
    scanned = tuple(page.number for page in pages if page.is_scan)
    if not report and not scanned:
        remarks = (
            *remarks,
            f"holds no text and no scan ({len(pages)} {'page' if len(pages) == 1 else 'pages'})",
        )
    return Content(
        media_type="application/pdf",
        reports=(report,) if report else (),
        attachments=attachments,
        scanned_pages=scanned,
        remarks=(*remarks, *picture_remarks),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageText:
    """What the text layer of a page says.

    ``is_scan``: it says nothing, and there is something to see. ``is_hidden``: its text is not drawn,
    as where a scanner's own OCR has laid it behind the picture.
    """

    number: int
    text: str = ""
    captions: tuple[PlacedCaption, ...] = ()
    sections: tuple[Section, ...] = ()
    is_scan: bool = False
    is_hidden: bool = False
    is_damaged: bool = False


def open_pdf(data: bytes) -> Any:
    """Return the pypdfium2 document; raises Encrypted or CorruptFile."""
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


def _read_pages(document: Any) -> tuple[list[_PageText], tuple[str, ...]]:
    pages: list[_PageText] = []
    remarks: list[str] = []
    budget = MAX_TEXT_CHARS
    for page in _pages(document):
        pages.append(replace(page, text=page.text[:budget]) if len(page.text) > budget else page)
        budget -= len(page.text)
        if budget <= 0:
            remarks.append(
                f"the text is longer than {MAX_TEXT_CHARS} characters; read up to page {page.number}"
            )
            break
    damaged = [page.number for page in pages if page.is_damaged]
    if damaged:
        remarks.append(f"pages that are damaged and not read: {', '.join(map(str, damaged[:20]))}")
    if len(document) > MAX_PAGES:
        remarks.append(f"has {len(document)} pages; only the first {MAX_PAGES} are read")
    return pages, tuple(remarks)


def _pages(document: Any) -> Iterator[_PageText]:
    for index in range(min(len(document), MAX_PAGES)):
        try:
            page = _flat_page(document, index)
            try:
                yield _page_text(page, index + 1)
            finally:
                page.close()
        except PARSER_ERRORS:
            yield _PageText(number=index + 1, is_damaged=True)


def _page_text(page: Any, number: int) -> _PageText:
    text_page = page.get_textpage()
    try:
        raw = str(text_page.get_text_range())
        captions = page_captions(text_page, raw)
    finally:
        text_page.close()
    text = _tidy(raw).strip()
    return _PageText(
        number=number,
        text=text,
        captions=captions,
        sections=tuple(_sections(captions, raw, text)),
        is_scan=not text and _shows_something(page),
        is_hidden=bool(text) and _is_hidden(page),
    )


def _tidy(raw: str) -> str:
    return normalize(raw.translate(_LIGATURES))


def _sections(captions: Sequence[PlacedCaption], raw: str, text: str) -> Iterator[Section]:
    """Yield the captions as sections of the page's text, whose characters are not those of the raw text."""
    for caption in captions:
        start = len(_tidy(raw[: caption.start]).lstrip())
        words = _tidy(raw[caption.start : caption.end]).strip()
        if text.startswith(words, start):
            yield Section(kind=CAPTION, title=caption.title, span=Span(start=start, end=start + len(words)))


def _is_hidden(page: Any) -> bool:
    """Tell whether none of a page's text is drawn (render mode 3 of ISO 32000-1, 9.3.6)."""
    from pypdfium2.raw import FPDF_PAGEOBJ_TEXT, FPDF_TEXTRENDERMODE_INVISIBLE, FPDFTextObj_GetTextRenderMode

    texts = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], max_depth=_MAX_NESTING)
    modes = {FPDFTextObj_GetTextRenderMode(text) for text in islice(texts, _MANY_PATHS)}
    return modes == {FPDF_TEXTRENDERMODE_INVISIBLE}


def _shows_something(page: Any) -> bool:
    """Tell whether a page without text shows a picture, or drawings that may be letters."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH

    kinds = [found.type for found in islice(page.get_objects(max_depth=_MAX_NESTING), _MANY_PATHS)]
    return FPDF_PAGEOBJ_IMAGE in kinds or kinds.count(FPDF_PAGEOBJ_PATH) >= _MANY_PATHS // 2


def _flat_page(document: Any, index: int) -> Any:
    """Return a page with its form fields and annotations drawn into it, so that their text counts."""
    from pypdfium2.raw import FPDFPage_GetAnnotCount

    page = document[index]
    if document.formenv is None or FPDFPage_GetAnnotCount(page) == 0:
        return page
    page.flatten()
    page.close()  # a page in hand does not change any more
    return document[index]


def _report(sha256: str, texts: Sequence[_PageText], title: str) -> Report:
    pages: list[Page] = []
    sections: list[Section] = []
    start = 0
    texts = [page for page in texts if page.text]
    for page in texts:
        pages.append(Page(number=page.number, span=Span(start=start, end=start + len(page.text))))
        sections += (
            replace(each, span=Span(start=start + each.span.start, end=start + each.span.end))
            for each in page.sections
            if each.span.end <= len(page.text)
        )
        start += len(page.text) + len(_PAGE_BREAK)
    text = _PAGE_BREAK.join(page.text for page in texts)
    hidden = ", ".join(str(page.number) for page in texts if page.is_hidden)
    return make_report(
        sha256,
        text,
        title=title,
        sections=tuple(sections),
        pages=tuple(pages),
        metadata=((_RECOGNIZED, hidden),) if hidden else (),
    )


def _metadata(document: Any, key: str) -> str:
    try:
        return str(document.get_metadata_value(key))
    except PARSER_ERRORS:
        return ""
