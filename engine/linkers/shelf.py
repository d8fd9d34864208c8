"""The table of the engine's own linkers, in the order in which their cues are listed.

``engine/plugins.py`` takes its rows from here; packages of others add theirs there by entry point.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from engine.protocols import Linker

BUILT_IN: Mapping[str, str] = {
    "identifiers": "engine.linkers.identifiers:IdentifierLinker",
    "mentions": "engine.linkers.mentions:MentionLinker",
    "concepts": "engine.linkers.concepts:ConceptLinker",
    "attributes": "engine.linkers.attributes:AttributeLinker",
    "meaning": "engine.linkers.meaning:MeaningLinker",
    "lungs": "engine.linkers.lungs:LungLinker",
    "times": "engine.linkers.times:TimeLinker",
    "locations": "engine.linkers.locations:LocationLinker",
}


def all_linkers() -> tuple[Linker, ...]:
    """Return every linker of the table, loaded."""
    found: list[Linker] = []
    for target in BUILT_IN.values():
        module, _, name = target.partition(":")
        found += getattr(import_module(module), name).load_all()
    return tuple(found)
