"""The licences of everything in an installed Casebook, as texts in one folder with an index."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

from engine.installed import licence_of
from installers.distributions import licence_files, name_of

INDEX = "THIRD_PARTY.md"
# Texts that packages name and do not all bring; Debian and Ubuntu keep them here.
_STANDARD_TEXTS = Path("/usr/share/common-licenses")
_STANDARD = ("Apache-2.0", "BSD", "GPL-2", "GPL-3", "LGPL-2.1", "LGPL-3", "MPL-2.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Licensed:
    """One thing in the program folder: what it is under, and how many texts say so."""

    name: str
    version: str
    licence: str
    texts: int


def collect(out: Path, packages: Sequence[Distribution], libraries: Iterable[Path]) -> list[Licensed]:
    """Write the texts into ``out`` and return what they are of.

    ``packages``: the Python packages that went in. ``libraries``: shared libraries of this system that went
    in, each by its path here.
    """
    found = [_python(out), *(_package(out, package) for package in packages)]
    found += [_system_package(out, name, version) for name, version in system_packages(libraries).items()]
    standard = [_STANDARD_TEXTS / name for name in _STANDARD if (_STANDARD_TEXTS / name).is_file()]
    _copy(out / "standard", standard)
    (out / INDEX).write_text(_index(found), encoding="utf-8")
    return found


def _python(out: Path) -> Licensed:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    texts = _copy(out / "python", [text] if text.is_file() else [])
    version = ".".join(map(str, sys.version_info[:3]))
    return Licensed(name="python", version=version, licence="PSF-2.0", texts=texts)


def _package(out: Path, package: Distribution) -> Licensed:
    name = name_of(package)
    return Licensed(
        name=name,
        version=package.version,
        licence=licence_of(package),
        texts=_copy(out / name, licence_files(package)),
    )


def system_packages(libraries: Iterable[Path]) -> Mapping[str, str]:
    """Return the Debian packages with their versions that own ``libraries``; none on another system."""
    return {owner: _version(owner) for owner in sorted(owners_of(libraries))}


def owners_of(files: Iterable[Path]) -> set[str]:
    """Return the names of the Debian packages that own ``files``; none on another system."""
    if shutil.which("dpkg-query") is None:
        return set()
    return {owner for path in files for owner in _owner(path)}


def _owner(path: Path) -> list[str]:
    """Return the package of a library; where /lib is a link, dpkg may know it under either path."""
    for known_as in (path.resolve(), Path(str(path.resolve()).removeprefix("/usr")), path):
        answer = subprocess.run(
            ["dpkg-query", "--search", str(known_as)], capture_output=True, encoding="utf-8", check=False
        )
        if answer.returncode == 0:
            return [answer.stdout.partition(":")[0]]
    return []


def _version(package: str) -> str:
    asked = ["dpkg-query", "--show", "--showformat=${Version}\n", package]
    return subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()[0]


def _system_package(out: Path, name: str, version: str) -> Licensed:
    text = Path("/usr/share/doc") / name / "copyright"
    texts = _copy(out / f"system-{name}", [text] if text.is_file() else [])
    return Licensed(name=name, version=version, licence="see its copyright file", texts=texts)


def _copy(folder: Path, texts: Sequence[Path]) -> int:
    """Copy texts into ``folder``; of two with one name, the second is named after its own folder too."""
    for text in texts:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / text.name
        if target.exists():
            target = folder / f"{text.parent.name}-{text.name}"
        shutil.copyfile(text, target)
    return len(texts)


def _index(found: Sequence[Licensed]) -> str:
    rows = [
        f"| {each.name} | {each.version} | {each.licence or 'not stated'} | {each.texts or 'none'} |"
        for each in found
    ]
    return "\n".join(
        [
            "# What is in Casebook, and under which licence",
            "",
            "Casebook itself: AGPL-3.0-or-later (`LICENSE`). The texts lie in one folder each. Where a",
            "package came without one, its licence is named as it names it; common ones are in `standard/`.",
            "",
            "| component | version | licence | texts |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )
