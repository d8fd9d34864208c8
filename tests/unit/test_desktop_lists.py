"""A list of any length: only what is in view is read and laid out, and keys go to its ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.item_models.lines import Line
from desktop.item_models.paged import Index, PagedList
from desktop.theme import Mode, apply_theme
from desktop.views.line_list import LineList
from desktop.views.row_view import RowView

pytest_plugins = ("tests.unit.desktop_case",)

_ROWS = 200_000


def _shown(qtbot: QtBot, asked: list[int]) -> LineList[int]:
    def fetch(offset: int, limit: int) -> Sequence[int]:
        asked.append(offset)
        return range(offset, min(offset + limit, _ROWS))

    made = LineList[int]("Numbers", "none", lambda number: Line(title=f"row {number}"))
    made.resize(300, 400)
    qtbot.addWidget(made)
    made.show_pages(_ROWS, fetch)
    with qtbot.waitExposed(made):
        made.show()
    return made


class _Counted(PagedList[int]):
    """Counts how often it is asked how many rows it has."""

    counts = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        self.counts += 1
        return super().rowCount(parent)


def test_a_long_list_is_laid_out_without_asking_for_every_row(qtbot: QtBot, qapp: QApplication) -> None:
    view = RowView()
    qtbot.addWidget(view)
    rows = _Counted(lambda number, _role: str(number), view)
    view.setModel(rows)
    rows.show(_ROWS, lambda offset, limit: range(offset, offset + limit))
    with qtbot.waitExposed(view):
        view.show()
    qapp.processEvents()
    assert 0 < rows.counts < 2_000


def test_keys_go_to_the_ends_of_a_list_and_only_what_is_seen_is_read(qtbot: QtBot) -> None:
    asked: list[int] = []
    shown = _shown(qtbot, asked)
    assert set(asked) == {0}
    qtbot.keyClick(shown.view, Qt.Key.Key_End)
    assert shown.current() == _ROWS - 1 and shown.view.currentIndex().row() == _ROWS - 1
    assert len(asked) < 5, "the end is read without what lies before it"
    qtbot.keyClick(shown.view, Qt.Key.Key_Home)
    assert shown.current() == 0


def test_rows_grow_with_the_text(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, Mode.LIGHT, text_percent=100)
    shown = _shown(qtbot, [])
    before = shown.view.rowHeight(0)
    apply_theme(qapp, Mode.LIGHT, text_percent=160)
    try:
        qtbot.waitUntil(lambda: shown.view.rowHeight(0) > 1.3 * before)
    finally:
        apply_theme(qapp, Mode.LIGHT, text_percent=100)


def test_a_decided_row_is_changed_where_it_stands(qtbot: QtBot) -> None:
    asked: list[int] = []
    shown = _shown(qtbot, asked)
    read = len(asked)
    shown.rows.amend(lambda number: -number if number == 3 else number)
    assert shown.rows.row(3) == -3 and shown.rows.row(4) == 4
    assert len(asked) == read


def test_a_row_that_cannot_be_read_any_more_is_not_chosen(qtbot: QtBot) -> None:
    chosen: list[object] = []
    made = LineList[int]("Numbers", "none", lambda number: Line(title=f"row {number}"))
    qtbot.addWidget(made)
    made.chosen.connect(chosen.append)
    made.opened.connect(chosen.append)
    made.show_pages(3, lambda _offset, _limit: [7])
    for place in (0, 1, 2):
        made.view.setCurrentIndex(made.rows.index(place))
        made.view.activated.emit(made.rows.index(place))
    assert chosen == [7, 7]
