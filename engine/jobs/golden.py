"""A case built from a sample, compared with the sample's golden truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.model.evidence import Image, Report
from engine.model.findings import Entity, Link
from engine.store import CaseStore

Truth = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How much of what was expected is there: ``found`` of ``wanted``; ``missed`` names the rest."""

    name: str
    found: int
    wanted: int
    missed: tuple[str, ...] = ()
    least: float = 1.0

    @property
    def ok(self) -> bool:
        return self.found >= self.least * self.wanted


def compare(store: CaseStore, truth: Truth) -> tuple[Check, ...]:
    """Compare counts, regions, entities and links of a sample case with its truth."""
    found = _Found(store)
    return (
        _counts(store, truth["counts"]),
        _check("regions", _regions(found, truth["images"]), least=0.9),
        _check("entities", _entities(found, truth["reports"]), least=0.8),
        *_links(found, truth["links"]),
    )


class _Found:
    """The case by path, as the truth speaks of it."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self.images: dict[str, list[Image]] = {}
        for image in store.images():
            for file in store.files_of_image(image.id):
                self.images.setdefault(file.relative_path, []).append(image)
        self.reports: dict[str, list[Report]] = {}
        for report in store.reports():
            for file in store.files_of_report(report.id):
                self.reports.setdefault(file.relative_path, []).append(report)

    def labels(self, path: str) -> set[str]:
        return {
            region.label
            for image in self.images.get(path, [])
            for region in self._store.regions(image_id=image.id)
        }

    def entities(self, path: str) -> list[Entity]:
        reports = self.reports.get(path, [])
        return [entity for report in reports for entity in self._store.entities(report_id=report.id)]

    def links(self, path: str) -> list[Link]:
        images = self.images.get(path, [])
        return [link for image in images for link in self._store.links(image_id=image.id)]


def _counts(store: CaseStore, wanted: Mapping[str, int]) -> Check:
    counts = store.counts()
    outer = sum(file.parent_id is None for file in store.files())
    there = {"files": outer, "images": counts.images, "reports": counts.reports}
    missed = tuple(
        f"{name}: {there[name]}, not {number}" for name, number in wanted.items() if there[name] != number
    )
    return Check(name="counts", found=len(wanted) - len(missed), wanted=len(wanted), missed=missed)


def _check(name: str, answers: Iterable[tuple[str, bool]], *, least: float) -> Check:
    answers = tuple(answers)
    missed = tuple(what for what, there in answers if not there)
    return Check(name=name, found=len(answers) - len(missed), wanted=len(answers), missed=missed, least=least)


def _regions(found: _Found, images: Iterable[Truth]) -> Iterable[tuple[str, bool]]:
    for image in images:
        labels = found.labels(image["image"])
        for label in image["regions"]:
            yield f"{image['image']}: {label}", label in labels


def _entities(found: _Found, reports: Iterable[Truth]) -> Iterable[tuple[str, bool]]:
    for report in reports:
        entities = found.entities(report["report"])
        for wanted in report["entities"]:
            there = any(
                _same_words(entity.text, wanted["phrase"]) and entity.assertion == wanted["assertion"]
                for entity in entities
            )
            yield f"{report['report']}: {wanted['phrase']} ({wanted['assertion']})", there


def _links(found: _Found, links: Iterable[Truth]) -> list[Check]:
    """Return a check per ability that links need; those without a shipped model are only counted."""
    answers: dict[str, list[tuple[str, bool]]] = {}
    for wanted in links:
        phrases = {
            entity.id
            for entity in found.entities(wanted["report"])
            if _same_words(entity.text, wanted["phrase"])
        }
        there = any(
            link.entity_id in phrases and link.relation == wanted["relation"]
            for link in found.links(wanted["image"])
        )
        words = f"{wanted['report']}: {wanted['phrase']} {wanted['relation']} {wanted['image']}"
        answers.setdefault(wanted["needs"], []).append((words, there))
    return [
        _check(f"links by {ability}", answers[ability], least=LEAST_LINKS.get(ability, 0.0))
        for ability in sorted(answers)
    ]


LEAST_LINKS: Mapping[str, float] = {"names": 0.9, "reading": 0.6, "times": 0.9, "lungs": 0.6}
"""What part of the links an ability must find; objects need a detector that is not shipped."""


def _same_words(text: str, phrase: str) -> bool:
    """Tell whether one is part of the other, without case and line breaks."""
    said, wanted = " ".join(text.lower().split()), " ".join(phrase.lower().split())
    return bool(said) and (said in wanted or wanted in said)
