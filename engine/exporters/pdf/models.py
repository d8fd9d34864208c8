"""Known error rates and limits of the models that made the findings, as their cards say."""

from __future__ import annotations

from engine.exporters.model_cards import CardExcerpt, excerpts
from engine.exporters.pdf.draft import Draft, name
from engine.exporters.pdf.layout import Block, Story, heading, para, room

# A title does not stand alone at the end of a page.
_WITH_A_LINE_PT = 44


def models(draft: Draft) -> Story:
    """Yield for each model with a card on this workstation what was measured and what it cannot do."""
    components = draft.store.components()
    cards = excerpts(components, shipped_only=draft.options.reproducible)
    if not cards:
        yield [para("No model of this case has a card on the workstation that made this report.")]
    for card in cards:
        yield _card(card)


def _card(card: CardExcerpt) -> list[Block]:
    blocks = [*heading(name(card.name)), para(name(card.summary, 400))]
    for title, lines in (("Measured", card.figures), ("Limits", card.limits)):
        if lines:
            blocks += [room(_WITH_A_LINE_PT), para(f"<b>{title}</b>", "cell")]
            blocks += [para(f"•  {name(line, 400)}", "cell") for line in lines]
    return [*blocks, para(f"Licence: {name(card.licence, 200)}", "small")] if card.licence else blocks
