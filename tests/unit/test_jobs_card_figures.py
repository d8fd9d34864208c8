"""What a model card says of its figures, in its tables or in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.jobs.card_figures import figures_of
from engine.settings import shipped_models_dir

CARDS = sorted(shipped_models_dir().glob("*/CARD.md"))


@pytest.mark.parametrize("card", CARDS, ids=[card.parent.name for card in CARDS])
def test_every_shipped_card_tells_a_figure(card: Path) -> None:
    figures = figures_of(card.read_text(encoding="utf-8"))
    assert figures and all(
        any(char.isdigit() for char in figure) and "|" not in figure for _, figure in figures
    )


def test_tables_of_the_section_come_first() -> None:
    card = "# m\n\n| | |\n|---|---|\n| Task | boxes |\n\n## Figures\n\nOn 5 pictures:\n\n" + (
        "| figure | guns | cars |\n|---|---|---|\n| mAP50 | 0.6 | 0.3 |\n\n## Limits\n\nIt misses 9 of 10.\n"
    )
    assert figures_of(card) == (("mAP50", "guns 0.6, cars 0.3"),)


def test_a_table_of_measures_elsewhere_and_a_sentence_are_read() -> None:
    assert figures_of("| set | F1 |\n|---|---|\n| dev | 0.8 |\n") == (("dev", "0.8"),)
    told = "* **Data** 3 sets.\n* **Figures** of dev (`x.conllu`): LAS 0.8.\n  More.\n* **Limits** 1.\n"
    assert figures_of(told) == (("", "of dev (x.conllu): LAS 0.8."),)
    assert figures_of("# m\n\nNothing was measured in 2026.\n") == ()
