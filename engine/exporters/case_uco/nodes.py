"""The building blocks of CASE/UCO in JSON-LD (caseontology.org 1.4, unifiedcyberontology.org 1.4)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from engine.exporters.safe_text import visible

Node = dict[str, Any]

CONTEXT = {
    "kb": "urn:casebook:kb:",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-analysis": "https://ontology.unifiedcyberontology.org/uco/analysis/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-location": "https://ontology.unifiedcyberontology.org/uco/location/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def iri(kind: str, *parts: str) -> str:
    """Return the name of a node: its kind and a UUID made from what identifies it in the case."""
    key = "\n".join((kind, *parts)).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return f"kb:{kind}-{uuid.uuid5(uuid.NAMESPACE_URL, key)}"


def node(identity: str, kind: str, **properties: object) -> Node:
    """Return a node without empty properties; ``core_name`` stands for ``uco-core:name``."""
    named = {_property(name): value for name, value in properties.items()}
    return {"@id": identity, "@type": kind} | {
        name: value for name, value in named.items() if value not in (None, "", [], ())
    }


def links(*identities: str) -> list[dict[str, str]]:
    return [{"@id": identity} for identity in identities]


def typed(kind: str, value: object) -> dict[str, str]:
    return {"@type": f"xsd:{kind}", "@value": str(value)}


def decimal(value: float) -> dict[str, str]:
    """Return a number as XML Schema's decimal, which knows no exponent."""
    return typed("decimal", f"{value:.8f}".rstrip("0").rstrip("."))


def moment(at: datetime | None) -> dict[str, str] | None:
    return typed("dateTime", f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}") if at else None


def text(words: str) -> str:
    return visible(words)


_PREFIXES = {
    "core": "uco-core",
    "action": "uco-action",
    "analysis": "uco-analysis",
    "location": "uco-location",
    "observable": "uco-observable",
    "tool": "uco-tool",
    "types": "uco-types",
    "investigation": "case-investigation",
}


def _property(name: str) -> str:
    prefix, _, local = name.partition("_")
    return f"{_PREFIXES[prefix]}:{local.rstrip('_')}"
