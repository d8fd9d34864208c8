"""Who writes which part of the PDF report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.exporters.pdf.closing import checking, definitions, limits, register
from engine.exporters.pdf.contradictions import contradictions
from engine.exporters.pdf.draft import Draft
from engine.exporters.pdf.evidence import coverage, evidence, issues
from engine.exporters.pdf.figures import figures
from engine.exporters.pdf.layout import Story
from engine.exporters.pdf.methods import audit, methods
from engine.exporters.pdf.models import models
from engine.exporters.pdf.relations import relations
from engine.exporters.pdf.sources import identifiers, stated, times_and_places
from engine.exporters.pdf.texts import texts
from engine.exporters.pdf.verdicts import verdicts

WRITERS: Mapping[str, Callable[[Draft], Story]] = {
    "contradictions": contradictions,
    "stated": stated,
    "identifiers": identifiers,
    "figures": figures,
    "texts": texts,
    "relations": relations,
    "verdicts": verdicts,
    "times": times_and_places,
    "evidence": evidence,
    "issues": issues,
    "coverage": coverage,
    "methods": methods,
    "models": models,
    "audit": audit,
    "checking": checking,
    "limits": limits,
    "definitions": definitions,
    "register": register,
}
