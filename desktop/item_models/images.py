"""Images for the gallery: which ones fit the facets, and the badges on each."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.item_models.wording import mark, say
from desktop.session.decisions import Decisions
from desktop.session.reading import file_name
from engine.clock import system_clock
from engine.model.evidence import Image
from engine.model.findings import LinkRelation
from engine.model.ids import ImageId
from engine.store import CaseKey, CaseStore, open_case

BadgesRole = Qt.ItemDataRole.UserRole + 2


class Only(enum.StrEnum):
    """Which Images the gallery is narrowed to."""

    ALL = "all"
    CONTRADICTIONS = "contradictions"
    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What the gallery shows; empty means any."""

    label: str = ""
    modality: str = ""
    only: Only = Only.ALL

    @property
    def is_open(self) -> bool:
        return self == Facets()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What can be chosen in this case, with how many Images each choice has."""

    labels: tuple[tuple[str, int], ...] = ()
    modalities: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Badges:
    """What is known of one Image at a glance."""

    name: str
    regions: int
    contradictions: int
    decided: int

    @property
    def words(self) -> str:
        """Return the badges as a screen reader and a tool tip say them."""
        regions = say(mark("Wording", "{0} regions")).format(self.regions)
        against = say(mark("Wording", "{0} contradictions")).format(self.contradictions)
        decided = say(mark("Wording", "{0} decided")).format(self.decided)
        known = [self.name, regions, against if self.contradictions else "", decided if self.decided else ""]
        return ", ".join(part for part in known if part)


def read_badges(store: CaseStore, decisions: Decisions, image_id: ImageId, frame: int) -> Badges:
    """Count what the case knows of an Image."""
    regions = store.regions(image_id=image_id)
    links = store.links(image_id=image_id)
    targets = [region.id for region in regions] + [link.id for link in links]
    return Badges(
        name=file_name(store.files_of_image(image_id), frame),
        regions=sum(bool(region.polygons) for region in regions),
        contradictions=sum(link.relation is LinkRelation.CONTRADICTS for link in links),
        decided=sum(decisions.standing(each) is not None for each in targets),
    )


def find_choices(case: Path, key: CaseKey | None = None) -> Choices:
    """Count labels and modalities over the whole case; runs beside the event loop."""
    with open_case(case, clock=system_clock, read_only=True, key=key) as store:
        labels = Counter(
            label for label, _ in {(region.label, region.image_id) for region in store.regions()}
        )
        modalities = Counter(image.modality for image in store.images() if image.modality)
    return Choices(labels=tuple(sorted(labels.items())), modalities=tuple(sorted(modalities.items())))


def find_images(case: Path, facets: Facets, key: CaseKey | None = None) -> tuple[ImageId, ...]:
    """Return the Images that fit all facets, in the order of the case; runs beside the event loop."""
    with open_case(case, clock=system_clock, read_only=True, key=key) as store:
        images = store.images(modality=facets.modality) if facets.modality else store.images()
        kept = [image.id for image in images]
        for allowed in _allowed(store, facets):
            kept = [image_id for image_id in kept if image_id in allowed]
        if facets.only is Only.UNREVIEWED:
            reviewed = _reviewed(store)
            kept = [image_id for image_id in kept if image_id not in reviewed]
    return tuple(kept)


def _allowed(store: CaseStore, facets: Facets) -> list[set[ImageId]]:
    sets = []
    if facets.label:
        sets.append({region.image_id for region in store.regions(label=facets.label)})
    if facets.only is Only.CONTRADICTIONS:
        sets.append({link.image_id for link in store.links(relation=LinkRelation.CONTRADICTS)})
    if facets.only is Only.REVIEWED:
        sets.append(_reviewed(store))
    return sets


def _reviewed(store: CaseStore) -> set[ImageId]:
    targets = {review.target_id for review in store.reviews()}
    regions = {region.image_id for region in store.regions() if region.id in targets}
    return regions | {link.image_id for link in store.links() if link.id in targets}


class ImagePresenter:
    """How an Image looks in the gallery; badges are counted when it first comes into view."""

    def __init__(self, store: CaseStore, decisions: Decisions) -> None:
        self._store = store
        self._decisions = decisions
        self._badges: dict[ImageId, Badges] = {}

    def forget(self) -> None:
        """Count again: rows came in or a decision was made."""
        self._badges.clear()

    def badges(self, image: Image) -> Badges:
        known = self._badges.get(image.id)
        if known is None:
            known = read_badges(self._store, self._decisions, image.id, image.frame)
            self._badges[image.id] = known
        return known

    def present(self, image: Image, role: int) -> Any:
        if role == BadgesRole:
            return self.badges(image)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.badges(image).name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.badges(image).words
        return None
