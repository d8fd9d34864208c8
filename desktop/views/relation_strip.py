"""How an Image and a Report relate as wholes: three statements in words, each with its number."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.dialogs.texts import frame, label, restyle
from desktop.item_models.wording import agreement_words, detail_words, shared_words
from desktop.session.reading import PairFindings
from engine.model.findings import LinkRelation, Relation

_TELLING = 0.15


class RelationStrip(QFrame):
    """CMI, SC and ABS of a pair, and how many Links contradict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(8)
        self._against = label("", "contradicts", wraps=True)
        self._against.setMinimumWidth(110)
        self._shared, self._why_shared, shared = _statement(self.tr("Shared content"))
        self._agreement, self._why_agreement, agreement = _statement(self.tr("Agreement"))
        self._detail, self._why_detail, detail = _statement(self.tr("Level of detail"))
        for card in (agreement, shared, detail):
            row.addWidget(card, 1)
        row.addWidget(self._against)

    def show_pair(self, pair: PairFindings | None) -> None:
        """Say how the pair relates; hides where there is no pair."""
        self.setVisible(pair is not None)
        if pair is None:
            return
        relation = pair.relation
        unknown = self.tr("not measured")
        self._shared.setText(shared_words(relation) if relation else unknown)
        self._agreement.setText(agreement_words(relation) if relation else unknown)
        self._detail.setText(detail_words(relation) if relation else unknown)
        for why, value in (
            (self._why_shared, "cmi"),
            (self._why_agreement, "sc"),
            (self._why_detail, "abs"),
        ):
            reasons = _reasons(relation, value) if relation else ""
            why.setText(self.tr("because {0}").format(reasons) if reasons else "")
            why.setVisible(bool(reasons))
        sc = relation.sc if relation else 0.0
        restyle(self._agreement, "contradicts" if sc < -_TELLING else "supports" if sc > _TELLING else "")
        against = sum(link.relation is LinkRelation.CONTRADICTS for link in pair.links)
        if against:
            self._against.setText(
                self.tr("≠ {0} contradicting of {1} links").format(against, len(pair.links))
            )
            restyle(self._against, "contradicts")
        else:
            self._against.setText(self.tr("{0} links, none contradicts").format(len(pair.links)))
            restyle(self._against, "muted")


def _reasons(relation: Relation, value: str) -> str:
    """Return why a value was given, the weightiest reason first."""
    cues = [cue for cue in relation.cues if cue.rule.startswith(f"{value}-")]
    return "; ".join(cue.detail for cue in sorted(cues, key=lambda cue: -abs(cue.weight)))


def _statement(title: str) -> tuple[QLabel, QLabel, QFrame]:
    """Return the label of a statement, the one of its reasons, and the card that holds both."""
    card = frame("card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(10, 5, 10, 5)
    layout.setSpacing(1)
    text, why = label("", wraps=True), label("", "muted", wraps=True)
    text.setMinimumWidth(130)
    layout.addWidget(label(title, "section"))
    layout.addWidget(text)
    layout.addWidget(why)
    layout.addStretch(1)
    return text, why, card
