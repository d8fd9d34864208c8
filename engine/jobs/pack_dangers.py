"""What a pack of models must not hold: paths that leave it, bombs, pickles, programs."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any

from engine.errors import ModelMismatch, UnsafeModel
from engine.jobs.model_pack import MANIFEST, MODELS, SIGNATURE, Manifest, PackedFile

MOST_FILES = 10_000
MOST_BYTES = 8 << 30
MOST_FILE_BYTES = 4 << 30
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._ +-]{0,127}")
# Named so by Windows whatever the suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_PROGRAMS = frozenset(
    (
        *(".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib", ".dill"),
        *(".py", ".pyc", ".pyd", ".so", ".dll", ".dylib", ".exe", ".bat", ".cmd", ".sh", ".ps1"),
    )
)
# A pickle since protocol 2, programs of Linux, Windows and macOS, a script.
_UNSAFE_STARTS = (
    *(b"\x80" + bytes([protocol]) for protocol in range(2, 6)),
    b"\x7fELF",
    b"MZ",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
)
_ZIP = b"PK\x03\x04"  # what torch writes


def refuse_harm(manifest: Manifest, entries: Mapping[str, zipfile.ZipInfo]) -> None:
    """Raise where a path, a kind or a size in the pack is not what a pack of models has."""
    if not manifest.models:
        raise ModelMismatch("the pack holds no model")
    names = {model.name for model in manifest.models}
    for name in names:
        if not _NAME.fullmatch(name) or _DEVICES.match(name):
            raise UnsafeModel(f"the pack holds a model with a dangerous name: {name[:60]!r}")
    listed = {file.path for file in manifest.files}
    unlisted = sorted(set(entries) - listed - {MANIFEST, SIGNATURE})
    if unlisted:
        raise UnsafeModel(f"the pack holds a file that its manifest does not list: {unlisted[0][:80]!r}")
    absent = sorted(listed - set(entries))
    if absent:
        raise ModelMismatch(f"the pack lacks {absent[0][:80]!r}, which its manifest lists")
    if len(listed) != len(manifest.files) or len(listed) > MOST_FILES:
        raise UnsafeModel(f"the manifest lists {len(manifest.files)} files, too many or one of them twice")
    if sum(file.size_bytes for file in manifest.files) > MOST_BYTES:
        raise UnsafeModel(f"the pack would unfold to more than {MOST_BYTES >> 30} GB")
    for file in manifest.files:
        _refuse_file(file, entries[file.path], names)


def _refuse_file(file: PackedFile, entry: zipfile.ZipInfo, names: set[str]) -> None:
    shelf, _, inside = file.path.partition("/")
    parts = inside.split("/")
    if shelf != MODELS or len(parts) < 2 or parts[0] not in names:
        raise UnsafeModel(f"the pack holds a file outside its models: {file.path[:80]!r}")
    if not all(_PART.fullmatch(part) and not _DEVICES.match(part) for part in parts):
        raise UnsafeModel(f"the pack holds a dangerous path: {file.path[:80]!r}")
    if stat.S_ISLNK(entry.external_attr >> 16) or entry.is_dir() or entry.flag_bits & 1:
        raise UnsafeModel(f"the pack holds a link, a folder or an encrypted file: {file.path[:80]!r}")
    if PurePosixPath(file.path).suffix.lower() in _PROGRAMS:
        raise UnsafeModel(f"the pack holds a pickle or a program: {file.path[:80]!r}")
    if not 0 <= file.size_bytes <= MOST_FILE_BYTES or entry.file_size != file.size_bytes:
        raise UnsafeModel(f"{file.path[:80]!r} is not of the size that the manifest states")


def refuse_code(path: str, content: bytes) -> None:
    """Raise UnsafeModel where a file is, by its first bytes, a pickle, an archive or a program."""
    if PurePosixPath(path).suffix == ".npz":
        _refuse_objects(path, content)
    elif content.startswith((_ZIP, *_UNSAFE_STARTS)):
        raise UnsafeModel(f"{path!r} is a pickle, an archive or a program under another name")


def _refuse_objects(path: str, content: bytes) -> None:
    """Raise where an archive of arrays holds anything but arrays of numbers and texts."""
    npy: Any = import_module("numpy.lib.format")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as arrays:
            if sum(entry.file_size for entry in arrays.infolist()) > MOST_FILE_BYTES:
                raise UnsafeModel(f"{path!r} would unfold to more than {MOST_FILE_BYTES >> 30} GB")
            for entry in arrays.infolist():
                with arrays.open(entry) as stream:
                    version = npy.read_magic(stream)
                    header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
                    if header(stream)[2].hasobject:
                        raise UnsafeModel(f"{path!r} holds pickled objects")
    # zipfile raises NotImplementedError for a disk set or a compression that it does not know.
    except (ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise UnsafeModel(f"{path!r} is no archive of arrays: {error}") from error
