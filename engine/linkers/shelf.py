"""All linkers of the engine, in the order in which their cues are listed."""

from __future__ import annotations

from engine.linkers.attributes import AttributeLinker
from engine.linkers.concepts import ConceptLinker
from engine.linkers.identifiers import IdentifierLinker
from engine.linkers.lungs import LungLinker
from engine.linkers.mentions import MentionLinker
from engine.linkers.times import TimeLinker
from engine.protocols import Linker


def all_linkers() -> tuple[Linker, ...]:
    """Return every linker, loaded."""
    return (
        *IdentifierLinker.load_all(),
        *MentionLinker.load_all(),
        *ConceptLinker.load_all(),
        *AttributeLinker.load_all(),
        *LungLinker.load_all(),
        *TimeLinker.load_all(),
    )
