"""The Regions on a picture: which are shown, which are lit, and which of their tags find room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF
from PySide6.QtWidgets import QGraphicsScene

from desktop.views.region_item import RegionItem
from engine.model.findings import Region, Review
from engine.model.ids import RegionId

_SQUARE_PX = 10


class RegionLayer(QObject):
    """Holds a RegionItem for each Region with an outline; lit ones are seen even where all are hidden."""

    def __init__(
        self, scene: QGraphicsScene, to_screen: Callable[[QPointF], QPoint], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._to_screen = to_screen
        self._items: dict[RegionId, RegionItem] = {}
        self._lit: frozenset[RegionId] = frozenset()
        self._hidden: frozenset[RegionId] = frozenset()
        self._are_shown = self._are_tagged = True
        self._fill = 0.25

    @property
    def lit(self) -> frozenset[RegionId]:
        return self._lit

    @property
    def shown(self) -> frozenset[RegionId]:
        """The Regions that can be seen now."""
        return frozenset(each for each, item in self._items.items() if item.isVisible())

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that can be read now."""
        return tuple(item.tag.text for item in self._items.values() if item.tag.isVisible())

    def show_regions(
        self, regions: Iterable[Region], reviews: Mapping[str, Review], contradicted: Collection[str]
    ) -> None:
        """Draw these Regions; those without polygons have nothing to draw."""
        self.clear()
        for region in regions:
            if region.polygons:
                item = RegionItem(region, reviews.get(region.id), is_contradicted=region.id in contradicted)
                item.set_fill(self._fill)
                self._scene.addItem(item)
                self._items[region.id] = item
        self._show_wanted()

    def clear(self) -> None:
        for item in self._items.values():
            self._scene.removeItem(item)
        self._items.clear()
        self._lit = frozenset()

    def light(self, region_ids: Iterable[RegionId]) -> QRectF:
        """Light these Regions up; return the part of the picture around them, empty where there is none."""
        self._lit = frozenset(region_ids)
        for region_id, item in self._items.items():
            item.set_lit(region_id in self._lit)
        self._show_wanted()
        around = QRectF()
        for each in self._lit & self._items.keys():
            around = around.united(self._items[each].sceneBoundingRect())
        return around

    def set_fill(self, opacity: float) -> None:
        self._fill = opacity
        for item in self._items.values():
            item.set_fill(opacity)

    def set_shown(self, shown: bool) -> None:
        """Show or hide all; lit ones stay."""
        self._are_shown = shown
        self._show_wanted()

    def set_hidden(self, region_ids: Iterable[RegionId]) -> None:
        """Hide these, whatever their label; lit ones stay."""
        self._hidden = frozenset(region_ids)
        self._show_wanted()

    def set_tagged(self, tagged: bool) -> None:
        """Show tags where there is room for them, or none but those of lit Regions."""
        self._are_tagged = tagged
        self.place_tags()

    def middle_of(self, region_id: RegionId) -> QPointF | None:
        """Return the middle of a Region in the picture; None where it is not seen."""
        item = self._items.get(region_id)
        return item.sceneBoundingRect().center() if item is not None and item.isVisible() else None

    def at(self, place: QPointF) -> RegionId | None:
        """Return the smallest Region that is seen at a place of the picture."""
        under = [item for item in self._items.values() if item.isVisible() and item.path().contains(place)]
        smallest = min(under, key=lambda item: item.area_px, default=None)
        return smallest.region.id if smallest is not None else None

    def place_tags(self) -> None:
        """Let tags be read that cover no other: lit first, then what people drew, wholes, parts."""
        taken: set[tuple[int, int]] = set()
        for item in sorted(self._items.values(), key=_rank):
            wanted = item.isVisible() and (self._are_tagged or item.is_lit)
            if not wanted:
                item.tag.setVisible(False)
                continue
            place = _squares(item.tag.place_at(self._to_screen(item.scenePos() + item.tag.pos())))
            is_free = item.is_lit or taken.isdisjoint(place)
            item.tag.setVisible(is_free)
            if is_free:
                taken.update(place)

    def _show_wanted(self) -> None:
        for region_id, item in self._items.items():
            wanted = self._are_shown and region_id not in self._hidden
            item.setVisible(wanted or region_id in self._lit)
        self.place_tags()


def _squares(place: QRect) -> list[tuple[int, int]]:
    """Return the squares of a coarse grid that a place covers: hundreds of tags are compared by them."""
    across = range(place.left() // _SQUARE_PX, place.right() // _SQUARE_PX + 1)
    down = range(place.top() // _SQUARE_PX, place.bottom() // _SQUARE_PX + 1)
    return [(x, y) for x in across for y in down]


def _rank(item: RegionItem) -> tuple[bool, bool, bool, bool, float]:
    is_part = item.region.parent_id is not None
    return not item.is_lit, item.is_rejected, not item.is_by_hand, is_part, -item.area_px
