"""Files packed with ZIP: opened with limits on members, bytes and ratio, never unpacked to disk."""

from __future__ import annotations

import io
import zipfile

from engine.errors import CorruptFile, Encrypted, FileTooLarge, ReadError, UnsupportedFile
from engine.readers.compound import COMPOUND_MAGIC, Compound
from engine.readers.limits import MAX_MEMBERS, MAX_PACK_RATIO, MAX_UNPACKED_BYTES, MIB
from engine.readers.opening import PARSER_ERRORS, reason

ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")


def open_packed(data: bytes, what: str) -> zipfile.ZipFile:
    """Open a ZIP container called ``what``; raises CorruptFile, Encrypted, FileTooLarge (a bomb)."""
    if data.startswith(COMPOUND_MAGIC):
        raise _not_packed(data, what)
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    # zipfile raises NotImplementedError for a disk set or a compression that it does not know.
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise CorruptFile(f"the {what} is damaged: {reason(error)}") from error
    check_members(packed.infolist(), len(data), what)
    return packed


def _not_packed(data: bytes, what: str) -> ReadError:
    """Return why a file that should be packed with ZIP is a compound file: a password makes it one."""
    try:
        locked = ("EncryptedPackage",) in Compound(data).paths()
    except PARSER_ERRORS as error:
        return CorruptFile(f"the {what} is damaged: {reason(error)}")
    if locked:
        return Encrypted(f"the {what} is protected by a password")
    return UnsupportedFile(f"named like a newer {what}, but is an old Microsoft Office file")


def part(packed: zipfile.ZipFile, name: str) -> bytes:
    """Return a member by its name; raises CorruptFile where it is missing or damaged."""
    try:
        return packed.read(name)
    except PARSER_ERRORS as error:
        raise CorruptFile(f"its part {name} is missing or damaged: {reason(error)}") from error


def check_members(members: list[zipfile.ZipInfo], packed_bytes: int, what: str) -> None:
    """Raise FileTooLarge where unpacking would pass a limit, Encrypted where it needs a password."""
    if len(members) > MAX_MEMBERS:
        raise FileTooLarge(f"the {what} packs {len(members)} files; the limit is {MAX_MEMBERS}")
    unpacked_bytes = sum(member.file_size for member in members)
    if unpacked_bytes > MAX_UNPACKED_BYTES:
        raise FileTooLarge(
            f"the {what} unpacks to {unpacked_bytes // MIB} MiB; the limit is {MAX_UNPACKED_BYTES // MIB}"
        )
    if unpacked_bytes > MIB and unpacked_bytes > MAX_PACK_RATIO * packed_bytes:
        raise FileTooLarge(f"the {what} unpacks to {unpacked_bytes // packed_bytes} times its size: a bomb")
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted(f"the {what} is protected by a password")
