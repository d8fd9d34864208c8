"""Archives (ZIP, TAR, and files packed with gzip, bzip2 or xz): their members become Attachments."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, ClassVar

from engine.errors import CorruptFile, FileTooLarge
from engine.model.runs import Component, make_component
from engine.protocols import Attachment, Content, ReadOptions, Source
from engine.readers.enclosed import collect, safe_name
from engine.readers.folder import is_no_evidence
from engine.readers.limits import (
    MAX_DOCUMENT_FILE_BYTES,
    MAX_MEMBERS,
    MAX_PACK_RATIO,
    MAX_UNPACKED_BYTES,
    MIB,
)
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.packed import ZIP_MAGICS, open_packed

_Opener = Callable[[io.BytesIO], Any]
# Packed single files: the first bytes, the name's ending, and what unpacks them.
_PACKED: Mapping[bytes, tuple[str, _Opener]] = {
    b"\x1f\x8b\x08": ("gzip", gzip.open),
    b"BZh": ("bzip2", bz2.open),
    b"\xfd7zXZ\x00": ("xz", lzma.open),
}
_ENDINGS = (".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz")
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257


class ArchiveReader:
    """Enters an archive within limits on members, bytes and ratio; nothing is written to disk."""

    name: ClassVar[str] = "archive"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "2")

    def support(self, name: str, head: bytes) -> int:  # noqa: ARG002
        if head.startswith(ZIP_MAGICS):
            return 2  # a document that is packed with ZIP has a reader that fits better
        return 3 if head.startswith(tuple(_PACKED)) or _is_tar(head) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        data = read_bytes(source, MAX_DOCUMENT_FILE_BYTES)
        if data.startswith(tuple(_PACKED)):
            return _unpacked(data, source)
        damaged: list[str] = []
        if _is_tar(data):
            media_type = "application/x-tar"
            attachments, remarks = collect(_tar_members(data, damaged))
        else:
            media_type = "application/zip"
            with open_packed(data, "archive") as packed:
                attachments, remarks = collect(_members(packed, damaged))
        if not attachments and not damaged:
            damaged.append("an archive without files in it")
        return Content(media_type=media_type, attachments=attachments, remarks=(*damaged[:20], *remarks))


def _is_tar(head: bytes) -> bool:
    return head[_TAR_MARK_AT : _TAR_MARK_AT + len(_TAR_MARK)] == _TAR_MARK


def _tar_members(data: bytes, damaged: list[str]) -> Iterator[Attachment]:
    """Yield the ordinary files of a TAR, which packs nothing: its members are as large as it is."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as packed:
            for number, member in enumerate(packed, start=1):
                if number > MAX_MEMBERS:
                    damaged.append(f"holds more than {MAX_MEMBERS} files; the rest is not read")
                    return
                name = safe_name(member.name, f"member-{number}")
                if not member.isreg() or _is_left_out(name):
                    continue
                content = packed.extractfile(member)
                yield Attachment(name=name, data=content.read() if content else b"")
            if len(data) < packed.offset + tarfile.BLOCKSIZE or data[packed.offset :].strip(b"\0"):
                damaged.append("has no end mark: it may be cut off")
    except (tarfile.TarError, *PARSER_ERRORS) as error:
        damaged.append(f"is damaged, and read up to the damage: {reason(error)}")


def _is_left_out(name: str) -> bool:
    return any(is_no_evidence(part) for part in PurePosixPath(name).parts)


def _members(packed: zipfile.ZipFile, damaged: list[str]) -> Iterator[Attachment]:
    for number, member in enumerate(packed.infolist(), start=1):
        name = safe_name(member.filename, f"member-{number}")
        if member.is_dir() or _is_left_out(name):
            continue
        try:
            data = packed.read(member)
        except PARSER_ERRORS as error:
            damaged.append(f"its member {name} cannot be unpacked: {reason(error)}")
            continue
        yield Attachment(name=name, data=data)


def _unpacked(data: bytes, source: Source) -> Content:
    kind, unpack = next(found for magic, found in _PACKED.items() if data.startswith(magic))
    limit = min(MAX_UNPACKED_BYTES, max(MIB, MAX_PACK_RATIO * len(data)))
    try:
        with unpack(io.BytesIO(data)) as packed:
            content = packed.read(limit + 1)
    except (lzma.LZMAError, *PARSER_ERRORS) as error:
        raise CorruptFile(f"the {kind} data is damaged: {reason(error)}") from error
    if len(content) > limit:
        raise FileTooLarge(f"the {kind} data unpacks to more than {limit // MIB} MiB: a bomb, or too large")
    attachment = Attachment(name=safe_name(_inner_name(source), "member-1"), data=content)
    return Content(media_type=f"application/{kind}", attachments=(attachment,))


def _inner_name(source: Source) -> str:
    name = PurePosixPath(source.relative_path).name
    ending = next((each for each in _ENDINGS if name.lower().endswith(each)), "")
    return name[: len(name) - len(ending)] + (".tar" if ending.startswith(".t") else "")
