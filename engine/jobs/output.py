"""Where an export goes: a file or a folder that appears whole or not at all, with checksums."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ExportError
from engine.hashing import file_sha256

CHECKSUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: a file's own SHA-256, or that of a folder's list of checksums."""

    sha256: str
    size_bytes: int


@contextmanager
def output(out: Path, *, is_folder: bool = False) -> Iterator[Path]:
    """Give a temporary place to write to, which becomes ``out`` when all went well and else vanishes.

    Raises ExportError where ``out`` can't be written: a folder in the way of a file, or anything but an
    empty folder in the way of a folder.
    """
    _refuse_what_is_there(out, is_folder=is_folder)
    temporary = out.with_name(f".{out.name[:100]}.{os.getpid()}.part")
    try:
        temporary.mkdir() if is_folder else temporary.touch()
    except OSError as error:
        raise ExportError(f"cannot write in {out.parent}: {error.strerror}; choose another folder") from error
    try:
        yield temporary
        temporary.replace(out)
    except OSError as error:
        left = "nothing was left there" if is_folder else "the old file was left as it was"
        raise ExportError(f"cannot write {out}: {error.strerror or error}; {left}") from error
    finally:
        _remove(temporary)


def seal(place: Path) -> Written:
    """Return digest and size of what lies at ``place``; a folder gets a list of its files' checksums."""
    if place.is_file():
        return Written(sha256=file_sha256(place), size_bytes=place.stat().st_size)
    files = sorted(file for file in place.rglob("*") if file.is_file())
    lines = [f"{file_sha256(file)}  {file.relative_to(place).as_posix()}\n" for file in files]
    (place / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    size = sum(file.stat().st_size for file in files)
    return Written(sha256=file_sha256(place / CHECKSUMS), size_bytes=size)


def write_checksum(out: Path, sha256: str) -> None:
    """Leave beside a file what ``sha256sum --check`` reads."""
    with output(out.with_name(out.name + ".sha256")) as temporary:
        temporary.write_text(f"{sha256}  {out.name}\n", encoding="utf-8")


def _refuse_what_is_there(out: Path, *, is_folder: bool) -> None:
    if not is_folder and out.is_dir():
        raise ExportError(f"{out} is a folder; give the name of a file in it")
    if is_folder and (out.is_file() or (out.is_dir() and any(out.iterdir()))):
        raise ExportError(f"{out} is there already; name a new folder")


def _remove(temporary: Path) -> None:
    if temporary.is_dir():
        shutil.rmtree(temporary, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
