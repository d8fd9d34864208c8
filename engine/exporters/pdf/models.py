"""Known error rates and limits of the models that made the findings, as their cards say."""

from __future__ import annotations

from engine.exporters.model_cards import CardExcerpt, excerpts
from engine.exporters.pdf.draft import Draft, name
from engine.exporters.pdf.layout import Block, Story, heading, para


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
    if card.figures:
        blocks.append(para("<b>Measured</b>", "cell"))
        blocks += [para(f"•  {name(line, 400)}", "cell") for line in card.figures]
    if card.limits:
        blocks.append(para("<b>Limits</b>", "cell"))
        blocks += [para(f"•  {name(line, 400)}", "cell") for line in card.limits]
    return [*blocks, para(f"Licence: {name(card.licence, 200)}", "small")] if card.licence else blocks
