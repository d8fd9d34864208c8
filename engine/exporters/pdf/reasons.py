"""The cues of a link in words: what speaks for it, what against, and what was noted besides."""

from __future__ import annotations

from engine.exporters.pdf.draft import name
from engine.exporters.pdf.layout import SOFT, Block, para
from engine.exporters.words import weighed
from engine.model.findings import Cue

_MOST = 8


def cue_lines(cues: tuple[Cue, ...]) -> list[Block]:
    """Return a line for each of the weightiest cues, marked for or against the link that they belong to."""
    weighty, slight = weighed(cues)
    lines = [
        _line("+ speaks for this" if cue.weight >= 0 else "− speaks against this", cue) for cue in weighty
    ]
    return [*lines[:_MOST], *_besides(slight)]


def contradiction_lines(cues: tuple[Cue, ...]) -> list[Block]:
    """Return why a contradiction was seen, what ties text and picture, and what speaks against it."""
    weighty, slight = weighed(cues)
    why = [_line("Why", cue) for cue in weighty if not cue.supports]
    ties = [_line("What ties them", cue) for cue in weighty if cue.supports and cue.weight >= 0]
    doubts = [_line("What speaks against it", cue) for cue in weighty if cue.supports and cue.weight < 0]
    return [*[*why, *ties, *doubts][:_MOST], *_besides(slight)]


def _besides(cues: tuple[Cue, ...]) -> list[Block]:
    said = "; ".join(name(cue.detail, 160) for cue in cues[:_MOST])
    return [para(f"Also noted, without weight: {said}.", "small")] if said else []


def _line(role: str, cue: Cue) -> Block:
    said = name(cue.detail, 400)
    return para(
        f"<b>{role}:</b> {said} <font color='{SOFT}'>({name(cue.rule, 40)}, {cue.weight:+.1f})</font>", "cell"
    )
