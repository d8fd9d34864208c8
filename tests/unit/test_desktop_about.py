"""About box and self-test: what the program is made of, and whether it works here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.dialogs.about import AboutDialog
from desktop.dialogs.self_test import SelfTestDialog
from desktop.session.session import Session
from engine.installed import components
from engine.settings import ENGINE_VERSION

pytest_plugins = ("tests.unit.desktop_case",)


def test_the_about_box_names_every_component_with_its_version(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    shown = dialog.list.toPlainText()
    listed = {each.name: each.version for each in components()}
    needed = {"python", "openvino", "onnxruntime", "spacy", "pyside6-essentials", "pylibjpeg-libjpeg"}
    assert needed <= set(listed)
    assert not {"pytest", "ruff", "pyinstaller"} & set(listed)
    for name, version in listed.items():
        assert name in shown and version in shown
    copy = next(each for each in dialog.findChildren(QPushButton) if "Copy" in each.text())
    copy.click()
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == f"casebook {ENGINE_VERSION}" and len(copied) == len(listed) + 1


def test_the_self_test_of_the_window_says_what_it_found(qtbot: QtBot, isolated_home: Path) -> None:
    session = Session()
    dialog = SelfTestDialog(session.jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.outcome.toPlainText()), timeout=600_000)
    shown = dialog.outcome.toPlainText()
    session.shut_down()
    assert dialog.state.text() == "The installation works."
    for words in (f"Casebook {ENGINE_VERSION}", "networks run on OpenVINO", "model lungs", "integrity"):
        assert words in shown
    assert "✗" not in shown
    assert not list((isolated_home / "cache").glob("self-test-*"))


def test_closing_the_window_of_the_self_test_cancels_it(qtbot: QtBot) -> None:
    session = Session()
    dialog = SelfTestDialog(session.jobs)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(session.jobs.ended, timeout=120_000) as ended:
        dialog.reject()
    session.shut_down()
    assert ended.args is not None and ended.args[0].kind == "cancelled"
