"""Random clicks, keys, actions and drops on a case: nothing is raised, nothing is warned of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.session.preferences import Preferences
from desktop.session.session import Session
from desktop.theme import Mode, apply_theme
from desktop.views.main_window import MainWindow
from engine.clock import system_clock
from engine.store import open_case
from tests.benchmarks.monkey import Monkey

pytest_plugins = ("tests.unit.desktop_case",)

# ``python -m tests.benchmarks.monkey --minutes 30`` plays for as long as one likes.
_SECONDS = float(os.environ.get("CASEBOOK_MONKEY_SECONDS", "45"))
_MOST_GROWTH = 0.10


@pytest.fixture
def window(qtbot: QtBot, qapp: QObject, tmp_path: Path, a_case: Path) -> Iterator[MainWindow]:
    """Return a window on the case of six pairs, with the real engine behind it."""
    apply_theme(qapp, Mode.LIGHT)  # type: ignore[arg-type]
    made = MainWindow(Session(preferences=Preferences(tmp_path / "desktop.ini")))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.open(a_case)
    yield made
    made.close()


@pytest.mark.slow
def test_a_monkey_finds_nothing(window: MainWindow, tmp_path: Path, a_case: Path) -> None:
    evidence = tmp_path / "more"
    evidence.mkdir()
    (evidence / "note.txt").write_text("A knife lay on the table. No blood was seen.")
    found = Monkey(window, [evidence, a_case], seed=7).run(_SECONDS)
    assert found.steps > 100
    assert found.exceptions == []
    assert found.warnings == []
    assert found.growth < _MOST_GROWTH, f"{found.rss_warm_mb} MB became {found.rss_end_mb} MB"
    with open_case(a_case, clock=system_clock, read_only=True) as store:
        assert store.check_audit() == ()
