"""What the image and gallery pages look like at work, to be drawn for the documentation and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF

from desktop.views.gallery_page import GalleryPage
from desktop.views.main_window import MainWindow
from desktop.views.pair_page import PairPage
from desktop.views.stroke_tool import StrokeTool
from engine.store.gallery import Grouping, Order

State = tuple[str, Callable[[], object], Callable[[], object]]


def states(window: MainWindow) -> Iterator[State]:
    """Yield names with how to enter and how to leave each state; none of them changes the case."""
    pair, gallery = window.pages["pair"], window.pages["images"]
    assert isinstance(pair, PairPage) and isinstance(gallery, GalleryPage)
    yield "pair", lambda: window.go("pair"), lambda: None
    for name in ("list", "measure", "magnifier", "compare", "alone"):
        action = window.actions_table[name]
        yield f"pair-{name}", action.trigger, action.trigger
    yield "pair-reasons", lambda: pair.show_reasons(True), lambda: pair.show_reasons(False)
    yield "pair-drawing", lambda: _draw(window, pair), pair.image_panel.tools.stop
    yield "pair-shape", window.actions_table["reshape"].trigger, pair.image_panel.tools.stop
    yield "images", lambda: window.go("images"), lambda: None
    yield (
        "images-folders",
        lambda: gallery.bar.choose(grouping=Grouping.FOLDER),
        lambda: gallery.bar.choose(grouping=Grouping.NONE),
    )
    yield (
        "images-worst",
        lambda: gallery.bar.choose(order=Order.CONTRADICTIONS, grouping=Grouping.DAY),
        lambda: gallery.bar.choose(order=Order.CASE, grouping=Grouping.NONE),
    )
    blur = window.actions_table["blur"]
    yield "images-blurred", blur.trigger, blur.trigger


def _draw(window: MainWindow, pair: PairPage) -> None:
    """Begin an outline and ask for its label."""
    window.actions_table["draw_outline"].trigger()
    tool, size = pair.image_panel.tools.tool, pair.image_panel.canvas.sceneRect()
    if isinstance(tool, StrokeTool):
        for across, down in ((0.3, 0.3), (0.45, 0.28), (0.5, 0.5), (0.38, 0.6)):
            tool.press(QPointF(across * size.width(), down * size.height()))
        tool.double_click(QPointF())
