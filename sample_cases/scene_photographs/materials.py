"""Colors and surfaces that several things share."""

from __future__ import annotations

from sample_cases.scene_photographs.mesh import Material

Color = tuple[int, int, int]

STEEL = Material(color=(196, 200, 205), gloss=0.75, metal=True)
BLACK = Material(color=(28, 28, 30), gloss=0.25)
RUBBER = Material(color=(30, 30, 32), gloss=0.08)
