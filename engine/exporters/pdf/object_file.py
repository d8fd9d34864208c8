"""A PDF file that is written while it is made: pages and pictures leave memory as soon as they are done.

reportlab keeps every object until the end and then holds the whole file twice. This writes finished pictures
and page contents at once, and in the end only what is small: page dictionaries, fonts, bookmarks, forms.
Object model and file structure after ISO 32000-1, section 7.5.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from engine.exporters.pdf.archival import make_archival, print_links
from engine.hashing import bytes_sha256

# The comment of four bytes above 127 tells other programs that the file is binary (section 7.5.2).
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class ObjectFile:
    """The open file of one reportlab document; a context manager."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")
        self._offset = 0
        self._offsets: dict[int, int] = {}
        self._seen = 0
        self._write(_HEADER)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def flush(self, document: Any) -> None:
        """Write the pictures and page contents that are new in ``document``, and forget their bytes."""
        from reportlab.pdfbase.pdfdoc import (
            LinkAnnotation,
            PDFImageXObject,
            PDFPage,
            PDFStream,
            PDFZCompress,
        )

        for number in range(self._seen + 1, document.objectcounter + 1):
            made = document.idToObject[document.numberToId[number]]
            if isinstance(made, PDFImageXObject):
                self._put(document, number)
                made.streamContent = b""
            elif isinstance(made, LinkAnnotation):
                print_links(made)
            elif isinstance(made, PDFPage) and made.stream:
                made.Contents = PDFStream(content=made.stream, filters=[PDFZCompress])
                made.stream = None
                reference = document.Reference(made.Contents)
                self._put(document, document.idToObjectNumberAndVersion[reference.name][0])
                made.Contents.content = b""
        self._seen = document.objectcounter

    def finish(self, canvas: Any, identity: str, at: datetime) -> None:
        """Write what is left, the table of objects and the trailer; ``identity`` gives the file its ID."""
        document = canvas._doc
        self.flush(document)
        for font in document.delayedFonts:
            font.addObjects(document)
        make_archival(document, at)
        root, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, canvas)
        self._put_metadata(document, document.Catalog.Metadata)
        number = 0
        while number < document.objectcounter:  # formatting an object may make new ones
            number += 1
            if number not in self._offsets:
                self._put(document, number)
        self._write_table(
            number, root.format(document), info.format(document), bytes_sha256(identity.encode())[:32]
        )

    def _put(self, document: Any, number: int) -> None:
        from reportlab.pdfbase.pdfdoc import PDFIndirectObject

        name = document.numberToId[number]
        self._offsets[number] = self._offset
        self._write(_ended(PDFIndirectObject(name, document.idToObject[name]).format(document)))

    def _put_metadata(self, document: Any, made: Any) -> None:
        """Write the metadata as they are: reportlab would compress them, and any program shall find them."""
        reference = document.Reference(made)
        number = document.idToObjectNumberAndVersion[reference.name][0]
        self._offsets[number] = self._offset
        size = len(made.content)
        self._write(b"%d 0 obj\n<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n" % (number, size))
        self._write(made.content + b"\nendstream\nendobj\n")

    def _write_table(self, last: int, root: bytes, info: bytes, identity: str) -> None:
        start = self._offset
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1))
        for number in range(1, last + 1):
            self._write(b"%010d 00000 n \n" % self._offsets[number])
        names = b"<%b> <%b>" % (identity.encode(), identity.encode())
        self._write(b"trailer\n<< /Size %d /Root %b /Info %b /ID [%b] >>\n" % (last + 1, root, info, names))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._offset += len(data)


def _ended(data: bytes) -> bytes:
    """Return an object whose stream, where it has one, ends in a line of its own (ISO 19005-2, 6.1.7.1)."""
    head, word, tail = data.rpartition(b"endstream")
    is_end = bool(word) and tail.split() == [b"endobj"]
    return head + b"\n" + word + tail if is_end else data
