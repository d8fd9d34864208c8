"""How evidence is opened: for reading only, with a limit on bytes, and errors with a reason."""

from __future__ import annotations

import csv
import os
import struct
import zipfile
import zlib
from email.errors import MessageError
from pathlib import Path

from engine.errors import CorruptFile, FileTooLarge, NotReadable
from engine.hashing import bytes_sha256
from engine.protocols import Source
from engine.readers.limits import MIB

HEAD_BYTES = 4096

# What parsers of other people raise on damaged input. Named instead of ``Exception``, so that a
# Cancelled, a KeyboardInterrupt or a MemoryError is never taken for a damaged file.
PARSER_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    MessageError,
    csv.Error,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def read_bytes(source: Source, max_bytes: int) -> bytes:
    """Return all bytes of a file; raises NotReadable, FileTooLarge, or CorruptFile when empty.

    What is read is what was hashed, or nothing: a file that changes meanwhile is NotReadable.
    """
    try:
        with source.path.open("rb") as stream:
            # Reading with a number sets that much memory aside, so the size is looked at first.
            large = os.fstat(stream.fileno()).st_size > max_bytes
            data = b"" if large else stream.read()
    except OSError as error:
        raise NotReadable(f"cannot be opened: {error.strerror or error}") from error
    if large:
        raise FileTooLarge(f"larger than the limit of {max_bytes // MIB} MiB for files of this kind")
    if not data:
        raise CorruptFile("the file is empty (0 bytes)")
    if bytes_sha256(data) != source.sha256:
        raise NotReadable("it changed after it was hashed; try it again when nothing writes to it")
    return data


def read_head(path: Path) -> bytes:
    """Return the first 4 KiB of a file; raises NotReadable."""
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except OSError as error:
        raise NotReadable(f"cannot be opened: {error.strerror or error}") from error


def reason(error: BaseException, limit: int = 200) -> str:
    """Return one line of words for a foreign error: its message, or its class where it has none."""
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= limit else words[: limit - 1] + "…"
