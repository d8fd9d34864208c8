"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import codecs
import re

_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
    (b"8BPS\x00\x01", "PSD"),
    (b"\x01\xda\x00\x01", "SGI"),
    (b"\x01\xda\x00\x02", "SGI"),
    (b"\x01\xda\x01\x01", "SGI"),
    (b"\x01\xda\x01\x02", "SGI"),
)
_BRANDS = {
    b"heic": "HEIF",
    b"heix": "HEIF",
    b"hevc": "HEIF",
    b"heim": "HEIF",
    b"heis": "HEIF",
    b"hevx": "HEIF",
    b"mif1": "HEIF",
    b"msf1": "HEIF",
    b"avif": "AVIF",
    b"avis": "AVIF",
}
# Known kinds that no reader takes, so that the Issue can say what the file is.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file (OLE container)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "gzip-packed data"),
    (b"BZh", "bzip2-packed data"),
    (b"\xfd7zXZ\x00", "xz-packed data"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"%!PS", "PostScript, which is a program and is never run"),
    (b"\xc5\xd0\xd3\xc6", "encapsulated PostScript, which is a program and is never run"),
    (b"DDS ", "a DirectDraw texture"),
    (b"BLP1", "a Blizzard texture"),
    (b"BLP2", "a Blizzard texture"),
    (b"\x00\x00\x02\x00", "a Windows cursor"),
    (b"\x76\x2f\x31\x01", "an OpenEXR picture"),
    (b"SIMPLE  =", "a FITS picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xffWPC", "a WordPerfect document"),
    (b"DanM", "a Microsoft Paint 1 picture"),
    (b"LinS", "a Microsoft Paint 2 picture"),
    (b"\xf7\x02", "a TeX DVI file"),
    (b"ID3", "an MP3 sound file"),
    (b"OggS", "an Ogg media file"),
    (b"fLaC", "a FLAC sound file"),
    (b"\x1aE\xdf\xa3", "a Matroska video"),
    (b"FORM", "an IFF file"),
    (b"RIFF", "a RIFF media file"),
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no text has; tab, line ends, form feed, escape and backspace may be there.
_BINARY = bytes([*range(0x08), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
# How many bytes of a text there are to one of those: in UTF-8 without a zero byte, and elsewhere.
_CONTROLS_ONE_IN, _BINARY_ONE_IN = 10, 200


def picture_kind(head: bytes) -> str:
    """Return Pillow's name of the picture format that these first bytes announce, or ""."""
    for magic, name in _PICTURES:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        brands = [head[8:12], *(head[i : i + 4] for i in range(16, min(len(head), 64), 4))]
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), "")
    return next((name for name, fits in _PATTERNS.items() if fits(head)), "")


def _is_bitmap(head: bytes) -> bool:
    # "BM" alone begins many a text; the length of the information header does not.
    return head[:2] == b"BM" and len(head) >= 18 and head[15:18] == b"\0\0\0" and head[14] in _BITMAP_HEADERS


_BITMAP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_TARGA_TYPES = frozenset({1, 2, 3, 9, 10, 11})
_TARGA_BITS = frozenset({8, 15, 16, 24, 32})


def _is_paintbrush(head: bytes) -> bool:
    return len(head) >= 4 and head[0] == 10 and head[1] in (0, 2, 3, 4, 5) and head[2:4] in _PCX_DEPTHS


_PCX_DEPTHS = frozenset({b"\x01\x01", b"\x01\x02", b"\x01\x04", b"\x01\x08"})


def _is_netpbm(head: bytes) -> bool:
    return re.match(rb"P[1-6f](\s|#)[\s\d#]", head) is not None


def _is_icon(head: bytes) -> bool:
    # An icon's directory: so many entries of 16 bytes, each with a fourth byte of zero.
    magic, count, unused = head[:4], head[4:6], head[9:10]
    return magic == b"\0\0\1\0" and 0 < int.from_bytes(count, "little") < 64 and unused in (b"\0", b"\xff")


def _is_animation(head: bytes) -> bool:
    return head[4:6] in (b"\x11\xaf", b"\x12\xaf") and len(head) >= 128


_PATTERNS = {
    "BMP": _is_bitmap,
    "PCX": _is_paintbrush,
    "PPM": _is_netpbm,
    "ICO": _is_icon,
    "FLI": _is_animation,
}


def is_targa(name: str, head: bytes) -> bool:
    """Tell whether a file is a Targa picture, which nothing but its name and a likely header tells."""
    return (
        name.lower().endswith((".tga", ".icb", ".vda", ".vst"))
        and len(head) >= 18
        and head[1] in (0, 1)
        and head[2] in _TARGA_TYPES
        and head[16] in _TARGA_BITS
        and (head[1] == 0 or head[7] in _TARGA_BITS)
    )


def looks_like_text(head: bytes) -> bool:
    """Tell whether these bytes can be prose in some encoding."""
    if not head:
        return False
    if head.startswith(_BOMS) or _utf16_without_mark(head):
        return True
    binary = len(head) - len(head.translate(None, _BINARY))
    # Bells and the like of an old terminal or printer; a zero, or bytes that are no UTF-8, tell of more.
    one_in = _CONTROLS_ONE_IN if 0 not in head and _is_utf8(head) else _BINARY_ONE_IN
    return binary <= max(1, len(head) // one_in)


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(head: bytes) -> bool:
    """Tell whether every second byte is zero, as in Western text in UTF-16 without a mark."""
    even, odd = head[0:256:2], head[1:256:2]
    if len(odd) < 4:
        return False
    return (odd.count(0) > 0.9 * len(odd) and even.count(0) == 0) or (
        even.count(0) > 0.9 * len(even) and odd.count(0) == 0
    )


def describe(head: bytes) -> str:
    """Return what a file is, in words, for a person who wonders why it was not read."""
    if not head:
        return "an empty file"
    if kind := picture_kind(head):
        return f"a {kind} picture"
    if head[4:8] == b"ftyp":
        return "an MP4 or QuickTime video"
    for magic, words in _OTHERS:
        if head.startswith(magic):
            return words
    return "text" if looks_like_text(head) else f"unknown binary data (it begins with {head[:8].hex(' ')})"
