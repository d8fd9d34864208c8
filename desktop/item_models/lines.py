"""One row of a list as people see it: a mark, two lines of text and a word at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt

LineRole = Qt.ItemDataRole.UserRole + 1

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``mark`` is an icon's name and ``color`` a field of ``theme.Colors``; both say the same."""

    title: str
    subtitle: str = ""
    trailing: str = ""
    mark: str = ""
    color: str = "muted"
    is_struck: bool = False

    def __post_init__(self) -> None:
        """Keep each text on one line, whatever the evidence holds."""
        for name in ("title", "subtitle", "trailing"):
            object.__setattr__(self, name, " ".join(getattr(self, name).split()))

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.subtitle, self.trailing) if part)


def presenting(make: Callable[[Row], Line]) -> Callable[[Row, int], Any]:
    """Return how a list model shows rows for which ``make`` gives the Line."""

    def present(row: Row, role: int) -> Any:
        if role not in (
            LineRole,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        line = make(row)
        if role == LineRole:
            return line
        return line.title if role == Qt.ItemDataRole.DisplayRole else line.spoken

    return present
