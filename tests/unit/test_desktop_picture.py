"""The picture view: parts in the list of regions, tags that find room, the lens, tiles of a large picture."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.item_models.corners import fewer_corners
from desktop.item_models.measures import area_words, distance_words
from desktop.session.previews import Tiles
from desktop.session.selection import Selection
from desktop.views.detail_tiles import DetailTiles
from desktop.views.image_canvas import ImageCanvas
from desktop.views.main_window import MainWindow
from desktop.views.pair_page import PairPage
from desktop.views.region_tree import RegionTree
from engine.jobs.tiles import cut
from engine.model.findings import Region, Review
from engine.model.geometry import Box, Point, Polygon
from engine.model.ids import ComponentId, ImageId, RegionId

pytest_plugins = ("tests.unit.desktop_case",)


def _region(name: str, label: str, box: Box, parent: str = "") -> Region:
    return Region(
        id=RegionId(name),
        image_id=ImageId("i"),
        label=label,
        score=0.8,
        component_id=ComponentId("c"),
        polygons=(box.as_polygon(),),
        parent_id=RegionId(parent) if parent else None,
    )


_REGIONS = (
    _region("whole", "left lung", Box(10, 10, 60, 100)),
    _region("upper", "left upper zone", Box(10, 10, 60, 40), "whole"),
    _region("lower", "left lower zone", Box(10, 70, 60, 100), "whole"),
    _region("car 1", "car", Box(100, 10, 140, 40)),
    _region("car 2", "car", Box(100, 60, 140, 90)),
)


def test_parts_stand_under_their_whole_and_equal_labels_in_a_group(qtbot: QtBot) -> None:
    tree = RegionTree()
    qtbot.addWidget(tree)
    hidden: list[frozenset[str]] = []
    tree.hidden_changed.connect(hidden.append)
    reviews: dict[str, Review] = {}
    tree.show_regions(_REGIONS, reviews)
    top = [tree.tree.topLevelItem(place) for place in range(tree.tree.topLevelItemCount())]
    assert [(item.text(0), item.childCount()) for item in top if item is not None] == [
        ("car (2)", 2),
        ("left lung", 2),
    ]
    assert hidden[-1] == {"upper", "lower"}, "parts begin hidden"
    tree.parts.setChecked(True)
    assert hidden[-1] == frozenset()
    cars, lung = top
    assert cars is not None and lung is not None
    cars.setCheckState(0, Qt.CheckState.Unchecked)
    assert hidden[-1] == {"car 1", "car 2"}
    lung.setCheckState(0, Qt.CheckState.Unchecked)
    assert hidden[-1] == {"car 1", "car 2", "whole", "upper", "lower"}, "a whole takes its parts along"
    tree.show_regions(_REGIONS, reviews)
    assert {"car 1", "car 2", "whole"} <= hidden[-1], "the next image looks alike"
    cars = tree.tree.topLevelItem(0)
    assert cars is not None
    cars.setCheckState(0, Qt.CheckState.Checked)
    assert not {"car 1", "car 2"} & hidden[-1]


def test_tags_cover_no_other_and_the_lit_one_is_always_read(qtbot: QtBot) -> None:
    canvas = ImageCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show_image(200, 150, QPixmap())
    near = [_region(f"r{n}", f"label {n}", Box(20 + n / 4, 20 + n / 4, 90, 90)) for n in range(6)]
    canvas.regions.show_regions(near, {}, ())
    assert len(canvas.regions.tags) == 1, "they all lie on one place"
    canvas.light([RegionId("r5")])
    assert "label 5" in canvas.regions.tags
    canvas.regions.set_tagged(False)
    assert canvas.regions.tags == ("label 5",)
    canvas.regions.set_shown(False)
    assert canvas.regions.shown == {"r5"}, "what is lit stays"
    assert canvas.regions.at(QPointF(50, 50)) == "r5"


def test_the_list_of_regions_selects_and_the_lens_follows(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session.store is not None
    window.session.select(Selection(image_id=window.session.store.images()[0].id))
    window.go("pair")
    page = window.pages["pair"]
    assert isinstance(page, PairPage)
    window.actions_table["list"].setChecked(True)
    tree = page.image_panel.tree.tree
    assert tree.isVisible()
    item = tree.topLevelItem(1)
    assert item is not None
    tree.setCurrentItem(item)
    region_id = window.session.selection.region_id
    assert region_id is not None and page.image_panel.canvas.lit == {region_id}
    item.setCheckState(0, Qt.CheckState.Unchecked)
    window.session.refine(region_id=None)
    assert region_id not in page.image_panel.canvas.regions.shown
    window.actions_table["magnifier"].trigger()
    lens, canvas = page.image_panel.view.magnifier, page.image_panel.canvas
    assert lens.isVisible()
    canvas.pointed.emit(QPointF(100, 80))
    middle = lens.geometry().center() - canvas.mapFromScene(QPointF(100, 80))
    assert middle.manhattanLength() <= 2
    window.actions_table["magnifier"].trigger()
    assert not lens.isVisible()


def test_a_large_picture_is_sharp_where_it_is_looked_at(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    view = np.zeros((4500, 6000, 3), np.uint8)
    view[3000:3010, 4000:4010] = (255, 0, 0)
    laid = cut(view, tmp_path / "tiles" / "one")
    background = Background()
    canvas = ImageCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    canvas.show()
    coarse = QPixmap(2000, 1500)
    coarse.fill(QColor("black"))
    canvas.show_image(6000, 4500, coarse)
    tiles = DetailTiles(canvas, background)
    with qtbot.waitSignal(tiles.wanted, timeout=10_000):
        canvas.look_at(QPointF(4005, 3005), 1.0)
    tiles.show_tiles(
        Tiles(
            image_id=ImageId("i"),
            folder=laid.folder,
            tile_px=laid.tile_px,
            levels=laid.levels,
            width_px=6000,
            height_px=4500,
        )
    )
    qtbot.waitUntil(lambda: tiles.shown >= 4, timeout=10_000)
    middle = canvas.mapFromScene(QPointF(4005, 3005))

    def is_red() -> bool:
        return canvas.viewport().grab().toImage().pixelColor(middle).red() > 200

    qtbot.waitUntil(is_red, timeout=10_000)
    canvas.fit()
    qtbot.waitUntil(lambda: tiles.shown == 0, timeout=10_000)
    background.stop()


def test_a_large_picture_does_not_hold_the_window_up(qtbot: QtBot, tmp_path: Path) -> None:
    laid = cut(np.full((4500, 6000, 3), 90, np.uint8), tmp_path / "tiles" / "one")
    known = Tiles(
        image_id=ImageId("i"),
        folder=laid.folder,
        tile_px=laid.tile_px,
        levels=laid.levels,
        width_px=6000,
        height_px=4500,
    )
    background = Background()
    canvas = ImageCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    canvas.show()
    coarse = QPixmap(2000, 1500)
    coarse.fill(QColor("black"))
    canvas.show_image(6000, 4500, coarse)
    tiles = DetailTiles(canvas, background)
    tiles.show_tiles(known)
    worst_s = 0.0
    for step in range(40):
        before_s = time.thread_time()
        canvas.look_at(QPointF(500 + 120 * step, 400 + 80 * step), 1.0)
        QApplication.processEvents()
        worst_s = max(worst_s, time.thread_time() - before_s)
        qtbot.wait(15)
    qtbot.waitUntil(lambda: tiles.shown > 0, timeout=10_000)
    background.stop()
    assert worst_s < 0.05, "processor time of the window's thread for one step"


def test_an_outline_with_few_corners_stays_close() -> None:
    angles = np.linspace(0, 2 * np.pi, 500, endpoint=False)
    circle = Polygon(tuple(Point(200 + 100 * float(np.cos(a)), 200 + 80 * float(np.sin(a))) for a in angles))
    fewer = fewer_corners(circle)
    assert 8 <= len(fewer.points) <= 40
    assert fewer.area_px == pytest.approx(circle.area_px, rel=0.02)
    square = Box(0, 0, 10, 10).as_polygon()
    assert fewer_corners(square) is square


def test_measures_are_in_millimeters_only_where_the_file_knows_them() -> None:
    start, end = Point(0, 0), Point(30, 40)
    assert distance_words(start, end, None) == "50.0 px"
    assert distance_words(start, end, (0.5, 1.0)) == "36.1 mm (50.0 px)"
    box = Box(0, 0, 20, 10).as_polygon()
    assert area_words(box, None).startswith("200 px²")
    assert area_words(box, (0.5, 0.5)) == "50.0 mm² (200 px²)"
