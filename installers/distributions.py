"""The Python packages that go into an installed Casebook: which, and what they say about themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path

from engine.installed import normalized

# What a program reads of a package while it runs, and what its licence asks to be passed on. RECORD and
# direct_url.json name the places of the machine that built.
_METADATA = re.compile(r"(METADATA|entry_points\.txt|top_level\.txt)$")
_LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors|copyright|third.?party)", re.IGNORECASE)
# Caches and scripts that several packages may share.
_SHARED = re.compile(r"(__pycache__|\.\./)")


def owners(files: Iterable[Path]) -> list[Distribution]:
    """Return the installed packages that any of ``files`` belongs to, by name; and Casebook itself."""
    wanted = {path.resolve() for path in files}
    chosen = [
        package
        for package in distributions()
        if name_of(package) == "casebook" or any(path.resolve() in wanted for path in _files(package))
    ]
    return sorted({name_of(package): package for package in chosen}.values(), key=name_of)


def name_of(package: Distribution) -> str:
    """Return the normalized name of a package."""
    return normalized(package.metadata["Name"])


def metadata_files(packages: Sequence[Distribution]) -> list[tuple[str, str, str]]:
    """Return PyInstaller's entries for the metadata and licences of ``packages``."""
    return [
        (f"{path.parent.name}/{path.name}", str(path), "DATA")
        for package in packages
        for path in _files(package)
        if path.parent.suffix == ".dist-info" and _METADATA.search(path.name)
    ]


def licence_files(package: Distribution) -> list[Path]:
    """Return the texts of licences and notices that came with a package, in the order of their paths."""
    return sorted(
        path
        for path in _files(package)
        if _LICENCE.search(path.name)
        and path.suffix.lower() not in {".py", ".pyc", ".so", ".pyi", ".json", ".csv"}
        and path.is_file()
    )


def _files(package: Distribution) -> Iterator[Path]:
    for file in package.files or ():
        if not _SHARED.search(str(file)):
            yield Path(str(file.locate()))
