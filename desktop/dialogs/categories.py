"""The names of the nine categories of bookmarks, one for each digit key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.dialogs.foot import MARGINS, add_foot, at_least
from desktop.dialogs.texts import label, named


class Categories(QDialog):
    """Names for the keys 1 to 9."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Categories of bookmarks"))
        said = label(
            self.tr(
                "A digit key puts what is selected into its category, or takes it out again. The names are "
                "those of this workstation; a bookmark keeps the name that it was made with."
            ),
            "muted",
            wraps=True,
        )
        form = QFormLayout()
        self._fields = []
        for place, name in enumerate(names, start=1):
            field = named(QLineEdit(name), self.tr("Name of category {0}").format(place))
            field.setMaxLength(60)
            form.addRow(self.tr("Key {0}").format(place), field)
            self._fields.append(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(12)
        layout.addWidget(said)
        layout.addLayout(form)
        add_foot(self, layout, self.tr("Save"))
        at_least(layout, 460)

    def names(self) -> tuple[str, ...]:
        """Return the names as entered, in the order of the keys; an empty one has no name of its own."""
        return tuple(" ".join(field.text().split()) for field in self._fields)
