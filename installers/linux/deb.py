"""The program folder as a Debian package: ``/opt/casebook``, menu entry, file types and icons; no scripts."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from installers.licences import owners_of
from installers.linux.elf import needed, programs

PACKAGE = "casebook"
PLACE = "opt/casebook"
_MAINTAINER = "The Casebook project <maintainers@casebook.invalid>"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# Files of the folder that only an installation by hand needs.
_BY_HAND = ("install.sh", "uninstall.sh", "share")


def make_deb(folder: Path, out: Path, epoch_s: int, version: str) -> Path:
    """Write ``out/casebook_VERSION_ARCHITECTURE.deb`` from a program folder."""
    architecture = _ARCHITECTURES[os.uname().machine]
    root = folder.parent / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / PLACE, copy_function=os.link, ignore=_by_hand_in(folder))
    _add_entries(folder / "share", root)
    _add_documents(folder, root)
    size_kb = (
        sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
        // 1024
    )
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(control_text(version, architecture, size_kb, dependencies(folder)), encoding="utf-8")
    deb = out / f"{PACKAGE}_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", str(root), str(deb)]
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch_s)})
    shutil.rmtree(root)
    return deb


def _by_hand_in(folder: Path) -> Callable[[str, list[str]], set[str]]:
    """Return what ``shutil.copytree`` asks which files of a folder to leave out."""
    return lambda inside, there: set(_BY_HAND) & set(there) if Path(inside) == folder else set()


def _add_entries(share: Path, root: Path) -> None:
    """Put programs, menu entry, file types, description and icons where a desktop looks for them."""
    usr = root / "usr"
    (usr / "bin").mkdir(parents=True)
    for program in ("casebook", "casebook-desktop"):
        (usr / "bin" / program).symlink_to(f"/{PLACE}/{program}")
    places = {
        "casebook.desktop": "applications",
        "casebook.xml": "mime/packages",
        "org.casebook.Casebook.metainfo.xml": "metainfo",
        "casebook.svg": "icons/hicolor/scalable/apps",
    }
    for name, place in places.items():
        target = usr / "share" / place / name
        target.parent.mkdir(parents=True)
        target.write_text((share / name).read_text(encoding="utf-8"), encoding="utf-8")
    for picture in sorted(share.glob("casebook-*.png")):
        size_px = picture.stem.partition("-")[2]
        target = usr / f"share/icons/hicolor/{size_px}x{size_px}/apps/casebook.png"
        target.parent.mkdir(parents=True)
        shutil.copyfile(picture, target)


def _add_documents(folder: Path, root: Path) -> None:
    documents = root / "usr/share/doc" / PACKAGE
    documents.mkdir(parents=True)
    licence = (folder / "LICENSE").read_text(encoding="utf-8")
    (documents / "copyright").write_text(
        f"Casebook is free software under AGPL-3.0-or-later. The licences of all that comes with it are in\n"
        f"/{PLACE}/licences, its bill of materials is /{PLACE}/sbom.cdx.json.\n\n{licence}",
        encoding="utf-8",
    )


def control_text(version: str, architecture: str, size_kb: int, depends: Iterable[str]) -> str:
    """Return the control file."""
    return f"""\
Package: {PACKAGE}
Version: {version}
Architecture: {architecture}
Maintainer: {_MAINTAINER}
Installed-Size: {size_kb}
Depends: {", ".join(depends)}
Recommends: shared-mime-info, desktop-file-utils, hicolor-icon-theme
Section: science
Priority: optional
Description: brings images and reports together, offline
 Which region, which phrase, why, and where they disagree: for chest radiographs
 and other medical images with their reports, and for photographs of scenes with
 the notes about them.
 .
 Works without any network. Research and triage support, not a diagnosis and not
 an expert opinion.
"""


def dependencies(folder: Path) -> list[str]:
    """Return the packages of the libraries that the programs take from the system, and a C library as new."""
    there = {path.name for path in folder.rglob("*.so*")}
    wanted = {name for path in programs(folder) for name in needed(path)} - there
    found = {name: path for name, path in _system_libraries().items() if name in wanted}
    packages = owners_of(found.values())
    return sorted(f"{name} (>= {_c_library()})" if name == "libc6" else name for name in packages)


def _system_libraries() -> dict[str, Path]:
    listing = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    rows = (line.strip().partition(" => ") for line in listing.splitlines() if " => " in line)
    found: dict[str, Path] = {}
    for words, _, path in rows:
        found.setdefault(words.split(" ", 1)[0], Path(path))
    return found


def _c_library() -> str:
    return os.confstr("CS_GNU_LIBC_VERSION").split()[1]  # type: ignore[union-attr]
