"""What the cards of the models used in a case say: error rates that were measured, and known limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.card_text import section_lines
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
        figures=section_lines(text, "Figures")[:_MOST_LINES],
        limits=section_lines(text, "Limits")[:_MOST_LINES],
    )
