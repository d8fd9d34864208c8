"""Build an installed Casebook for this system: ``make installer``, or ``python3 -m installers.build``.

    python3 -m installers.build                      the CPU flavor, with the packages of this system
    python3 -m installers.build --folder-only --try  the program folder alone, and its self-test
    python3 -m installers.build --flavor gpu --dry-run      what the GPU flavor would weigh

Runs on a bare Python 3.11 or 3.12. What is committed is built, not what lies in the working tree; everything
is made below ``build/`` and the packages are put into ``dist/``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from installers.contents import FLAVORS
from installers.environment import CHECKOUT, make_environment, python_of, run
from installers.linux.archive import make_archive
from installers.linux.deb import make_deb
from installers.linux.trimming import drop_orphans, strip_modules

BUILD, DIST = CHECKOUT / "build", CHECKOUT / "dist"
_PROGRAMS = "casebook"  # what the spec calls the folder of both programs
REQUIREMENTS = {"cpu": (".[packaging]",), "gpu": (".[packaging,training]",)}
_SIZES = {"cpu": "about 130 packages, some 1.6 GB", "gpu": "about 180 packages, some 7 GB"}


def main(argv: Sequence[str]) -> int:
    """Build what was asked for; each step's own output is its progress."""
    parser = argparse.ArgumentParser(prog="installers.build", description=__doc__.splitlines()[0])
    parser.add_argument("--flavor", choices=FLAVORS, default="cpu")
    parser.add_argument("--dry-run", action="store_true", help="only say what it would weigh")
    parser.add_argument(
        "--folder-only", action="store_true", help="the program folder, without packages of it"
    )
    parser.add_argument(
        "--try", dest="tries", action="store_true", help="run the self-test of what was built"
    )
    options = parser.parse_args(argv)
    if options.dry_run:
        return _say_weight(options.flavor)
    began_s = time.monotonic()
    folder = build_folder(options.flavor)
    print(f"built {folder} in {time.monotonic() - began_s:.0f} s", flush=True)
    run([sys.executable, "-m", "installers.sizes", str(folder)])
    if options.tries:
        try_folder(folder)
    if not options.folder_only:
        for package in packages_of(folder):
            print(f"made {package} ({package.stat().st_size / 1e6:.0f} MB)", flush=True)
        print(f"all in {time.monotonic() - began_s:.0f} s", flush=True)
    return 0


def build_folder(flavor: str) -> Path:
    """Freeze the committed sources in an environment of their own; return the folder of the programs."""
    base = BUILD / flavor
    source = export_source(base / "source")
    environment = base / "environment"
    make_environment(environment, REQUIREMENTS[flavor], size=_SIZES[flavor])
    settings = {
        **os.environ,
        "CASEBOOK_FLAVOR": flavor,
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": sources_epoch(),
        "PYTHONPATH": str(source),
    }
    python, work = str(python_of(environment)), base / "work"
    folder = base / folder_name(flavor, version_of(source))
    shutil.rmtree(folder, ignore_errors=True)
    _freeze(python, source, work, base / "frozen", settings).rename(folder)
    taken = work / "app" / "taken.json"
    if sys.platform == "linux":
        _finish_linux(source, folder, taken)
    run([python, "-m", "installers.papers", str(folder), str(taken)], settings, folder=source)
    return folder


def _freeze(python: str, source: Path, work: Path, out: Path, settings: dict[str, str]) -> Path:
    places = ["--distpath", str(out), "--workpath", str(work)]
    quietly = ["--noconfirm", "--clean", "--log-level", "ERROR"]
    command = [python, "-m", "PyInstaller", *quietly, *places, str(source / "installers/app.spec")]
    run(command, settings, folder=source)
    return out / _PROGRAMS


