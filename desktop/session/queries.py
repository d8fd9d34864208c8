"""Searches, asked of the query worker; the newest one wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.engine_client import EngineClient
from engine.messages import Kind, Message
from engine.model.ids import ImageId, RegionId, ReportId
from engine.store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One answer of a search, with the reasons in words."""

    report_id: ReportId | None
    image_id: ImageId | None
    region_id: RegionId | None
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How many hits have a value; ``facet`` is the filter that keeps only these."""

    facet: str
    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The hits of a search; ``is_partial`` when only the words were matched, not their meaning.

    ``suggestion`` is what may have been meant where there is no hit.
    """

    text: str
    hits: tuple[Hit, ...]
    expansion: tuple[str, ...] = ()
    remark: str = ""
    suggestion: str = ""
    facets: tuple[Facet, ...] = ()
    is_partial: bool = False


class Queries(QObject):
    """Asks the query worker about the open case.

    Until the worker is warm a search is answered at once from the words alone (``is_partial``),
    and again when the worker answers.
    """

    answered = Signal(object)
    warm_changed = Signal(bool)
    failed = Signal(str)

    def __init__(
        self, client: EngineClient, parent: QObject | None = None, *, examiner: Callable[[], str] = str
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._examiner = examiner
        self._case = ""
        self._is_read_only = False
        self._searches: dict[str, str] = {}
        self._releasing: dict[str, Callable[[], None]] = {}
        self._opening = ""
        self._asked = ""
        self.is_warm = False
        client.message.connect(self._take)

    @property
    def is_opening(self) -> bool:
        return bool(self._opening)

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Let the worker load what it needs to answer about the case at ``path``.

        It records in the audit log that the case was opened and what was searched, unless ``read_only``.
        """
        self._case = str(path)
        self._is_read_only = read_only
        self._set_warm(False)
        words = {"case": self._case, "examiner": self._examiner(), "read_only": self._is_read_only}
        self._opening = self._client.request("open", words)

    def close(self) -> None:
        self._case = self._opening = self._asked = ""
        self._searches.clear()
        self._set_warm(False)

    def release(self, then: Callable[[], None]) -> None:
        """Let the worker close its case too; ``then`` is called once no process of ours has it open."""
        if self._client.is_ready:
            self._releasing[self._client.request("close", {})] = then
        else:
            then()

    def search(
        self,
        store: CaseStore,
        text: str,
        *,
        assertion: str = "present",
        expand: bool = True,
        limit: int = 100,
    ) -> None:
        """Ask for ``text``; ``answered`` follows, twice where the worker is not warm yet.

        ``expand`` looks for synonyms, kinds and sentences of similar sense too.
        """
        self._asked = text
        if not self.is_warm:
            self.answered.emit(_by_words(store, text, limit))
        words = {
            "case": self._case,
            "text": text,
            "assertion": assertion,
            "expand": expand,
            "limit": limit,
            "examiner": self._examiner(),
            "read_only": self._is_read_only,
        }
        self._searches[self._client.request("search", words)] = text

    def similar(self, image_id: ImageId, region_id: RegionId | None, words: str, *, limit: int = 100) -> None:
        """Ask for the Images, or Regions, that look like one; ``answered`` follows and calls it ``words``."""
        self._asked = words
        asked = {
            "case": self._case,
            "image_id": image_id,
            "region_id": region_id or "",
            "limit": limit,
            "examiner": self._examiner(),
            "read_only": self._is_read_only,
        }
        self._searches[self._client.request("similar", asked)] = words

    def _take(self, message: Message) -> None:
        if message.of and message.of == self._opening:
            self._take_opening(message)
        elif message.of in self._searches:
            self._take_search(message, self._searches.pop(message.of))
        elif message.of in self._releasing:
            self._releasing.pop(message.of)()

    def _take_opening(self, message: Message) -> None:
        self._opening = ""
        self._set_warm(message.kind is Kind.ANSWER)
        if message.kind is Kind.FAILED:
            self.failed.emit(str(message.body.get("message", "")))
        elif not message.body.get("audited", True):
            self.failed.emit(self.tr("This opening is not in the audit log: nothing is written to the case."))

    def _take_search(self, message: Message, text: str) -> None:
        if message.kind is Kind.ANSWER and text == self._asked:
            self.answered.emit(_answer(text, message.body))
        elif message.kind is Kind.FAILED:
            self.failed.emit(str(message.body.get("message", "")))

    def _set_warm(self, warm: bool) -> None:
        if warm != self.is_warm:
            self.is_warm = warm
            self.warm_changed.emit(warm)


def _by_words(store: CaseStore, text: str, limit: int) -> Answer:
    """Answer from the words alone: one hit for each report or image, with all its snippets."""
    snippets: dict[tuple[ReportId | None, ImageId | None], list[str]] = {}
    for found in store.search_text(text, limit=limit):
        snippets.setdefault((found.report_id, found.image_id), []).append(found.snippet)
    hits = tuple(
        Hit(report_id=report_id, image_id=image_id, region_id=None, score=0.0, why=tuple(dict.fromkeys(why)))
        for (report_id, image_id), why in snippets.items()
        if report_id or image_id
    )
    return Answer(text=text, hits=hits, is_partial=True)


def _answer(text: str, body: Mapping[str, Any]) -> Answer:
    hits = tuple(
        Hit(
            report_id=_optional(each.get("report_id"), ReportId),
            image_id=_optional(each.get("image_id"), ImageId),
            region_id=_optional(each.get("region_id"), RegionId),
            score=float(each.get("score", 0.0)),
            why=tuple(str(reason) for reason in each.get("why", ())),
        )
        for each in body.get("hits", ())
    )
    expansion = tuple(str(word) for word in body.get("expansion", ()))
    facets = tuple(
        Facet(facet=str(each["facet"]), value=str(each["value"]), count=int(each["count"]))
        for each in body.get("facets", ())
    )
    return Answer(
        text=text,
        hits=hits,
        expansion=expansion,
        remark=str(body.get("remark", "")),
        suggestion=str(body.get("suggestion", "")),
        facets=facets,
    )


def _optional(value: object, kind: Any) -> Any:
    return kind(str(value)) if value else None
