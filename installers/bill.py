"""The bill of materials of an installed Casebook (SBOM, CycloneDX 1.6, JSON).

Equal contents give equal bytes: its time is that of the sources, its serial number is made of its parts.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import Distribution

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from engine.installed import licence_of
from engine.settings import ENGINE_VERSION
from engine.weights import ModelCard
from installers.distributions import name_of

_OURS = "casebook"
_NAMESPACE = uuid.UUID("6f0c1a52-6a5e-5d0b-9d7f-0d6a3b8a5c11")


def bill(
    packages: Sequence[Distribution],
    models: Iterable[ModelCard],
    system: Mapping[str, str],
    *,
    flavor: str,
    at: datetime,
) -> str:
    """Return the bill as JSON: Casebook, the Python packages, the models, and libraries of the system."""
    parts = [
        *(_package(package) for package in packages if name_of(package) != _OURS),
        *(_model(card) for card in models),
        *(_system_library(name, version) for name, version in system.items()),
    ]
    listing = "\n".join(f"{part.type} {part.name} {part.version}" for part in parts)
    made = Bom(
        components=parts, serial_number=uuid.uuid5(_NAMESPACE, f"{ENGINE_VERSION} {flavor}\n{listing}")
    )
    made.metadata.timestamp = at.astimezone(UTC)
    casebook = Component(
        name=_OURS,
        version=ENGINE_VERSION,
        type=ComponentType.APPLICATION,
        bom_ref=f"{_OURS}@{ENGINE_VERSION}",
        licenses=[_licence("AGPL-3.0-or-later")],
        properties=[Property(name="casebook:flavor", value=flavor)],
    )
    made.metadata.component = casebook
    made.register_dependency(casebook, parts)
    return JsonV1Dot6(made).output_as_string(indent=1) + "\n"


def _package(package: Distribution) -> Component:
    name = name_of(package)
    purl = PackageURL("pypi", name=name, version=package.version)
    return Component(
        name=name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        licenses=[_licence(licence_of(package) or "not stated")],
        description=package.metadata.get("Summary", "") or None,
    )


def _model(card: ModelCard) -> Component:
    return Component(
        name=card.name,
        version=card.version,
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=f"model:{card.name}@{card.version}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=card.sha256)],
        licenses=[_licence(card.licence or "not stated")],
        description=card.summary or None,
    )


def _system_library(name: str, version: str) -> Component:
    purl = PackageURL("deb", namespace="debian", name=name, version=version)
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
    )


def _licence(name: str) -> DisjunctiveLicense:
    return DisjunctiveLicense(name=name)
