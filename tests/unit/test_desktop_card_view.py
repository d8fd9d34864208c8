"""A model card shows the pictures of its folder, and of nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument, QTextTable
from pytestqt.qtbot import QtBot

from desktop.views.card_view import CardView
from engine.settings import shipped_models_dir

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "model"
    (made / "plots").mkdir(parents=True)
    for place in (made / "plots" / "curves.png", tmp_path / "outside.png"):
        QImage(1000, 500, QImage.Format.Format_RGB32).save(str(place))
    return made


@pytest.fixture
def view(qtbot: QtBot, folder: Path) -> CardView:
    made = CardView()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.show_card("# m\n\n| | |\n|---|---|\n| Task | boxes |\n\n![Curves](plots/curves.png)\n", str(folder))
    return made


def _width_px(view: CardView) -> int:
    picture = view.loadResource(IMAGE, QUrl("plots/curves.png"))
    assert isinstance(picture, QImage) and abs(picture.height() - picture.width() / 2) <= 1
    return picture.width()


def test_a_picture_is_as_wide_as_there_is_room(qtbot: QtBot, view: CardView) -> None:
    qtbot.waitUntil(lambda: 300 < _width_px(view) < view.viewport().width())
    for width_px in (800, 350, 360, 350):
        view.resize(width_px, 300)
        qtbot.waitUntil(lambda: 0 < view.viewport().width() - _width_px(view) < 40)
        assert view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    "name", ["../outside.png", "plots/none.png", "https://example.org/a.png", "file:///etc/hostname", "plots"]
)
def test_nothing_else_is_loaded(view: CardView, name: str) -> None:
    assert view.loadResource(IMAGE, QUrl(name)) is None


def test_a_table_without_names_of_columns_has_no_empty_row(view: CardView) -> None:
    (table,) = [each for each in view.document().rootFrame().childFrames() if isinstance(each, QTextTable)]
    assert table.rows() == 1 and table.cellAt(0, 0).firstCursorPosition().block().text() == "Task"


def test_the_next_card_has_pictures_of_its_own(view: CardView, tmp_path: Path) -> None:
    other = tmp_path / "other" / "plots"
    other.mkdir(parents=True)
    QImage(90, 90, QImage.Format.Format_RGB32).save(str(other / "curves.png"))
    view.show_card("![Curves](plots/curves.png)", str(other.parent))
    shown = view.document().resource(IMAGE, QUrl("plots/curves.png"))
    assert isinstance(shown, QImage) and shown.width() == 90


def test_every_picture_that_a_shipped_card_names_is_there(qtbot: QtBot) -> None:
    view = CardView()
    qtbot.addWidget(view)
    named = 0
    for card in shipped_models_dir().glob("*/CARD.md"):
        text = card.read_text(encoding="utf-8")
        view.show_card(text, str(card.parent))
        for part in text.split("](")[1:]:
            if part.partition(")")[0].endswith(".png"):
                named += 1
                assert isinstance(view.loadResource(IMAGE, QUrl(part.partition(")")[0])), QImage), card
    assert named
