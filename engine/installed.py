"""The packages that this Casebook runs with: name, version and licence of each, in its own words."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

_OURS = "casebook"
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\s*\[([^\]]*)\])?")
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)""")


@dataclass(frozen=True, slots=True)
class Installed:
    """A package as it is here; ``licence`` is empty where it states none."""

    name: str
    version: str
    licence: str


def components() -> tuple[Installed, ...]:
    """Return Python and every package here that Casebook needs, itself or through another, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(_OURS, frozenset[str]())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        name, extras = wanted
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # left out of this flavor, or for another system
        waiting.extend(_needed(found[name], extras))
    packages = (
        Installed(name, package.version, licence_of(package))
        for name, package in found.items()
        if name != _OURS
    )
    python = Installed("python", platform.python_version(), "PSF-2.0")
    return tuple(sorted([python, *packages], key=lambda each: each.name))


def licence_of(package: Distribution) -> str:
    """Return a package's licence as it says it: SPDX expression, else field, else classifiers."""
    facts = package.metadata.json
    field = str(facts.get("license") or "").strip()
    if expression := facts.get("license_expression"):
        return str(expression)
    if field and "\n" not in field and len(field) < 100 and field.upper() != "UNKNOWN":
        return field
    classifiers = [text for text in facts.get("classifier") or () if text.startswith("License ::")]
    return "; ".join(text.rpartition(" :: ")[2] for text in classifiers)


def normalized(name: str) -> str:
    """Return the name of a package as the packaging standard compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _needed(package: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a package requires with ``extras``, on whatever system: what is not here is passed over."""
    for text in package.requires or ():
        requirement, _, marker = text.partition(";")
        parts = _REQUIREMENT.match(requirement.strip())
        extra = _EXTRA.search(marker)
        if parts and (extra is None or extra[1] in extras):
            wanted = (word.strip() for word in (parts[2] or "").split(","))
            yield normalized(parts[1]), frozenset(word for word in wanted if word)
