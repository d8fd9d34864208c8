"""PySide6 must not lose references to what Python hands to Qt: see docs/decisions/0009."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
)
from pytestqt.qtbot import QtBot

CALLS = 400


class _Empty(QAbstractListModel):
    def rowCount(self, parent: Any = None) -> int:
        return 1

    def data(self, index: Any, role: int = 0) -> Any:
        return None


class _Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False


def test_none_from_a_model_keeps_its_references(qtbot: QtBot) -> None:
    model = _Empty()
    index = QPersistentModelIndex(model.index(0, 0, QModelIndex()))
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        index.data()
    assert abs(sys.getrefcount(None) - before) < CALLS / 10


def test_false_from_an_event_filter_keeps_its_references(qtbot: QtBot) -> None:
    watched, watcher = QObject(), _Filter()
    watched.installEventFilter(watcher)
    before = sys.getrefcount(False)
    for _ in range(20):  # few: a version that loses them ends the process at about a hundred
        QCoreApplication.sendEvent(watched, QEvent(QEvent.Type.User))
    assert abs(sys.getrefcount(False) - before) < 10
