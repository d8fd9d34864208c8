"""How an Image and a Report relate as wholes: three statements in words, each with its number.

One line as a rule, so that the evidence has the room; on demand three cards that say why.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.dialogs.texts import label, named, restyle
from desktop.item_models.wording import agreement_words, detail_words, shared_words
from desktop.session.reading import PairFindings
from desktop.views.elided import ElidedLabel
from engine.model.findings import LinkRelation, Relation

_TELLING = 0.15
_VALUES = ("sc", "cmi", "abs")


class RelationStrip(QFrame):
    """CMI, SC and ABS of a pair, and how many Links contradict; ``opened`` says whether the cards show."""

    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._against = label("", "contradicts")
        self._why = named(QToolButton(), self.tr("Why"))
        self._why.setText(self.tr("Why"))
        self._why.setCheckable(True)
        self._why.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._why.setArrowType(Qt.ArrowType.DownArrow)
        self._why.setToolTip(self.tr("Show the reasons for these statements"))
        titles = (self.tr("Agreement"), self.tr("Shared content"), self.tr("Level of detail"))
        # Whether they agree is said in full; the others give way.
        self._lines = {value: ElidedLabel(least_chars=40 if value == "sc" else 6) for value in _VALUES}
        self._cards = {value: _Card(title) for value, title in zip(_VALUES, titles, strict=True)}
        line = QHBoxLayout()
        line.setSpacing(16)
        for value in _VALUES:
            line.addWidget(self._lines[value])
        line.addStretch(1)
        line.addWidget(self._against)
        line.addWidget(self._why)
        self._drawer = QWidget()
        cards = QHBoxLayout(self._drawer)
        cards.setContentsMargins(0, 0, 0, 4)
        cards.setSpacing(8)
        for card in self._cards.values():
            cards.addWidget(card, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 3, 10, 3)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self._drawer)
        self._why.toggled.connect(self._on_toggled)
        self._drawer.hide()

    def set_open(self, is_open: bool) -> None:
        """Show the cards with the reasons, or the one line alone."""
        self._why.setChecked(is_open)

    def show_pair(self, pair: PairFindings | None) -> None:
        """Say how the pair relates; hides where there is no pair."""
        self.setVisible(pair is not None)
        if pair is None:
            return
        relation = pair.relation
        unknown = self.tr("not measured")
        said = {
            "sc": agreement_words(relation) if relation else unknown,
            "cmi": shared_words(relation) if relation else unknown,
            "abs": detail_words(relation) if relation else unknown,
        }
        for value, words in said.items():
            reasons = _reasons(relation, value) if relation else ""
            because = self.tr("because {0}").format(reasons) if reasons else ""
            self._cards[value].tell(words, because)
            self._lines[value].setText(words if relation or value == "sc" else "")
            self._lines[value].setToolTip(f"{words}\n{because}" if because else words)
        sc = relation.sc if relation else 0.0
        role = "contradicts" if sc < -_TELLING else "supports" if sc > _TELLING else ""
        restyle(self._lines["sc"], role)
        self._cards["sc"].style_as(role)
        against = sum(link.relation is LinkRelation.CONTRADICTS for link in pair.links)
        if against:
            self._against.setText(
                self.tr("≠ {0} contradicting of %n link(s)", "", len(pair.links)).format(against)
            )
            restyle(self._against, "contradicts")
        else:
            self._against.setText(self.tr("%n link(s), none contradicts", "", len(pair.links)))
            restyle(self._against, "muted")

    def _on_toggled(self, is_open: bool) -> None:
        self._drawer.setVisible(is_open)
        for line in self._lines.values():
            line.setHidden(is_open)
        self._why.setArrowType(Qt.ArrowType.UpArrow if is_open else Qt.ArrowType.DownArrow)
        self.opened.emit(is_open)


class _Card(QFrame):
    """One statement with its title and its reasons."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(1)
        self._text: QLabel = label("", wraps=True)
        self._why: QLabel = label("", "muted", wraps=True)
        self._text.setMinimumWidth(130)
        for each in (label(title, "section"), self._text, self._why):
            layout.addWidget(each)
        layout.addStretch(1)

    def tell(self, words: str, because: str) -> None:
        self._text.setText(words)
        self._why.setText(because)
        self._why.setVisible(bool(because))

    def style_as(self, role: str) -> None:
        restyle(self._text, role)


def _reasons(relation: Relation, value: str) -> str:
    """Return why a value was given, the weightiest reason first."""
    cues = [cue for cue in relation.cues if cue.rule.startswith(f"{value}-")]
    return "; ".join(cue.detail for cue in sorted(cues, key=lambda cue: -abs(cue.weight)))