def _finish_linux(source: Path, folder: Path, taken: Path) -> None:
    """Make the folder smaller, and add what installs it for one user."""
    print(f"stripped {strip_modules(folder) / 1e6:.0f} MB of symbols", flush=True)
    libraries = json.loads(taken.read_text(encoding="utf-8"))["system_libraries"]
    print(f"dropped {len(drop_orphans(folder, libraries))} libraries that nothing asks for", flush=True)
    copy_tree(source / "installers/linux/user", folder)
    for suffix in ("svg", "png"):
        for picture in (source / "resources/icons/app").glob(f"casebook*.{suffix}"):
            shutil.copyfile(picture, folder / "share" / picture.name)


def try_folder(folder: Path) -> None:
    """Run the self-test of what was built: no Python in the PATH, a home with blanks and umlauts."""
    with tempfile.TemporaryDirectory(prefix="Müller & Söhne ") as home:
        places = {"HOME": home, "USERPROFILE": home, "PATH": str(folder / "nothing here")}
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LANG") if name in os.environ}
        run([str(folder / "casebook"), "self-test"], {**kept, **places}, folder=Path(home))


def export_source(out: Path) -> Path:
    """Write the committed sources to ``out``; outside of git, those that lie here."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    if not (CHECKOUT / ".git").exists():
        for name in ("engine", "desktop", "sample_cases", "resources", "installers"):
            copy_tree(CHECKOUT / name, out / name)
        for name in ("pyproject.toml", "constraints.txt", "README.md", "LICENSE"):
            shutil.copyfile(CHECKOUT / name, out / name)
        return out
    archive = out.with_suffix(".tar")
    run(["git", "archive", "--format=tar", f"--output={archive}", "HEAD"])
    with tarfile.open(archive) as opened:
        opened.extractall(out, filter="data")
    archive.unlink()
    return out


def sources_epoch() -> str:
    """Return the time of the sources in seconds: ``SOURCE_DATE_EPOCH``, else that of the last commit."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return os.environ["SOURCE_DATE_EPOCH"]
    asked = ["git", "log", "-1", "--format=%ct"]
    answer = subprocess.run(asked, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False)
    return answer.stdout.strip() or str(int((CHECKOUT / "pyproject.toml").stat().st_mtime))


def version_of(source: Path) -> str:
    """Return the version that the sources state, without importing them."""
    text = (source / "engine/settings.py").read_text(encoding="utf-8")
    found = re.search(r'^ENGINE_VERSION = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise SystemExit("engine/settings.py states no ENGINE_VERSION")
    return found[1]


def folder_name(flavor: str, version: str) -> str:
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return f"casebook-{version}-{flavor}-{system}-{platform.machine().lower()}"


def packages_of(folder: Path) -> list[Path]:
    """Make the packages of this system from a program folder, into ``dist/``."""
    DIST.mkdir(exist_ok=True)
    if sys.platform == "win32":
        run(
            [
                "iscc",
                f"/DSource={folder}",
                f"/DVersion={version_of(CHECKOUT)}",
                f"/O{DIST}",
                str(CHECKOUT / "installers/windows/casebook.iss"),
            ]
        )
        return sorted(DIST.glob("*.exe"))
    if sys.platform == "darwin":
        run(
            [
                "sh",
                str(CHECKOUT / "installers/macos/make_dmg.sh"),
                str(folder.parent / "frozen/Casebook.app"),
                str(DIST),
            ]
        )
        return sorted(DIST.glob("*.dmg"))
    epoch = int(sources_epoch())
    made = [make_archive(folder, DIST, epoch)]
    if shutil.which("dpkg-deb"):
        made.append(make_deb(folder, DIST, epoch, version_of(CHECKOUT)))
    else:
        print("no .deb: dpkg-deb is not here", flush=True)
    return made


def copy_tree(source: Path, out: Path) -> None:
    """Copy the files of a tree into another, without what Python and its tools left there."""
    shutil.copytree(source, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))


def _say_weight(flavor: str) -> int:
    """Compute from the packages that are installed for development here."""
    python = python_of(CHECKOUT / ".venv")
    run([str(python), "-m", "installers.sizes", "--flavor", flavor])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
