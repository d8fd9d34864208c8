"""Bytes become characters, once: decoded, NFC, "\\n" line ends; and characters become a Report."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from datetime import datetime

from engine.errors import CorruptFile
from engine.model.evidence import Page, Report, Section
from engine.model.ids import report_id
from engine.readers.limits import MAX_TEXT_CHARS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters but tab and line feed, and the mark of byte order inside a text.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DETECTION_BYTES = 200_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding it was in.

    In order: byte-order mark, UTF-8, UTF-16 without a mark, what charset-normalizer tells,
    Windows-1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A download that broke off in the middle of a character is still UTF-8.
        if error.start >= len(data) - 4 and error.start > 0:
            return data[: error.start].decode("utf-8"), "utf-8"
    if encoding := _wide_encoding(data):
        return data.decode(encoding, "replace"), encoding
    encoding = _detected(data) or "cp1252"
    return data.decode(encoding, "replace"), encoding


def _wide_encoding(data: bytes) -> str:
    even, odd = data[0:2000:2], data[1:2000:2]
    if len(odd) >= 4 and odd.count(0) > 0.7 * len(odd):
        return "utf-16-le"
    if len(even) >= 4 and even.count(0) > 0.7 * len(even):
        return "utf-16-be"
    return ""


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_DETECTION_BYTES]).best()
    return best.encoding if best is not None else ""


def normalize(text: str) -> str:
    """Return ``text`` in NFC with "\\n" line ends, without control characters or lone surrogates."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    unified = unified.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", _CONTROLS.sub("", unified)))


def control_remarks(raw: str) -> tuple[str, ...]:
    """Return a remark on the control characters of ``raw`` that ``normalize`` leaves out, by their codes."""
    left_out = Counter(
        character for character in _CONTROLS.findall(raw) if character < " " or character == "\x7f"
    )
    if not left_out:
        return ()
    codes = ", ".join(
        f"0x{ord(character):02X} ({times} times)" for character, times in left_out.most_common(5)
    )
    return (f"control characters that are left out of the text: {codes}",)


def make_report(  # noqa: PLR0913 - a Report has that many fields
    sha256: str,
    text: str,
    *,
    part: int = 0,
    title: str = "",
    authored_at: datetime | None = None,
    subject_ref: str = "",
    study_ref: str = "",
    about: tuple[str, ...] = (),
    sections: tuple[Section, ...] = (),
    pages: tuple[Page, ...] = (),
    ocr_confidence: float | None = None,
    metadata: tuple[tuple[str, str], ...] = (),
) -> Report:
    """Return a Report of ``text``, which must be normalized; raises CorruptFile where it is blank."""
    if not text.strip():
        raise CorruptFile("there is no text in it")
    return Report(
        id=report_id(sha256, part),
        sha256=sha256,
        part=part,
        text=text,
        title=" ".join(normalize(title).split())[:200],
        authored_at=authored_at,
        subject_ref=subject_ref,
        study_ref=study_ref,
        about=about,
        sections=sections,
        pages=pages,
        ocr_confidence=ocr_confidence,
        metadata=metadata,
    )


def clip(text: str) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` within the limit on characters, and a remark where it was cut."""
    if len(text) <= MAX_TEXT_CHARS:
        return text, ()
    remark = f"the text has {len(text)} characters; only the first {MAX_TEXT_CHARS} are read"
    return text[:MAX_TEXT_CHARS], (remark,)
