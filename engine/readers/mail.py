"""E-mail messages (EML, RFC 5322): headers and body as text, enclosed files as Attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import ClassVar, cast

from engine.errors import CorruptFile
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.enclosed import collect, safe_name
from engine.readers.html import decode_page, enclosed_pictures, page_text
from engine.readers.limits import MAX_DOCUMENT_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.prose import clip, decode, make_report, normalize
from engine.readers.signatures import looks_like_text

_SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_HEADER_LINE = re.compile(
    rb"^(from|to|cc|date|subject|received|return-path|message-id|mime-version|content-type|delivered-to|reply-to"
    rb"|x-[\w-]+|dkim-signature|arc-[\w-]+|content-transfer-encoding)[ \t]*:",
    re.I | re.M,
)
_SURE_HEADERS = frozenset({b"received", b"return-path", b"message-id", b"mime-version", b"dkim-signature"})


class MailReader:
    """Reads one message; what is enclosed becomes Attachments, other messages among them."""

    name: ClassVar[str] = "mail"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "2")

    def support(self, name: str, head: bytes) -> int:
        if not looks_like_text(head):
            return 0
        headers = {match[1].lower() for match in _HEADER_LINE.finditer(_first_block(_narrow(head)))}
        if name.lower().endswith(".eml"):
            return 4 if headers else 2
        # Notes begin with "From:" and "Date:" too; only what a mail server writes is sure.
        return 3 if len(headers) >= 3 and headers & _SURE_HEADERS else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        data = read_bytes(source, MAX_DOCUMENT_FILE_BYTES)
        try:
            message = BytesParser(policy=policy.default).parsebytes(_narrow(data))
            headers = _headers(message)
            body = _body(message)
            attachments, attachment_remarks = collect(chain(_attachments(message), _shown(message)))
            authored_at = _date(message)
        except PARSER_ERRORS as error:
            raise CorruptFile(f"the message is damaged: {reason(error)}") from error
        if not headers and not body:
            raise CorruptFile("named like a message, but has neither headers nor a body")
        text, remarks = clip("\n".join([*headers, "", body]).strip())
        report = make_report(
            source.sha256,
            text,
            title=_header(message, "Subject"),
            authored_at=authored_at,
            metadata=_metadata(message),
        )
        return Content(
            media_type="message/rfc822",
            reports=(report,),
            attachments=attachments,
            remarks=(*attachment_remarks, *remarks),
        )


def _narrow(data: bytes) -> bytes:
    """Return a message in UTF-8 that some program saved in UTF-16."""
    if b"\0" not in data[:64]:
        return data
    return decode(data)[0].lstrip("\ufeff\r\n").encode("utf-8", "replace")


def _first_block(head: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", head.lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message.get(name)
    except PARSER_ERRORS:  # the standard library stumbles over some malformed addresses
        return ""
    return " ".join(normalize(str(value)).split()) if value else ""


def _headers(message: EmailMessage) -> list[str]:
    return [f"{name}: {value}" for name in _SHOWN_HEADERS if (value := _header(message, name))]


def _metadata(message: EmailMessage) -> tuple[tuple[str, str], ...]:
    named = (("message_id", "Message-ID"), ("from", "From"), ("to", "To"), ("in_reply_to", "In-Reply-To"))
    return tuple((key, value) for key, name in named if (value := _header(message, name)))


def _date(message: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(_header(message, "Date"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _body(message: EmailMessage) -> str:
    """Return the text of the message: its plain version, or else its page without markup."""
    plain = [part for part in _texts(message) if part.get_content_subtype() == "plain"]
    texts = [_plain_text(part) for part in plain]
    if any(text.strip() for text in texts):
        return "\n\n".join(text.strip() for text in texts)
    pages = [part for part in _texts(message) if part.get_content_subtype() == "html"]
    texts = [page_text(decode_page(_payload(part)))[1] for part in pages]
    return "\n\n".join(texts).strip()


def _texts(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if part.get_content_maintype() == "text" and not part.is_attachment() and not part.get_filename():
            yield part


def _plain_text(part: EmailMessage) -> str:
    payload = _payload(part)
    charset = part.get_content_charset() or ""
    try:
        return normalize(payload.decode(charset)) if charset else normalize(decode(payload)[0])
    except (LookupError, UnicodeDecodeError):
        return normalize(decode(payload)[0])


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachments(message: EmailMessage) -> Iterator[Attachment]:
    endings = {"message/rfc822": ".eml", "image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
    for number, part in enumerate(_enclosed(message), start=1):
        kind = part.get_content_type()
        data = part.get_content().as_bytes() if kind == "message/rfc822" else _payload(part)
        name = (part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1]
        yield Attachment(name=safe_name(name, f"part-{number}{endings.get(kind, '')}"), data=data)


def _shown(message: EmailMessage) -> Iterator[Attachment]:
    """Yield the pictures that the message's pages carry in themselves."""
    for part in _texts(message):
        if part.get_content_subtype() == "html":
            yield from enclosed_pictures(decode_page(_payload(part)))


def _enclosed(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that are files, pictures or messages; never what lies inside a message."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part is not message and part.get_content_type() == "message/rfc822":
            yield part
        elif part.is_multipart():
            waiting.extend(reversed(cast("list[EmailMessage]", list(part.iter_parts()))))
        elif part.is_attachment() or part.get_filename() or part.get_content_maintype() != "text":
            yield part
