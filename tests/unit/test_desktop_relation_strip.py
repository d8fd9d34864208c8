"""The pair page says how picture and text relate, and why."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.session.reading import ImageFindings, PairFindings, ReportFindings
from desktop.views.relation_strip import RelationStrip
from engine.model.findings import Cue, Relation
from engine.model.ids import ComponentId, ImageId, RelationId, ReportId


def test_each_value_stands_with_its_reasons(qtbot: QtBot) -> None:
    relation = Relation(
        id=RelationId("r"),
        image_id=ImageId("i"),
        report_id=ReportId("t"),
        cmi=0.75,
        sc=-0.5,
        abs=0,
        component_id=ComponentId("c"),
        cues=(
            Cue(rule="sc-doubts", detail="no linked phrase is in doubt", weight=0.2),
            Cue(rule="sc-contradictions", detail="1 phrase contradicts the picture: a color", weight=2.0),
            Cue(rule="cmi-coverage", detail="80% of what was found is named", weight=1.0),
        ),
    )
    strip = RelationStrip()
    qtbot.addWidget(strip)
    # The strip looks at the links and the relation alone.
    image, report = cast(ImageFindings, None), cast(ReportFindings, None)
    strip.show_pair(PairFindings(image=image, report=report, links=(), relation=relation))
    assert strip.height() < 60 or strip.sizeHint().height() < 60, "the evidence has the room"
    line = next(label for label in strip.findChildren(QLabel) if "contradict" in label.text())
    assert "because 1 phrase contradicts the picture" in line.toolTip()
    strip.set_open(True)
    shown = [label.text() for label in strip.findChildren(QLabel) if label.isVisibleTo(strip)]
    assert "because 1 phrase contradicts the picture: a color; no linked phrase is in doubt" in shown
    assert "because 80% of what was found is named" in shown
    assert sum(text.startswith("because") for text in shown) == 2
