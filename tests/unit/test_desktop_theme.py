"""Both themes: contrast of every text on its ground, and marks that do not rest on color alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import DARK, LIGHT, REGION_COLORS, Colors, Mode, apply_theme, contrast, region_color
from engine.settings import resources_dir

_TEXTS = ("text", "muted", "supports", "contradicts", "decided", "accent")
_GROUNDS = ("window", "panel", "base", "raised", "tint")
_PAIRS = (
    *((text, ground) for text in _TEXTS for ground in _GROUNDS),
    ("on_accent", "accent"),
    ("on_notice", "notice"),
    ("text", "contradicts_tint"),
    ("contradicts", "contradicts_tint"),
    ("decided", "decided_tint"),
)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), _PAIRS)
def test_text_reads_on_its_ground(colors: Colors, text: str, ground: str) -> None:
    assert contrast(getattr(colors, text), getattr(colors, ground)) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_label_has_the_same_color_every_day() -> None:
    assert region_color("left lung").name() == region_color("left lung").name()
    assert region_color("left lung").name() in REGION_COLORS


def test_the_style_holds_where_the_program_lies_in_an_odd_folder(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    apply_theme(qapp, Mode.LIGHT)
    usual = box.grab().toImage()
    odd = tmp_path / "Müller & Söhne (ward 3), 'old' \"PC\""
    for name in ("icons", "styles"):
        shutil.copytree(resources_dir() / name, odd / name)
    monkeypatch.setattr(theme, "resources_dir", lambda: odd)
    try:
        apply_theme(qapp, Mode.LIGHT)
        assert box.grab().toImage() == usual
    finally:
        monkeypatch.undo()
        apply_theme(qapp, Mode.LIGHT)
