"""What an installed Casebook weighs and of what: of a folder that was built, or computed for a flavor.

python -m installers.sizes build/cpu/casebook-0.1.0-cpu-linux-x86_64
python -m installers.sizes --flavor gpu
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from engine.installed import normalized
from installers.contents import FLAVORS, excluded_modules, keeps_file
from installers.distributions import name_of

CHECKOUT = Path(__file__).resolve().parent.parent
_SHOWN = 25


def main(argv: list[str]) -> int:
    """Print the parts, the largest first, in MB (10^6 bytes)."""
    parser = argparse.ArgumentParser(prog="installers.sizes")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--flavor", choices=FLAVORS, default="cpu")
    options = parser.parse_args(argv)
    if options.folder is not None:
        parts = measured(options.folder)
    else:
        parts, missing = computed(options.flavor)
        print(
            "Computed from the packages installed here; bytecode is counted as source, nothing is compressed."
        )
        if missing:
            print(f"Not installed here and so not counted: {', '.join(missing)}")
    for name, size_bytes in parts.most_common(_SHOWN):
        print(f"{size_bytes / 1e6:8.1f} MB  {name}")
    rest = parts.most_common()[_SHOWN:]
    print(f"{sum(size for _, size in rest) / 1e6:8.1f} MB  {len(rest)} smaller ones")
    print(f"{parts.total() / 1e6:8.1f} MB  in all")
    return 0


def measured(folder: Path) -> Counter[str]:
    """Return the bytes on disk of each part of a program folder; a file with two names counts once."""
    parts: Counter[str] = Counter()
    seen: set[int] = set()
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.stat().st_ino in seen:
            continue
        seen.add(path.stat().st_ino)
        parts[part_of(path.relative_to(folder))] += path.stat().st_size
    return parts


def part_of(place: PurePosixPath) -> str:
    """Return what a file belongs to, by its place in the program folder."""
    inside = place.parts[1:] if place.parts[0] == "_internal" else place.parts
    if not inside or len(inside) == 1:
        name = place.name
        if place.parts[0] != "_internal":
            return f"program {name}" if "." not in name else "papers"
        return (
            "Python"
            if name.startswith("libpython") or name == "base_library.zip"
            else "libraries of the system"
        )
    top = inside[0]
    if top == "resources":
        return f"resources/{inside[1]}"
    if top.startswith("python3") or top == "lib-dynload":
        return "Python"
    if place.parts[0] != "_internal":
        return "papers"
    return re.sub(r"(\.libs|-[\d.]+\.dist-info)$", "", top)


def computed(flavor: str) -> tuple[Counter[str], list[str]]:
    """Return the bytes of each part that would go in, and the packages that are not here to be measured."""
    parts: Counter[str] = Counter()
    for name in ("engine", "sample_cases", "desktop", "resources"):
        parts[name] = sum(path.stat().st_size for path in (CHECKOUT / name).rglob("*") if path.is_file())
    packages, missing = closure(flavor)
    barred = set(excluded_modules(flavor))
    for name, package in packages.items():
        parts[name] += sum(_sizes(package, barred))
    return parts, missing


def _sizes(package: Distribution, barred: set[str]) -> Iterator[int]:
    for file in package.files or ():
        place = PurePosixPath(str(file))
        dotted = ".".join(place.with_suffix("").parts)
        is_barred = any(dotted == name or dotted.startswith(f"{name}.") for name in barred)
        if ".." in place.parts or "__pycache__" in place.parts or is_barred or not keeps_file(str(place)):
            continue
        path = Path(str(file.locate()))
        if path.is_file():
            yield path.stat().st_size


def closure(flavor: str) -> tuple[Mapping[str, Distribution], list[str]]:
    """Return what Casebook requires in this flavor, with all that those require, as installed here."""
    found: dict[str, Distribution] = {}
    missing: list[str] = []
    waiting = list(_stated(flavor))
    while waiting:
        name, extras = waiting.pop()
        if name in found or name in missing:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            missing.append(name)
            continue
        found[name_of(package)] = package
        waiting.extend(_required(package, extras))
    return found, sorted(missing)


def _stated(flavor: str) -> Iterator[tuple[str, set[str]]]:
    """Yield what pyproject.toml states, whatever was stated when this environment was made."""
    from packaging.requirements import Requirement

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    training = project["optional-dependencies"]["training"] if flavor == "gpu" else []
    for text in [*project["dependencies"], *training]:
        requirement = Requirement(text)
        yield normalized(requirement.name), set(requirement.extras)


def _required(package: Distribution, extras: set[str]) -> Iterator[tuple[str, set[str]]]:
    from packaging.requirements import Requirement

    for text in package.requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield normalized(requirement.name), set(requirement.extras)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
