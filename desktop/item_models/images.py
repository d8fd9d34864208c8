"""Images for the gallery: which ones, in which order and groups, and the badges on each."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from desktop.item_models.grid_layout import Group
from desktop.item_models.wording import mark, say
from desktop.session.decisions import Decisions
from engine.model.ids import ImageId
from engine.store import CaseStore
from engine.store.gallery import Arranged, Grouping, ImageRow, Order, arranged_images, numbers_of
from engine.store.image_facets import Narrowing, images_of_findings

BadgesRole = Qt.ItemDataRole.UserRole + 2
DUPLICATES = "duplicates"
"""A grouping that only the engine can find: Images that are nearly the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badges:
    """What is known of one Image at a glance."""

    name: str
    regions: int
    contradictions: int
    decided: int
    is_seen: bool

    @property
    def words(self) -> str:
        """Return the badges as a screen reader and a tool tip say them."""
        regions = say(mark("Wording", "{0} regions")).format(self.regions)
        against = say(mark("Wording", "{0} contradictions")).format(self.contradictions)
        decided = say(mark("Wording", "{0} decided")).format(self.decided)
        seen = say(mark("Wording", "seen")) if self.is_seen else say(mark("Wording", "not seen yet"))
        known = [
            self.name,
            regions,
            against if self.contradictions else "",
            decided if self.decided else "",
            seen,
        ]
        return ", ".join(part for part in known if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How the gallery shows the case; ``grouping`` may also be ``DUPLICATES``."""

    narrowing: Narrowing
    order: Order = Order.CASE
    grouping: str = Grouping.NONE


def arrange(store: CaseStore, wanted: Arrangement, duplicates: Sequence[Sequence[ImageId]] = ()) -> Arranged:
    """Return the Images in order, with the groups; ``duplicates`` are those of the engine."""
    if wanted.grouping != DUPLICATES:
        grouping = Grouping(wanted.grouping)
        return arranged_images(store, wanted.narrowing, order=wanted.order, grouping=grouping)
    plain = arranged_images(store, wanted.narrowing, order=wanted.order)
    places = {number: place for place, number in enumerate(plain.numbers)}
    known = numbers_of(store, (image for group in duplicates for image in group))
    numbers: list[int] = []
    groups: list[tuple[str, int]] = []
    for group in duplicates:
        members = sorted((known[each] for each in group if known.get(each) in places), key=places.__getitem__)
        if len(members) > 1:
            numbers += members
            groups.append((str(len(groups) + 1), len(members)))
    alike = set(numbers)
    others = [number for number in plain.numbers if number not in alike]
    if others:
        groups.append(("", len(others)))
    return Arranged(numbers=[*numbers, *others], groups=tuple(groups))


def titled(arranged: Arranged, grouping: str) -> tuple[Group, ...]:
    """Return the groups with headings for people."""
    groups, first = [], 0
    for shared, count in arranged.groups:
        groups.append(Group(title=_title(shared, grouping), first=first, count=count))
        first += count
    return tuple(groups)


def _title(shared: str, grouping: str) -> str:
    without = {
        Grouping.SUBJECT: say(mark("Wording", "no subject stated")),
        Grouping.STUDY: say(mark("Wording", "no study stated")),
        Grouping.FOLDER: say(mark("Wording", "no folder")),
        Grouping.DAY: say(mark("Wording", "no date known")),
        Grouping.SCENE: say(mark("Wording", "kind of picture not known")),
        DUPLICATES: say(mark("Wording", "like no other image")),
    }
    if not shared:
        return without.get(grouping, "")
    if grouping == DUPLICATES:
        return say(mark("Wording", "nearly the same, group {0}")).format(shared)
    return shared.removesuffix("/") if grouping == Grouping.FOLDER else shared


class ImagePresenter:
    """How an Image looks in the gallery; what was decided is counted when it first comes into view."""

    def __init__(self, store: CaseStore, decisions: Decisions, seen: Container[str]) -> None:
        self._store = store
        self._decisions = decisions
        self._seen = seen
        self._images: dict[str, ImageId | None] = {}
        self._decided: dict[ImageId, int] | None = None
        self._badges: dict[ImageId, Badges] = {}

    def forget(self) -> None:
        """Count again: a decision was made, or rows came in."""
        self._decided = None
        self._badges.clear()

    def badges(self, row: ImageRow) -> Badges:
        known = self._badges.get(row.image.id)
        if known is not None:
            return known
        if self._decided is None:
            self._decided = self._count(self._decisions.targets)
        badges = Badges(
            name=row.name,
            regions=row.regions + len(self._decisions.drawn_on(row.image.id)),
            contradictions=row.contradictions,
            decided=self._decided.get(row.image.id, 0),
            is_seen=row.image.id in self._seen,
        )
        self._badges[row.image.id] = badges
        return badges

    def present(self, row: ImageRow, role: int) -> Any:
        if role == BadgesRole:
            return self.badges(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.badges(row).words
        return None

    def _count(self, targets: Iterable[str]) -> dict[ImageId, int]:
        wanted = list(targets)
        unknown = [target for target in wanted if target not in self._images]
        if unknown:
            self._images |= dict.fromkeys(unknown)
            self._images |= images_of_findings(self._store, unknown)
        counted: dict[ImageId, int] = {}
        for target in wanted:
            image = self._images.get(target) or self._decisions.image_of_drawn(target)
            if image is not None:
                counted[image] = counted.get(image, 0) + 1
        return counted
