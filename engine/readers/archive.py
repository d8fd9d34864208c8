"""Archives (ZIP, and single files packed with gzip): their members become Attachments."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import ClassVar

from engine.errors import CorruptFile, FileTooLarge
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.enclosed import collect, safe_name
from engine.readers.folder import is_no_evidence
from engine.readers.limits import (
    MAX_DOCUMENT_FILE_BYTES,
    MAX_PACK_RATIO,
    MAX_UNPACKED_BYTES,
    MIB,
)
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.packed import ZIP_MAGICS, open_packed

_GZIP_MAGIC = b"\x1f\x8b\x08"


class ArchiveReader:
    """Enters an archive within limits on members, bytes and ratio; nothing is written to disk."""

    name: ClassVar[str] = "archive"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1")

    def support(self, name: str, head: bytes) -> int:  # noqa: ARG002
        if head.startswith(ZIP_MAGICS):
            return 2  # a document that is packed with ZIP has a reader that fits better
        return 3 if head.startswith(_GZIP_MAGIC) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        data = read_bytes(source, MAX_DOCUMENT_FILE_BYTES)
        if data.startswith(_GZIP_MAGIC):
            return _unpacked(data, source)
        with open_packed(data, "archive") as packed:
            damaged: list[str] = []
            attachments, remarks = collect(_members(packed, damaged))
        if not attachments and not damaged:
            damaged.append("an archive without files in it")
        return Content(
            media_type="application/zip",
            attachments=attachments,
            remarks=(*damaged[:20], *remarks),
        )


def _members(packed: zipfile.ZipFile, damaged: list[str]) -> Iterator[Attachment]:
    for number, member in enumerate(packed.infolist(), start=1):
        name = safe_name(member.filename, f"member-{number}")
        if member.is_dir() or any(is_no_evidence(part) for part in PurePosixPath(name).parts):
            continue
        try:
            data = packed.read(member)
        except (NotImplementedError, *PARSER_ERRORS) as error:
            damaged.append(f"its member {name} cannot be unpacked: {reason(error)}")
            continue
        yield Attachment(name=name, data=data)


def _unpacked(data: bytes, source: Source) -> Content:
    limit = min(MAX_UNPACKED_BYTES, max(MIB, MAX_PACK_RATIO * len(data)))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            content = packed.read(limit + 1)
    except PARSER_ERRORS as error:
        raise CorruptFile(f"the gzip data is damaged: {reason(error)}") from error
    if len(content) > limit:
        raise FileTooLarge(f"the gzip data unpacks to more than {limit // MIB} MiB: a bomb, or too large")
    inner = PurePosixPath(source.relative_path).name.removesuffix(".gz")
    name = safe_name(inner, "member-1")
    return Content(media_type="application/gzip", attachments=(Attachment(name=name, data=content),))
