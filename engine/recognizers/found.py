"""What one recognizer found, before overlaps are resolved and Entities are made."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.ids import ComponentId


@dataclass(frozen=True, slots=True)
class Found:
    """A labeled stretch ``text[start:end]``; ``rank`` decides between overlapping ones, higher wins."""

    start: int
    end: int
    label: str
    score: float
    rank: int
    component_id: ComponentId
    concept: str = ""
    normal: str = ""
