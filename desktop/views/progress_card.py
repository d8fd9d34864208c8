"""How far the review of a case is: of the contradictions, of all links, and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.dialogs.texts import label, progress_bar
from desktop.item_models.wording import number_words
from engine.model.findings import FindingKind, Review, Verdict
from engine.store import CaseCounts


class ProgressCard(QFrame):
    """Hidden where there is nothing to decide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._bars = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, (name, title) in enumerate(
            (("contradictions", self.tr("Contradictions")), ("links", self.tr("All links")))
        ):
            bar = progress_bar(title)
            words = label("", "muted")
            for place, each in enumerate((label(title), bar, words)):
                grid.addWidget(each, row, place)
            self._bars[name] = (bar, words)
        self.verdicts = label("", "muted", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 12)
        layout.addWidget(label(self.tr("Review"), "section"))
        layout.addLayout(grid)
        layout.addWidget(self.verdicts)

    def show_progress(self, counts: CaseCounts, standing: Sequence[Review], contradictions: int) -> None:
        """Show how many of each kind are decided; ``standing`` are the decisions that count."""
        links = sum(each.target_kind is FindingKind.LINK for each in standing)
        self._show_bar("contradictions", contradictions, counts.contradictions)
        self._show_bar("links", links, counts.links)
        self.verdicts.setText(self._who(standing))
        self.verdicts.setVisible(bool(standing))
        self.setVisible(bool(counts.links or standing))

    def _show_bar(self, name: str, decided: int, total: int) -> None:
        bar, words = self._bars[name]
        said = self.tr("{0} of {1} decided").format(number_words(decided), number_words(total))
        bar.setRange(0, max(total, 1))
        bar.setValue(min(decided, total))
        bar.setAccessibleDescription(said)
        words.setText(said)

    def _who(self, standing: Sequence[Review]) -> str:
        verdicts = Counter(each.verdict for each in standing)
        examiners = Counter(each.examiner or self.tr("an unnamed examiner") for each in standing)
        names = {
            Verdict.CONFIRMED: self.tr("confirmed {0}"),
            Verdict.REJECTED: self.tr("rejected {0}"),
            Verdict.CORRECTED: self.tr("corrected {0}"),
            Verdict.ADDED: self.tr("drawn {0}"),
        }
        said = [words.format(number_words(verdicts[each])) for each, words in names.items() if verdicts[each]]
        by = [f"{name}: {number_words(count)}" for name, count in examiners.most_common(6)]
        return "   ·   ".join([*said, *by])
