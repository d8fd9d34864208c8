"""A folder as a .tar.gz with equal bytes for equal files: names in order, one time, no owner."""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path


def make_archive(folder: Path, out: Path, epoch_s: int) -> Path:
    """Write ``folder`` as ``out/NAME.tar.gz``; every time in it is ``epoch_s``."""
    path = out / f"{folder.name}.tar.gz"
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=epoch_s) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for item in [folder, *sorted(folder.rglob("*"))]:
            name = item.relative_to(folder.parent).as_posix()
            entry = archive.gettarinfo(item, name)
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = epoch_s, 0, 0, "", ""
            entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
            if entry.isreg():
                entry.type = tarfile.REGTYPE  # also for the second name of a file
                entry.size = item.stat().st_size
                with item.open("rb") as content:
                    archive.addfile(entry, content)
            else:
                archive.addfile(entry)
    return path
