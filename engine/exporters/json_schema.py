"""The published JSON Schema (2020-12) of the JSON export, made from the model's own dataclasses.

``docs/casebook-findings-1.schema.json`` is its output; a test keeps the two equal, so that the schema can
never say something else than the program.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.exporters.json_document import SCHEMA
from engine.model.evidence import Case, Image, Report, SourceFile
from engine.model.findings import Entity, Link, Region, Relation, Review
from engine.model.runs import Component, Issue, Run

DRAFT = "https://json-schema.org/draft/2020-12/schema"
ROWS: Mapping[str, type] = {
    "files": SourceFile,
    "images": Image,
    "reports": Report,
    "regions": Region,
    "entities": Entity,
    "links": Link,
    "relations": Relation,
    "reviews": Review,
    "issues": Issue,
    "components": Component,
    "runs": Run,
}
_SCALARS: Mapping[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
}


def schema() -> dict[str, Any]:
    """Return the schema of a whole export document."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {
        "schema": {"const": SCHEMA},
        "program": {"type": "string"},
        "exported_at": _SCALARS[datetime],
        "audit": {
            "type": "object",
            "properties": {"length": {"type": "integer", "minimum": 0}, "hash": {"type": "string"}},
            "required": ["length", "hash"],
            "additionalProperties": False,
        },
        "case": _of(Case, definitions),
        "counts": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
    }
    properties |= {name: {"type": "array", "items": _of(row, definitions)} for name, row in ROWS.items()}
    return {
        "$schema": DRAFT,
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": "Findings of a Casebook case",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": definitions,
    }


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a type; dataclasses and enumerations go into ``definitions`` once."""
    kind = getattr(kind, "__supertype__", kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_of(part, definitions) for part in typing.get_args(kind)]}
    if origin is tuple:
        return _tuple(typing.get_args(kind), definitions)
    if kind is type(None):
        return {"type": "null"}
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # a type may name itself
        definitions[kind.__name__] = _definition(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _tuple(parts: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return {"type": "array", "items": _of(parts[0], definitions)}
    items = [_of(part, definitions) for part in parts]
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}


def _definition(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if issubclass(kind, enum.Enum):
        return {"enum": [member.value for member in kind]}
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n", maxsplit=1)[0],
        "properties": {name: _of(hints[name], definitions) for name in names},
        "required": names,
        "additionalProperties": False,
    }
