"""The account of the evidence in the window: how much was found, read, and not, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.item_models.wording import coverage_words
from desktop.views.main_window import MainWindow
from engine.store import Coverage

pytest_plugins = ("tests.unit.desktop_case",)


def test_the_account_is_said_in_words(qapp: object) -> None:
    del qapp  # the words are translated by the application
    account = Coverage(
        found=1_200, enclosed=30, read=1_100, partly_read=60, not_read=40,
        reasons=(("CorruptFile", 30), ("Encrypted", 10)),
    )  # fmt: skip
    said = coverage_words(account)
    assert said.endswith("(30 damaged or empty, 10 protected by a password)")
    assert "60 read in part" in said
    assert "40 not read" in said


def test_overview_and_issues_say_what_was_not_read(window: MainWindow) -> None:
    store = window.session.store
    assert store is not None
    account = coverage_words(store.coverage())
    assert store.coverage().not_read == 1
    for name in ("overview", "issues"):
        window.go(name)
        assert account in [label.text() for label in window.pages[name].findChildren(QLabel)]
