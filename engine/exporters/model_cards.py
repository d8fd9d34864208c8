"""What the cards of the models used in a case say: error rates that were measured, and known limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import ModelError
from engine.model.runs import Component
from engine.weights import ModelCard, all_models

_MOST_LINES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class CardExcerpt:
    """A model's name, summary and licence, and the lines of its card on figures and limits."""

    name: str
    summary: str
    licence: str
    figures: tuple[str, ...]
    limits: tuple[str, ...]


def excerpts(components: Sequence[Component], *, shipped_only: bool) -> tuple[CardExcerpt, ...]:
    """Return the cards of the models whose weights the components name, by name.

    With ``shipped_only``, cards that a user added to this workstation are left out.
    """
    used = {component.weights_sha256 for component in components if component.weights_sha256}
    try:
        cards = all_models()
    except ModelError:
        return ()  # a broken card is told by "models check"; the report says which weights ran anyway
    chosen = [
        card for card in cards if card.sha256 in used and (card.origin == "shipped" or not shipped_only)
    ]
    return tuple(_excerpt(card) for card in chosen)


def _excerpt(card: ModelCard) -> CardExcerpt:
    try:
        text = (card.path.parent / "CARD.md").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    return CardExcerpt(
        name=f"{card.name} {card.version}",
        summary=card.summary,
        licence=card.licence,
        figures=section_lines(text, "Figures"),
        limits=section_lines(text, "Limits"),
    )


def section_lines(text: str, title: str) -> tuple[str, ...]:
    """Return a section of a Markdown card as plain lines: paragraphs joined, table rows as ``a: b``."""
    lines: list[str] = []
    inside = joins = False
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("#"):
            inside = line.lstrip("# ") == title
        elif inside:
            if line.startswith("|") and set(line) <= set("|-: "):
                del lines[-1:]  # the head of the table, whose words are not needed
            elif line.startswith("|"):
                first, *others = [part.strip() for part in line.strip("|").split("|")]
                lines.append(f"{first}: {' · '.join(part for part in others if part)}")
            elif line:
                if joins and not line.startswith("* "):
                    lines[-1] += " " + line
                else:
                    lines.append(line.removeprefix("* "))
            joins = bool(line) and not line.startswith("|")
    return tuple(line.replace("`", "").replace("**", "") for line in lines[:_MOST_LINES])
