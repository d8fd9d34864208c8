"""Outlook messages (MSG, [MS-OXMSG]): headers and body as text, enclosed files as Attachments."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from engine.errors import CorruptFile
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.compound import COMPOUND_MAGIC, Compound
from engine.readers.enclosed import collect, safe_name
from engine.readers.html import decode_page, page_text
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.prose import clip, decode, make_report, normalize

# Property numbers of [MS-OXPROPS].
_SUBJECT, _BODY, _HTML, _SENDER, _SENDER_ADDRESS = "0037", "1000", "1013", "0C1A", "5D01"
_TO, _CC, _MESSAGE_ID = "0E04", "0E03", "1035"
_DATA, _LONG_NAME, _SHORT_NAME = "3701", "3707", "3704"
_TIMES = (0x0039, 0x0E06)  # sent, delivered
_UNICODE, _NARROW, _BINARY = "001F", "001E", "0102"
_TIME_TYPE = 0x0040
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_"
_ENCLOSED_MESSAGE = "__substg1.0_3701000D"
_MOST_NESTED = 16  # folders, of which each message in a message takes two


class MsgReader:
    """Reads one message; what is enclosed becomes Attachments."""

    name: ClassVar[str] = "msg"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "2")

    def support(self, name: str, head: bytes) -> int:
        return 4 if head.startswith(COMPOUND_MAGIC) and name.lower().endswith(".msg") else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        data = read_bytes(source, MAX_DOCUMENT_FILE_BYTES)
        try:
            compound = Compound(data)
            headers, body, sent_at = _headers(compound), _body(compound), _sent_at(compound)
            attachments, enclosed_remarks = collect(_attachments(compound))
        except PARSER_ERRORS as error:
            raise CorruptFile(f"the message is damaged: {reason(error)}") from error
        if sent_at is not None:
            headers.append(f"Date: {sent_at:%Y-%m-%d %H:%M:%S} UTC")
        if not headers and not body:
            raise CorruptFile("named like a message, but has neither headers nor a body")
        text, remarks = clip("\n".join([*headers, "", body]).strip())
        report = make_report(
            source.sha256,
            text,
            title=_string(compound, _SUBJECT),
            authored_at=sent_at,
            metadata=tuple(
                (key, value)
                for key, value in (
                    ("message_id", _string(compound, _MESSAGE_ID)),
                    ("from", _sender(compound)),
                )
                if value
            ),
        )
        return Content(
            media_type="application/vnd.ms-outlook",
            reports=(report,),
            attachments=attachments,
            remarks=(*enclosed_remarks, *remarks),
        )


def _string(compound: Compound, number: str, *folder: str) -> str:
    wide = compound.stream(*folder, f"__substg1.0_{number}{_UNICODE}")
    if wide:
        return normalize(wide.decode("utf-16-le", "replace")).strip()
    narrow = compound.stream(*folder, f"__substg1.0_{number}{_NARROW}")
    return normalize(decode(narrow)[0]).strip() if narrow else ""


def _sender(compound: Compound, *folder: str) -> str:
    name, address = _string(compound, _SENDER, *folder), _string(compound, _SENDER_ADDRESS, *folder)
    return f"{name} <{address}>" if name and address and name != address else name or address


def _headers(compound: Compound, *folder: str) -> list[str]:
    named = (
        ("From", _sender(compound, *folder)),
        ("To", _string(compound, _TO, *folder)),
        ("Cc", _string(compound, _CC, *folder)),
        ("Subject", _string(compound, _SUBJECT, *folder)),
    )
    return [f"{name}: {' '.join(value.split())}" for name, value in named if value]


def _body(compound: Compound, *folder: str) -> str:
    if plain := _string(compound, _BODY, *folder):
        return plain
    page = compound.stream(*folder, f"__substg1.0_{_HTML}{_BINARY}")
    return page_text(decode_page(page))[1] if page else ""


def _sent_at(compound: Compound) -> datetime | None:
    """Return when the message was sent: hundreds of nanoseconds since 1601, in a fixed property."""
    properties = compound.stream(_PROPERTIES)
    for place in range(32, len(properties) - 15, 16):
        kind, number, _, ticks = struct.unpack_from("<HHIQ", properties, place)
        if kind == _TIME_TYPE and number in _TIMES and ticks:
            try:
                return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
            except OverflowError:
                return None
    return None


def _attachments(compound: Compound, *folder: str) -> Iterator[Attachment]:
    """Yield the files enclosed in a message; a message in it becomes a text, and then its own files."""
    depth = len(folder)
    inside = (path for path in compound.paths() if len(path) > depth + 1 and path[:depth] == folder)
    folders = sorted({path[depth] for path in inside if path[depth].startswith(_ATTACHMENT)})
    for number, each in enumerate(folders, start=1):
        place = (*folder, each)
        message = (*place, _ENCLOSED_MESSAGE)
        name = _string(compound, _LONG_NAME, *place) or _string(compound, _SHORT_NAME, *place)
        name = safe_name(name.replace("/", "_"), f"part-{number}")
        if any(path[: depth + 2] == message for path in compound.paths()):
            lines = [*_headers(compound, *message), "", _body(compound, *message)]
            yield Attachment(name=f"{name}.txt", data="\n".join(lines).strip().encode())
            if depth < _MOST_NESTED:
                yield from _attachments(compound, *message)
        else:
            yield Attachment(name=name, data=compound.stream(*place, f"__substg1.0_{_DATA}{_BINARY}"))
