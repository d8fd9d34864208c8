"""The bytes of broken and malicious files, each small."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image

_DATE = (2026, 1, 5, 8, 0, 0)


def _picture(kind: str, **options: object) -> bytes:
    """Return a small picture with enough detail that cutting it cuts its data."""
    rng = np.random.default_rng(7)
    pixels = np.kron(rng.integers(0, 255, (24, 32, 3)), np.ones((8, 8, 1))).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **options)
    return buffer.getvalue()


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_bomb() -> bytes:
    """Return a PNG of a few hundred bytes that claims 60,000 by 60,000 pixels."""
    return _png(60_000, 60_000, zlib.compress(b"\0" * 200_000, 9))


def png_wrong_checksum() -> bytes:
    data = bytearray(_picture("PNG"))
    data[len(data) // 2] ^= 0xFF
    return bytes(data)


def gif_frames() -> bytes:
    """Return an animation whose frames differ."""
    frames = [Image.new("P", (40, 30), color) for color in range(12)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=40)
    return buffer.getvalue()


def tiff_loop() -> bytes:
    """Return a TIFF whose directory names itself as the next one."""
    entries = [(256, 3, 1, 4), (257, 3, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 200), (277, 3, 1, 1), (278, 3, 1, 4), (279, 4, 1, 16)]
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    data = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + body + struct.pack("<I", 8)
    return data.ljust(200, b"\0") + bytes(range(16))


def _zip(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)
    return buffer.getvalue()


_DOCX_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
_DOCX_RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'officeDocument" Target="word/document.xml"/></Relationships>'
)


def _docx(document: bytes) -> bytes:
    members = {
        "[Content_Types].xml": _DOCX_TYPES,
        "_rels/.rels": _DOCX_RELATIONS,
        "word/document.xml": document,
    }
    return _zip(members)


def _word_xml(text: bytes, prolog: bytes = b'<?xml version="1.0"?>') -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = b"<w:body><w:p><w:r><w:t>" + text + b"</w:t></w:r></w:p></w:body>"
    return prolog + b'<w:document xmlns:w="' + space + b'">' + body + b"</w:document>"


def docx_bomb() -> bytes:
    """Return a document of about 300 kB whose text unpacks to 300 MB."""
    packer = zlib.compressobj(9, wbits=-15)
    filler = b"A" * (1 << 20)
    head, tail = _word_xml(b"|").split(b"|")
    parts, checksum, size = [], 0, 0
    for piece in (head, *([filler] * 300), tail):
        parts.append(packer.compress(piece))
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
    return _spliced(_docx(b"|"), b"".join([*parts, packer.flush()]), checksum, size)


def _spliced(archive: bytes, packed: bytes, checksum: int, size: int) -> bytes:
    """Return the zip with its last member's data replaced: packing 300 MB in memory twice is slow."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        last = old.infolist()[-1]
        head = archive[: last.header_offset]
        directory = archive[old.start_dir :]
    name = last.filename.encode()
    numbers = struct.pack("<III", checksum, len(packed), size)
    local = (
        archive[last.header_offset : last.header_offset + 14]
        + numbers
        + struct.pack("<HH", len(name), 0)
        + name
    )
    entry = directory.rindex(b"PK\x01\x02")
    end = directory.rindex(b"PK\x05\x06")
    directory_new = directory[: entry + 16] + numbers + directory[entry + 28 : end]
    start = struct.pack("<I", len(head) + len(local) + len(packed))
    tail = directory[end : end + 16] + start + directory[end + 20 :]
    return head + local + packed + directory_new + tail


def docx_entities() -> bytes:
    """Return a document whose XML entities grow a billionfold, and that asks for a local file."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "lol">{levels}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    return _docx(_word_xml(b"&a9; &f;", prolog.encode()))


def zip_of_zips() -> bytes:
    data = _zip({"inner.txt": b"The end of the nesting."})
    for level in range(12):
        data = _zip({f"level{level}.zip": data})
    return data


def pdf_encrypted() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    lock = StandardEncryption("secret", "owner", canPrint=0)
    canvas = Canvas(buffer, encrypt=lock, invariant=1)
    canvas.drawString(72, 720, "Locked away: exhibit 9 is a blue bicycle.")
    canvas.save()
    return buffer.getvalue()


def pdf_plain(text: str = "Exhibit 9 is a blue bicycle.", *, script: bool = False) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(72, 720, text)
    if script:
        canvas.setCatalogEntry("OpenAction", '<< /S /JavaScript /JS (app.alert("run")) >>')
    canvas.save()
    return buffer.getvalue()


def pdf_many_pages() -> bytes:
    """Return a PDF whose page tree contains itself."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 100000 >>",
    ]
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj %s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    return (
        data
        + b"xref\n0 3\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    )


def rtf_deep() -> bytes:
    return b"{\\rtf1\\ansi " + b"{" * 20_000 + b"deep" + b"}" * 20_000 + b"}"


def mail_nested() -> bytes:
    """Return a mail inside a mail, thirty levels deep, the last with a text."""
    inner = b"Subject: the last one\r\nContent-Type: text/plain\r\n\r\nThe knife lies under the bridge.\r\n"
    for level in range(30):
        head = f"Subject: level {level}\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
        inner = head.encode() + inner
    return inner


MAKERS: Mapping[str, Callable[[], bytes]] = {
    "truncated.jpg": lambda: _half(_picture("JPEG", quality=95)),
    "truncated.png": lambda: _half(_picture("PNG")),
    "header_only.jpg": lambda: _picture("JPEG")[:20],
    "wrong_checksum.png": png_wrong_checksum,
    "bomb.png": png_bomb,
    "no_pixels.png": lambda: _png(0, 0, zlib.compress(b"")),
    "loop.tif": tiff_loop,
    "animated.gif": gif_frames,
    "text_named.jpg": lambda: b"This is a text and no picture. The bag is red.",
    "picture_named.txt": lambda: _picture("PNG"),
    "program_named.pdf": lambda: b"MZ" + bytes(range(256)) * 8,
    "empty.jpg": bytes,
    "empty.txt": bytes,
    "empty.dcm": bytes,
    "empty.pdf": bytes,
    "bomb.docx": docx_bomb,
    "entities.docx": docx_entities,
    "not_a_zip.docx": lambda: b"PK\x03\x04 but then nothing of a zip file",
    "no_document.docx": lambda: _zip({"hello.txt": b"hello"}),
    "zip_of_zips.zip": zip_of_zips,
    "garbage.pdf": lambda: b"%PDF-1.7\n" + np.random.default_rng(3).bytes(4_000),
    "encrypted.pdf": pdf_encrypted,
    "script.pdf": lambda: pdf_plain(script=True),
    "truncated.pdf": lambda: _half(pdf_plain()),
    "page_loop.pdf": pdf_many_pages,
    "deep.rtf": rtf_deep,
    "truncated.rtf": lambda: b"{\\rtf1\\ansi The bag is red\\par and {\\b the knife",
    "nested.eml": mail_nested,
    "deep.html": lambda: b"<div>" * 50_000 + b"The bag is red." + b"</div>" * 50_000,
}
