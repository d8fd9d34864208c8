"""What a click with the right button, or the menu key, offers on the rows of each page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from desktop.item_models.paged import PagedList
from desktop.views.actions import Actions

# By page: the actions in their order; an empty name draws a line.
_DECIDE: Final = ("confirm", "reject", "note", "undo", "")
_MARK: Final = ("mark_1", "mark_2", "mark_3")
_OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "images": ("pair", "similar", "compare", "", *_MARK),
    "contradictions": (*_DECIDE, "pair", "", *_MARK),
    "pair": (*_DECIDE, *_MARK),
    "results": ("pair", "similar", "", *_MARK),
    "marks": ("pair", "similar"),
    "timeline": ("pair", "similar", "", *_MARK),
}


def offer_context_menus(pages: Mapping[str, QWidget], actions: Actions) -> None:
    """Give the lists of findings and pictures their menus, made of the actions that menu bar and keys use."""
    for name, offered in _OFFERED.items():
        for view in pages[name].findChildren(QAbstractItemView):
            if isinstance(view.model(), PagedList) and not isinstance(view, QHeaderView):
                _offer(view, actions, offered)


def _offer(view: QAbstractItemView, actions: Actions, offered: tuple[str, ...]) -> None:
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    for name in offered:
        if name:
            view.addAction(actions[name])
        else:
            line = QAction(view)
            line.setSeparator(True)
            view.addAction(line)
